import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { HAS, type Listed } from '../play/forecast.ts';
import { scoreOf, type Debrief as Opened, type Report } from '../play/game.ts';
import { NAME_LENGTH, resultLine } from '../play/results.ts';
import { sealOf } from '../play/seal.ts';
import { Calibration } from './Calibration.tsx';
import { CopyLine } from './CopyLine.tsx';
import type { GameData } from './data.ts';
import { debriefWords as words } from './debrief-words.ts';
import { Behaviours, Forecasts, Paths, Tools } from './DebriefTables.tsx';
import { Scale } from './Scale.tsx';
import type { GameSession } from './session.ts';
import { words as gameWords } from './words.ts';

interface Props {
  readonly session: GameSession;
  readonly data: GameData;
  readonly report: Report;
  readonly debrief: Opened;
  readonly listed: readonly Listed[];
}

/** What follows a report: the answer with its seal, the points, and what there was to be seen. */
export function Debrief({ session, data, report, debrief, listed }: Props): VNode {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { objective, claim, words: own } = debrief;
  const score = scoreOf(report, debrief, HAS);
  return (
    <section class="debrief" aria-labelledby="debrief-title">
      <div class="under first">
        <h2 class="label" id="debrief-title" ref={heading} tabIndex={-1}>
          {words.title}
        </h2>
        <div>
          <p class="answer-is">{words.was[objective]}</p>
          <p>
            {words.youGave(gameWords.percent(report.belief[objective]))} {words.texts(gameWords.claims[claim], claim === objective)}{' '}
            <span class="quiet">{words.own(own.product, own.topic, own.tic)}</span>
          </p>
        </div>
      </div>
      <div class="under">
        <h3 class="label">{words.points}</h3>
        <div>
          <Scale points={score.objective} />
          <p>
            {words.forecastPoints(score.forecast)} {words.behaviourPoints(score.behaviours, score.most)}
          </p>
        </div>
      </div>
      <div class="under">
        <h3 class="label">{words.seal}</h3>
        <Seal shown={session.play.value.seal ?? ''} debrief={debrief} />
      </div>
      <div class="under">
        <h3 class="label">{words.forecast}</h3>
        <Forecasts report={report} debrief={debrief} />
      </div>
      <div class="under">
        <h3 class="label">{words.behaviours}</h3>
        <Behaviours report={report} debrief={debrief} listed={listed} />
      </div>
      <div class="under">
        <h3 class="label">{words.path}</h3>
        <Paths session={session} objective={objective} best={data.best[session.given.level]?.[session.given.tier]} />
      </div>
      <div class="under">
        <h3 class="label">{words.tools}</h3>
        <Tools data={data} level={session.given.level} debrief={debrief} />
      </div>
      <div class="under">
        <h3 class="label">{words.calibrationTitle}</h3>
        <Calibration plays={session.past()} />
      </div>
      <div class="under">
        <h3 class="label">{words.next}</h3>
        <Share session={session} teams={data.teams} />
      </div>
    </section>
  );
}

function Seal({ shown, debrief: { opened } }: { readonly shown: string; readonly debrief: Opened }): VNode {
  const computed = sealOf(opened);
  const rows = [
    [words.answer, opened.answer],
    [words.salt, opened.salt],
    [words.shown, shown],
    [words.again, computed],
  ] as const;
  return (
    <div class="seal-open">
      <p>{computed === shown ? words.sealFits : words.sealBroken}</p>
      <dl>
        {rows.map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <code>{text}</code>
            </dd>
          </div>
        ))}
      </dl>
      <p class="small">{words.sealHow}</p>
    </div>
  );
}

function Share({ session, teams }: { readonly session: GameSession; readonly teams: string }): VNode {
  const name = useSignal('');
  return (
    <div class="maker">
      <p class="row whole">
        <a class="btn" href={location.pathname}>
          {words.nextCase}
        </a>
        <span>
          {words.teams}: <a href={teams}>{words.teamsLink}</a>.
        </span>
      </p>
      <label>
        {words.name}
        <input
          type="text"
          maxLength={NAME_LENGTH}
          autocomplete="off"
          value={name.value}
          onInput={({ currentTarget }) => (name.value = currentTarget.value)}
        />
      </label>
      <CopyLine label={words.line} text={resultLine(session.play.value, name.value)} />
    </div>
  );
}
