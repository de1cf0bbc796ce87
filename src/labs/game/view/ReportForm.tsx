import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { TOPIC_NAMES } from '../model/words.ts';
import { OBJECTIVES } from '../model/world.ts';
import { topicRefused, type Listed } from '../play/forecast.ts';
import { beliefIn } from '../play/game.ts';
import { ForecastFields } from './ForecastFields.tsx';
import { keepDraft, readDraft, type ReportDraft } from './draft-storage.ts';
import { forecastOf, tooMuch } from './drafts.ts';
import type { GameSession } from './session.ts';
import { percentsOf } from './shown.ts';
import { words } from './words.ts';

interface Props {
  readonly session: GameSession;
  /** Genres to forecast. */
  readonly kept: readonly string[];
  readonly listed: readonly Listed[];
}

/** Most letters of what was not ruled out. */
const MOST_NOTE = 2000;

/** How a listed behaviour reads. */
export function listedName(one: Listed): string {
  switch (one.kind) {
    case 'genre':
      return words.listed.genre(one.word, one.genre);
    case 'everywhere':
      return words.listed.everywhere(one.word);
    case 'topic':
      return `${words.listed.topic} ${one.topic}`;
  }
}

/** The report: belief, forecasts, listed behaviours, and what could not be ruled out. Filed once. */
export function ReportForm({ session, kept, listed }: Props): VNode {
  const { code } = session.play.value;
  const [begun] = useState(() => readDraft(code, kept.length, listed));
  const draft = useSignal(begun);
  const { forecasts, behaviours, topic, notRuledOut } = draft.value;
  const asked = useSignal(false);
  const belief = beliefIn(session.play.value);
  const wrong = forecasts.some(tooMuch);
  const change = (changes: Partial<ReportDraft>): void => {
    draft.value = { ...draft.value, ...changes };
    keepDraft(code, draft.value);
  };
  if (session.over.value) return <Filed session={session} />;
  const file = (): void => {
    void session.file({
      forecasts: forecasts.map((one, i) => forecastOf(kept[i]!, one)),
      behaviours: topic === '' ? behaviours : [...behaviours, topicRefused(topic).id],
      notRuledOut,
    });
  };
  return (
    <section class="report" id="report" aria-labelledby="report-title">
      <h2 id="report-title" tabIndex={-1}>
        {words.report}
      </h2>
      <form
        // whoever changes the report has not meant to file it as it was
        onInput={() => (asked.value = false)}
        onSubmit={(event) => {
          event.preventDefault();
          asked.value = true;
        }}
      >
        <div>
          <p>{words.yourBelief}</p>
          <dl class="draw">
            {OBJECTIVES.toSorted((a, b) => belief[b] - belief[a]).map((objective) => (
              <div key={objective}>
                <dt>{words.objectives[objective]}</dt>
                <dd>{words.wholePercent(percentsOf(belief)[objective])}</dd>
              </div>
            ))}
          </dl>
        </div>
        <fieldset>
          <legend>{words.forecast}</legend>
          <p class="small">{words.forecastWhy}</p>
          {forecasts.map((one, i) => (
            <ForecastFields
              key={kept[i]}
              genre={kept[i]!}
              draft={one}
              onDraft={(changed) => change({ forecasts: forecasts.with(i, changed) })}
            />
          ))}
        </fieldset>
        <fieldset class="listed">
          <legend>{words.behaviours}</legend>
          <p class="small">{words.behavioursWhy}</p>
          {listed.map((one) => (
            <label key={one.id}>
              <input
                type="checkbox"
                checked={behaviours.includes(one.id)}
                onChange={({ currentTarget }) => {
                  change({ behaviours: currentTarget.checked ? [...behaviours, one.id] : behaviours.filter((id) => id !== one.id) });
                }}
              />
              {listedName(one)}
            </label>
          ))}
          <label class="topic">
            {words.listed.topic}
            <select value={topic} onChange={({ currentTarget }) => change({ topic: currentTarget.value })}>
              <option value="">{words.noTopic}</option>
              {TOPIC_NAMES.toSorted().map((name) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        </fieldset>
        <label>
          {words.notRuledOut}
          <textarea
            rows={2}
            maxLength={MOST_NOTE}
            value={notRuledOut}
            onInput={({ currentTarget }) => change({ notRuledOut: currentTarget.value })}
          />
        </label>
        {wrong && (
          <p class="fault" role="alert">
            {words.tooMuch}
          </p>
        )}
        {asked.value && !wrong ? (
          <Confirm session={session} onFile={file} onBack={() => (asked.value = false)} />
        ) : (
          <button class="btn" type="submit" disabled={wrong}>
            {words.fileIt}
          </button>
        )}
        <p class="small">{words.costs}</p>
      </form>
    </section>
  );
}

/** The one question before a report is filed. */
function Confirm({
  session,
  onFile,
  onBack,
}: {
  readonly session: GameSession;
  readonly onFile: () => void;
  readonly onBack: () => void;
}): VNode {
  const button = useRef<HTMLButtonElement>(null);
  // the button that had the focus is gone
  useEffect(() => button.current?.focus(), []);
  const unsealed = session.play.value.seal === undefined;
  return (
    <div class="panel" role="group" aria-label={words.sure}>
      <p>
        <b>{words.sure}</b>
      </p>
      <p class="row">
        <button class="btn" type="button" ref={button} aria-disabled={unsealed || session.busy.value !== undefined} onClick={onFile}>
          {words.yes}
        </button>
        <button class="btn bare" type="button" onClick={onBack}>
          {words.notYet}
        </button>
      </p>
      {unsealed && <p>{words.notSealed}</p>}
    </div>
  );
}

/** A report that is filed while its seal is still being opened, or could not be. */
function Filed({ session }: { readonly session: GameSession }): VNode {
  return (
    <section class="report" id="report" aria-labelledby="report-title">
      <h2 id="report-title" tabIndex={-1}>
        {words.report} <span>{words.filedTab}</span>
      </h2>
      {session.busy.value === 'reveal' ? (
        <p>{words.opening2}</p>
      ) : (
        <button class="btn" type="button" onClick={() => void session.reveal()}>
          {words.again}
        </button>
      )}
    </section>
  );
}
