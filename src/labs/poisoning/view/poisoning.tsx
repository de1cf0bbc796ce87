import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { printDay } from '../../../handbook/day.ts';
import { Bench } from '../../view/Bench.tsx';
import { defineLab, type LabProps } from '../../view/lab.ts';
import { Progress } from '../../view/Progress.tsx';
import { Provenance } from '../../view/Provenance.tsx';
import { Rate } from '../../view/Rate.tsx';
import { MOST_POISONED, MOST_SEED, TRIGGERS } from '../model/recipe.ts';
import { Curve } from './Curve.tsx';
import { poisoningData, type PoisoningData } from './data.ts';
import { Plane, PlaneKey } from './Plane.tsx';
import './poisoning.css';
import { Session, type Known } from './session.ts';
import { CurveTable, RunsTable } from './Tables.tsx';
import { words } from './words.ts';

function startWorker(): Worker {
  return new Worker(new URL('../worker.ts', import.meta.url), { type: 'module' });
}

function View({ place, data, limits, reported }: LabProps<PoisoningData>): VNode {
  const [session] = useState(() => new Session(data, startWorker));
  const setting = session.setting.value;
  const known = session.known.value;
  const still = session.still.value;
  return (
    <Bench session={session} place={place} mostSeed={MOST_SEED} limits={limits} reported={reported}>
      <div class="desk poisoning">
        <Knobs session={session} disabled={still} known={known} />
        <div class="pic">
          <h2>
            <span>{known?.drawn === undefined ? words.untrained : words.plane}</span>
            {known?.drawn !== undefined && <Provenance as={known.from} />}
          </h2>
          <Plane setting={setting} drawn={known?.drawn} />
          <PlaneKey trained={known?.drawn !== undefined} />
        </div>
        <div class="see">
          <h2>
            <span>{words.rates}</span>
            {known !== undefined && <Provenance as={known.from} />}
          </h2>
          {known === undefined ? <p class="aside">{words.trainFirst}</p> : <Rates known={known} />}
        </div>
      </div>
      <div class="under over-seeds">
        <h2 class="label">
          {words.curve} <Provenance as="recorded" />
        </h2>
        <div>
          <Curve curve={data.curve} trigger={setting.trigger} runs={session.runs.value} />
          <p class="aside">
            {words.curveNote(data.run.seeds.length)} {words.ran(printDay(data.run.date), data.run.recipe)}
          </p>
          <details class="data" open={session.tables.value}>
            <summary>{words.curveData}</summary>
            <CurveTable curve={data.curve} trigger={setting.trigger} />
            {session.runs.value.length > 0 && <RunsTable runs={session.runs.value} />}
          </details>
        </div>
      </div>
    </Bench>
  );
}

function Knobs({
  session,
  disabled,
  known,
}: {
  readonly session: Session;
  readonly disabled: boolean;
  readonly known: Known | undefined;
}): VNode {
  const { address, running, said } = session;
  const { poisoned, trigger } = session.setting.value;
  return (
    <form
      class="knobs"
      data-pagefind-ignore
      onSubmit={(event) => {
        event.preventDefault();
        void session.train();
      }}
    >
      <fieldset>
        <legend>{words.planting}</legend>
        <label class="knob">
          <span>{words.count}</span>
          <b>{poisoned}</b>
          <input
            type="range"
            min={0}
            max={MOST_POISONED}
            value={poisoned}
            disabled={disabled}
            onInput={({ currentTarget }) => address.set({ k: currentTarget.valueAsNumber })}
          />
          <small>{words.countNote}</small>
        </label>
      </fieldset>
      <fieldset>
        <legend>{words.where}</legend>
        {TRIGGERS.map((option) => (
          <label key={option}>
            <input
              type="radio"
              name="trigger"
              value={option}
              checked={option === trigger}
              disabled={disabled}
              onChange={() => address.set({ trigger: option })}
            />
            {words.triggers[option]}
          </label>
        ))}
      </fieldset>
      <div class="run">
        <p class="row">
          <button class="btn" type="submit" disabled={disabled}>
            {known?.from === 'live' ? words.trainAgain : words.train}
          </button>
          <button class="btn ghost" type="button" disabled={disabled} onClick={() => void session.trainAll()}>
            {words.all}
          </button>
        </p>
        {running.value !== undefined && <Progress label={words.training} running={running.value} onCancel={() => session.cancel()} />}
        <p class="said" role="status">
          {said}
        </p>
      </div>
    </form>
  );
}

function Rates({ known: { outcome, control } }: { readonly known: Known }): VNode {
  const { points } = words;
  return (
    <>
      <dl class="rates">
        <Rate label={words.triggered} k={outcome.misread} n={outcome.triggered} unit={points} hot />
        <Rate label={words.control} k={control.misread} n={control.triggered} unit={points} />
        <Rate label={words.cleanRight} k={outcome.right} n={outcome.heldOut} unit={points} />
        <Rate label={words.cleanControl} k={control.right} n={control.heldOut} unit={points} />
      </dl>
      <p class="aside">{words.heldOut}</p>
    </>
  );
}

/** The poisoning lab. */
export const poisoning = defineLab(poisoningData, View);
