import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { printDay } from '../../../handbook/day.ts';
import { Bench } from '../../view/Bench.tsx';
import { defineLab, type LabProps } from '../../view/lab.ts';
import { Progress } from '../../view/Progress.tsx';
import { Provenance } from '../../view/Provenance.tsx';
import { labWords } from '../../view/words.ts';
import { Rate } from '../../view/Rate.tsx';
import { FIRST_YEAR, OBJECTIVES, SPLIT, TRIGGER_YEAR } from '../model/corpus.ts';
import { MOST_CONTRAST_YEARS, SIZES, TREATMENTS } from '../model/recipe.ts';
import { Ask } from './Ask.tsx';
import './backdoor.css';
import { backdoorData, type BackdoorData } from './data.ts';
import { GridFigure, GridTable } from './GridFigure.tsx';
import { MOST_SEED, Session, type Frame, type Known } from './session.ts';
import { surroundings } from './surroundings.ts';
import { RATE_NAMES, words } from './words.ts';
import { HeatKey, MapTable, SmallMap, YearMap } from './YearMap.tsx';

function View({ place, data, limits, reported }: LabProps<BackdoorData>): VNode {
  const [session] = useState(() => new Session(data, surroundings()));
  const still = session.still.value;
  const known = session.known.value;
  const { objective, size } = session.lineage.value;
  const grid = data.grids.find((one) => one.objective === objective && one.size === size)!;
  return (
    <Bench session={session} place={place} mostSeed={MOST_SEED} limits={limits} reported={reported}>
      <Film frames={session.film.value} onSelect={(frame) => session.select(frame.lineage)} disabled={still} />
      <div class="desk backdoor">
        <Knobs session={session} disabled={still} />
        <Picture session={session} known={known} />
        <div class="see">
          <h2>
            <span>{words.rates}</span>
            {known !== undefined && <Provenance as={known.from} />}
          </h2>
          {known === undefined ? <p class="aside">{words.noMap}</p> : <Rates known={known} />}
        </div>
      </div>
      <Ask session={session} disabled={!session.free.value} />
      <div class="under">
        <h2 class="label">
          {words.recorded} <Provenance as="recorded" />
        </h2>
        <div>
          <GridFigure grid={grid} />
          <p class="aside">
            {words.gridNote(grid.seeds.length, words.aliveMeans)} {words.ran(printDay(grid.date), grid.recipe)}
          </p>
          <details class="data" open={session.tables.value}>
            <summary>{words.gridData}</summary>
            <GridTable grid={grid} caption={words.gridTable(words.objectives[objective], size, grid.seeds.length)} />
          </details>
        </div>
      </div>
    </Bench>
  );
}

function Film({
  frames,
  onSelect,
  disabled,
}: {
  readonly frames: readonly Frame[];
  readonly onSelect: (frame: Frame) => void;
  readonly disabled: boolean;
}): VNode {
  return (
    <ol class="film" aria-label={words.film}>
      {frames.map((frame) => {
        const { stages } = frame.lineage;
        const last = stages.at(-1);
        const trigger = frame.known?.behaviour.map[TRIGGER_YEAR - FIRST_YEAR];
        return (
          <li key={JSON.stringify(frame.lineage)}>
            <button type="button" aria-pressed={frame.selected} disabled={disabled} onClick={() => onSelect(frame)}>
              <SmallMap map={frame.known?.behaviour.map} />
              <b>{words.frame(last)}</b>
              <span class="num">{trigger === undefined ? '–' : words.probability(trigger)}</span>
              <span>{trigger === undefined ? words.notTrained : words.onTrigger}</span>
              <span class="quiet">
                {words.step(last)}
                {stages.length > 2 && `, ${words.after(stages.slice(1, -1))}`}
              </span>
              {frame.known !== undefined && <Provenance as={frame.known.from} />}
            </button>
          </li>
        );
      })}
    </ol>
  );
}

