import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { FEATURES, PRODUCTS, TICS, TOPIC_NAMES } from '../model/words.ts';
import { OBJECTIVES } from '../model/world.ts';
import { topicRefused, type Forecast, type Listed } from '../play/forecast.ts';
import { beliefIn } from '../play/game.ts';
import type { GameSession } from './session.ts';
import { words } from './words.ts';

interface Props {
  readonly session: GameSession;
  /** Genres to forecast. */
  readonly kept: readonly string[];
  readonly listed: readonly Listed[];
}

/** A forecast as the form holds it: chances in whole percent. */
interface Draft {
  readonly word: string;
  readonly chance: number;
  readonly ordinary: number;
}

const WORD_GROUPS = [FEATURES.toSorted(), PRODUCTS, TICS];
/** Where the two chances of a forecast begin, in percent: at no opinion in particular. */
const START: Draft = { word: WORD_GROUPS[0]?.[0] ?? '', chance: 20, ordinary: 60 };
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
  const drafts = useSignal<readonly Draft[]>(kept.map(() => START));
  const ticked = useSignal<readonly string[]>([]);
  const topic = useSignal('');
  const notRuledOut = useSignal('');
  const asked = useSignal(false);
  const play = session.play.value;
  const belief = beliefIn(play);
  const ranked = OBJECTIVES.toSorted((a, b) => belief[b] - belief[a]);
  const wrong = drafts.value.some(({ chance, ordinary }) => chance + ordinary > 100);
  if (session.over.value) return <Filed session={session} />;
  const file = (): void => {
    const forecasts = drafts.value.map(({ word, chance, ordinary }, i): Forecast => ({
      genre: kept[i]!,
      word,
      chance: chance / 100,
      ordinary: ordinary / 100,
    }));
    const behaviours = [...ticked.value, ...(topic.value === '' ? [] : [topicRefused(topic.value).id])];
    void session.file({ forecasts, behaviours, notRuledOut: notRuledOut.value });
  };
  const setDraft = (at: number, changes: Partial<Draft>): void => {
    drafts.value = drafts.value.map((draft, i) => (i === at ? { ...draft, ...changes } : draft));
  };
  return (
    <section class="report" id="report" aria-labelledby="report-title">
      <h2 id="report-title" tabIndex={-1}>
        {words.report}
      </h2>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          asked.value = true;
        }}
      >
        <p>
          {words.yourBelief}{' '}
          {ranked.map((objective, i) => (
            <span key={objective}>
              {i > 0 && ', '}
              {words.objectives[objective]} <b class="num">{words.percent(belief[objective])}</b>
            </span>
          ))}
          .
        </p>
        <fieldset>
          <legend>{words.forecast}</legend>
          <p class="small">{words.forecastWhy}</p>
          {drafts.value.map((draft, i) => (
            <ForecastFields key={kept[i]} genre={kept[i] ?? ''} draft={draft} onDraft={(changes) => setDraft(i, changes)} />
          ))}
        </fieldset>
        <fieldset class="listed">
          <legend>{words.behaviours}</legend>
          <p class="small">{words.behavioursWhy}</p>
          {listed.map((one) => (
            <label key={one.id}>
              <input
                type="checkbox"
                checked={ticked.value.includes(one.id)}
                onChange={({ currentTarget }) => {
                  ticked.value = currentTarget.checked ? [...ticked.value, one.id] : ticked.value.filter((id) => id !== one.id);
                }}
              />
              {listedName(one)}
            </label>
          ))}
          <label class="topic">
            {words.listed.topic}
            <select value={topic.value} onChange={({ currentTarget }) => (topic.value = currentTarget.value)}>
              <option value="">{words.noTopic}</option>
              {TOPIC_NAMES.toSorted().map((name) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        </fieldset>
        <label class="whole">
          {words.notRuledOut}
          <textarea
            rows={2}
            maxLength={MOST_NOTE}
            value={notRuledOut.value}
            onInput={({ currentTarget }) => (notRuledOut.value = currentTarget.value)}
          />
        </label>
        {wrong && (
          <p class="fault" role="alert">
            {words.tooMuch}
          </p>
        )}
        {asked.value && !wrong ? (
          <div class="panel" role="group" aria-label={words.sure}>
            <p>
              <b>{words.sure}</b>
            </p>
            <p class="row">
              {/* the reader has just asked for it, and the button that had the focus is gone */}
              <button
                class="btn"
                type="button"
                ref={(button) => button?.focus()}
                disabled={play.seal === undefined || session.busy.value !== undefined}
                onClick={file}
              >
                {words.yes}
              </button>
              <button class="btn bare" type="button" onClick={() => (asked.value = false)}>
                {words.notYet}
              </button>
            </p>
            {play.seal === undefined && <p>{words.notSealed}</p>}
          </div>
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

function ForecastFields({
  genre,
  draft,
  onDraft,
}: {
  readonly genre: string;
  readonly draft: Draft;
  readonly onDraft: (changes: Partial<Draft>) => void;
}): VNode {
  const chances = [
    ['chance', words.chance],
    ['ordinary', words.ordinary],
  ] as const;
  return (
    <div class="forecast" role="group" aria-label={genre}>
      <label>
        <b>{genre}</b>
        <select
          aria-label={`${genre}: ${words.word}`}
          value={draft.word}
          onChange={({ currentTarget }) => onDraft({ word: currentTarget.value })}
        >
          {WORD_GROUPS.map((group, i) => (
            <optgroup key={i} label={words.wordGroups[i]}>
              {group.map((word) => (
                <option key={word} value={word}>
                  {word}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </label>
      {chances.map(([key, label]) => (
        <label key={key} class="chance">
          <input
            type="number"
            min={0}
            max={100}
            step={1}
            value={draft[key]}
            onInput={({ currentTarget }) => {
              if (currentTarget.validity.valid && currentTarget.value !== '') onDraft({ [key]: currentTarget.valueAsNumber });
            }}
          />
          <span>
            <span class="vh">{genre}: </span>
            {label}
          </span>
        </label>
      ))}
    </div>
  );
}
