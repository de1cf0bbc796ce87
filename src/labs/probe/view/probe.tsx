import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { printDay } from '../../../handbook/day.ts';
import { surroundings } from '../../backdoor/view/surroundings.ts';
import { Bench } from '../../view/Bench.tsx';
import { defineLab, type LabProps } from '../../view/lab.ts';
import { Provenance } from '../../view/Provenance.tsx';
import { Rate } from '../../view/Rate.tsx';
import { ONE_IN } from '../model/evaluate.ts';
import { Areas } from './Areas.tsx';
import { PrecisionFigure, PrecisionSentence, PrecisionTable } from './BaseRate.tsx';
import { probeData, type ProbeData } from './data.ts';
import { Knobs } from './Knobs.tsx';
import { Roc, RocTable } from './Roc.tsx';
import { SeedsFigure, SeedsTable } from './Seeds.tsx';
import './probe.css';
import { Session } from './session.ts';
import { MOST_SEED, THRESHOLD_STEPS } from './settings.ts';
import { Strip } from './Strip.tsx';
import { words } from './words.ts';

function View({ place, data, limits, reported }: LabProps<ProbeData>): VNode {
  const [session] = useState(() => new Session(data, surroundings()));
  const still = session.still.value;
  return (
    <Bench session={session} place={place} mostSeed={MOST_SEED} limits={limits} reported={reported}>
      <div class="probe-lab">
        <div class="desk">
          <Knobs session={session} disabled={still} />
          <Scores session={session} />
          <Results session={session} />
        </div>
        <BaseRates session={session} />
        <OverSeeds session={session} data={data} />
      </div>
    </Bench>
  );
}

/** The picture: scores, threshold, curve. */
function Scores({ session }: { readonly session: Session }): VNode {
  const { address, tables } = session;
  const known = session.known.value;
  const detail = known?.detail;
  const scale = session.scale.value;
  const alarms = session.alarms.value;
  const { t, from } = address.state.value;
  return (
    <div class="pic">
      <h2>
        <span>{words.scores}</span>
        {known !== undefined && detail !== undefined && <Provenance as={known.from} />}
      </h2>
      {known === undefined || detail === undefined || scale === undefined || alarms === undefined ? (
        <p class="aside">{words.noScores}</p>
      ) : (
        <>
          <Strip detail={detail} reading={from} scale={scale} alarms={alarms} />
          <label class="knob threshold needs-js" data-pagefind-ignore>
            <span>{words.threshold}</span>
            <b>{scale.threshold.toFixed(2)}</b>
            <input
              type="range"
              min={0}
              max={THRESHOLD_STEPS}
              value={t}
              aria-valuetext={words.thresholdAt(t, scale.threshold)}
              disabled={!session.ready.value}
              onInput={({ currentTarget }) => address.set({ t: currentTarget.valueAsNumber })}
            />
          </label>
          <h2 class="second">{words.roc}</h2>
          <Roc detail={detail} auroc={known.auroc} alarms={alarms} />
          <details class="data" open={tables.value}>
            <summary>{words.scoresData}</summary>
            <RocTable detail={detail} />
          </details>
        </>
      )}
    </div>
  );
}

/** The numbers: AUROC with its nulls and its ceiling, rates at the threshold. */
function Results({ session }: { readonly session: Session }): VNode {
  const known = session.known.value;
  const alarms = session.alarms.value;
  const near = session.near.value;
  return (
    <div class="see">
      <h2>
        <span>{words.auroc}</span>
        {known !== undefined && <Provenance as={known.from} />}
      </h2>
      {known === undefined ? <p class="aside">{words.noAreas}</p> : <Areas known={known} />}
      {alarms !== undefined && (
        <>
          <h2 class="second">{words.atThreshold}</h2>
          <dl class="rates" aria-live="polite">
            <Rate label={words.caught} {...alarms.caught} unit={words.prompts} hot />
            <Rate label={words.flagged} {...alarms.flagged} unit={words.prompts} />
          </dl>
        </>
      )}
      {session.address.state.value.from === 'near' && near.length > 0 && <p class="aside">{words.nearYears(near)}</p>}
      <p class="aside">{words.intervalNote}</p>
    </div>
  );
}

/** What an alarm is worth when triggers are rare. */
function BaseRates({ session }: { readonly session: Session }): VNode | null {
  const precisions = session.precisions.value;
  if (precisions === undefined) return null;
  const { address, tables } = session;
  const oneIn = Number(address.state.value.b);
  return (
    <div class="under rare">
      <h2 class="label">
        {words.baseRate} <Provenance as={session.known.value?.from ?? 'recorded'} />
      </h2>
      <div>
        <div aria-live="polite" class="told">
          <PrecisionSentence precisions={precisions} oneIn={oneIn} />
        </div>
        <label class="knob needs-js" data-pagefind-ignore>
          <span>{words.oneIn}</span>
          <b>{words.one(oneIn)}</b>
          <input
            type="range"
            min={0}
            max={ONE_IN.length - 1}
            value={ONE_IN.findIndex((one) => one === oneIn)}
            aria-valuetext={words.one(oneIn)}
            disabled={!session.ready.value}
            onInput={({ currentTarget }) => address.set({ b: `${ONE_IN[currentTarget.valueAsNumber] ?? ONE_IN[0]}` as const })}
          />
        </label>
        <p class="figure-title">{words.trueAlarms}</p>
        <PrecisionFigure precisions={precisions} oneIn={oneIn} />
        <details class="data" open={tables.value}>
          <summary>{words.baseRateData}</summary>
          <PrecisionTable precisions={precisions} />
        </details>
      </div>
    </div>
  );
}

/** The same probe in other models: ours, and those of this tab. */
function OverSeeds({ session, data }: { readonly session: Session; readonly data: ProbeData }): VNode {
  const recorded = session.recorded.value;
  const live = session.live.value;
  const { pair } = session.address.state.value;
  const { size } = session.lineage.value;
  const run = data.runs[size];
  return (
    <div class="under seeds-of">
      <h2 class="label">
        {words.seeds} <Provenance as="recorded" />
      </h2>
      <div>
        <SeedsFigure recorded={recorded} live={live} pair={pair} />
        <p class="aside">
          {recorded === undefined ? words.notRecorded : words.seedsNote(run.seeds.length, printDay(run.date), run.recipe)}{' '}
          {live.length > 0 && words.liveNote}
        </p>
        <details class="data" open={session.tables.value}>
          <summary>{words.seedsData}</summary>
          <SeedsTable recorded={recorded} live={live} pair={pair} />
        </details>
      </div>
    </div>
  );
}

/** The probe lab. */
export const probe = defineLab(probeData, View);