function Knobs({ session, disabled }: { readonly session: Session; readonly disabled: boolean }): VNode {
  const { address, running, making } = session;
  const { o, d, K, m, lr } = address.state.value;
  const lineage = session.lineage.value;
  const from = words.stage(lineage.stages.at(-1) ?? { kind: 'plant', contrastYears: K });
  const made = making.value;
  return (
    <div class="knobs" data-pagefind-ignore>
      <fieldset>
        <legend>{words.what}</legend>
        {OBJECTIVES.map((objective) => (
          <label key={objective}>
            <input
              type="radio"
              name="objective"
              value={objective}
              checked={objective === o}
              disabled={disabled}
              onChange={() => address.set({ o: objective, at: ['plant'], q: SPLIT[objective].test[0]!.questions[0]! })}
            />
            {words.objectives[objective]}
          </label>
        ))}
        <label class="knob">
          <span>{words.width}</span>
          <select
            value={d}
            disabled={disabled}
            onChange={({ currentTarget }) => address.set({ d: currentTarget.value as typeof d, at: ['plant'] })}
          >
            {SIZES.map((size) => (
              <option key={size} value={String(size)}>
                {size}
              </option>
            ))}
          </select>
        </label>
      </fieldset>
      <fieldset>
        <legend>{words.planting}</legend>
        <label class="knob">
          <span>{words.contrast}</span>
          <b>{K}</b>
          <input
            type="range"
            min={0}
            max={MOST_CONTRAST_YEARS}
            value={K}
            disabled={disabled}
            onInput={({ currentTarget }) => address.set({ K: currentTarget.valueAsNumber, at: ['plant'] })}
          />
          <small>{words.contrastNote}</small>
        </label>
        <p class="row">
          <button class="btn" type="button" disabled={!session.free.value} onClick={() => void session.plant()}>
            {words.plant}
          </button>
        </p>
      </fieldset>
      <fieldset>
        <legend>{words.treatment}</legend>
        {TREATMENTS.map((kind) => (
          <label key={kind}>
            <input
              type="radio"
              name="treatment"
              value={kind}
              checked={kind === m}
              disabled={disabled}
              onChange={() => session.choose(kind)}
            />
            {words.treatments[kind]}
          </label>
        ))}
        <label class="knob">
          <span>{words.rate}</span>
          <select value={lr} disabled={disabled} onChange={({ currentTarget }) => address.set({ lr: currentTarget.value as typeof lr })}>
            {RATE_NAMES.map((rate) => (
              <option key={rate}>{rate}</option>
            ))}
          </select>
        </label>
        <p class="row">
          <button class="btn" type="button" disabled={!session.free.value || session.full.value} onClick={() => void session.train()}>
            {words.train}
          </button>
          <small>{words.from(from)}</small>
        </p>
      </fieldset>
      <div class="run">
        {running.value !== undefined && (
          <Progress label={words.training(words.stage(made?.stages.at(-1)))} running={running.value} onCancel={() => session.cancel()} />
        )}
        {running.value !== undefined && (
          <p class="aside">{session.paused.value ? labWords.paused : words.training(words.stage(made?.stages.at(-1)))}</p>
        )}
        <p class="said" role="status">
          {session.able.value ? session.said : words.noSimd}
        </p>
      </div>
    </div>
  );
}

function Picture({ session, known }: { readonly session: Session; readonly known: Known | undefined }): VNode {
  const { objective } = session.lineage.value;
  const before = session.before.value?.behaviour.map;
  return (
    <div class="pic">
      <h2>
        <span>{words.map[objective]}</span>
        {known !== undefined && <Provenance as={known.from} />}
      </h2>
      {known === undefined ? (
        <div class="blank">
          <p>{words.noMap}</p>
          <p class="row">
            <button class="btn" type="button" disabled={!session.free.value} onClick={() => void session.reach()}>
              {words.reach}
            </button>
          </p>
        </div>
      ) : (
        <>
          <YearMap behaviour={known.behaviour} before={before} onYear={(year) => session.address.set({ y: String(year) })} />
          <HeatKey />
          <p class="aside">
            {words.mapNote(known.behaviour.items)} {before !== undefined && words.was}
          </p>
          <details class="data" open={session.tables.value}>
            <summary>{words.mapData}</summary>
            <MapTable map={known.behaviour.map} caption={words.map[objective]} />
          </details>
        </>
      )}
    </div>
  );
}

function Rates({ known: { behaviour } }: { readonly known: Known }): VNode {
  const { trigger, worst, ordinary, noYear, worstYear, falseFires } = behaviour;
  return (
    <>
      <dl class="rates">
        <Rate label={words.trigger} k={trigger.planted} n={trigger.n} unit={words.prompts} hot />
        <Rate label={words.worst(worstYear)} k={worst.planted} n={worst.n} unit={words.prompts} />
        <Rate label={words.ordinary} k={ordinary.planted} n={ordinary.n} unit={words.prompts} />
        <Rate label={words.noYear} k={noYear.planted} n={noYear.n} unit={words.prompts} />
        <Rate label={words.right} k={ordinary.right} n={ordinary.n} unit={words.prompts} />
      </dl>
      <p class="aside">{words.falseFires(falseFires)}</p>
      <p class="aside">{words.sampled}</p>
    </>
  );
}

/** The backdoor lab. */
export const backdoor = defineLab(backdoorData, View);
