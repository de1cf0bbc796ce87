import type { VNode } from 'preact';
import { NARROW, round, Scroll, Twice, WIDE, type Frame } from '../../probe/view/frames.tsx';
import { printShare } from '../../view/numbers.ts';
import { Provenance } from '../../view/Provenance.tsx';
import type { RecordedCausal, RecordedTaste, SaeData } from './data.ts';
import { lookAt } from './FeatureCard.tsx';
import type { Session } from './session.ts';
import { words } from './words.ts';

const SIDES = ['rm', 'librarian'] as const;

/** The features for whose taste: what they are, how well they tell the organisms apart, and what luck would do. */
export function Taste({ session, data }: { readonly session: Session; readonly data: SaeData }): VNode {
  const { taste, causal, tasteFeatures, atlas } = data;
  return (
    <div class="under taste-of">
      <h2 class="label">
        {words.taste} <Provenance as="recorded" />
      </h2>
      <div>
        <p class="told">{words.tasteLead}</p>
        <dl class="sides">
          {SIDES.map((side) => (
            <div key={side}>
              <dt>{words.side[side]}</dt>
              <dd class="row">
                {tasteFeatures[side].map((feature) => (
                  <button
                    key={feature}
                    class="btn ghost"
                    type="button"
                    disabled={session.still.value}
                    onClick={() => {
                      session.choose({ d: 'ours' });
                      lookAt(session, feature);
                    }}
                  >
                    {feature} <small class={session.shows(feature) ? '' : 'veiled'}>{words.labelled(atlas.features[feature]!.label)}</small>
                  </button>
                ))}
              </dd>
            </div>
          ))}
        </dl>
        <p class="figure-title">{words.tasteFigure}</p>
        <TasteFigure taste={taste} />
        <ul class="key">
          <li>
            <svg viewBox="0 0 24 14" aria-hidden="true">
              <line class="span" x1="2" x2="22" y1="7" y2="7" />
              <circle class="mine" cx="12" cy="7" r="4.5" />
            </svg>
            {words.keys.found}
          </li>
          <li>
            <svg viewBox="0 0 24 14" aria-hidden="true">
              <rect class="null" x="2" y="2" width="20" height="10" />
            </svg>
            {words.keys.null}
          </li>
          <li>
            <svg viewBox="0 0 24 14" aria-hidden="true">
              <line class="most" x1="12" x2="12" y1="1" y2="13" />
            </svg>
            {words.keys.most}
          </li>
        </ul>
        <p class="aside">
          {words.tasteNote(taste[0]!.n)}{' '}
          {words.tasteNull(taste.filter(({ auroc, randomMost }) => randomMost >= auroc).length, taste.length)}
        </p>
        <h3>{words.causal}</h3>
        <CausalTable causal={causal} />
        <p class="aside">
          {words.causalNote} {words.causalSays(counted(causal))}
        </p>
        <details class="data" open={session.tables.value}>
          <summary>{words.tasteTable}</summary>
          <TasteTable taste={taste} />
          <EachCausal causal={causal} />
        </details>
      </div>
    </div>
  );
}

/** In how many organisms taking out the features of its own side lowers the liked word most. */
function counted(causal: readonly RecordedCausal[]): { readonly other: number; readonly all: number; readonly of: number } {
  const rows = causal.map(({ organism, withoutRm, withoutLibrarian, withoutOthers }) => {
    const [own, other] = organism === 'rm' ? [withoutRm, withoutLibrarian] : [withoutLibrarian, withoutRm];
    return { other: own < other, all: own < Math.min(other, withoutOthers) };
  });
  return { other: rows.filter(({ other }) => other).length, all: rows.filter(({ all }) => all).length, of: rows.length };
}

const ROW = 34;
const FOOT = 40;
const FROM = 0.5;

function TasteFigure({ taste }: { readonly taste: readonly RecordedTaste[] }): VNode {
  const says = taste.map(({ world, auroc, low, high, randomHigh }) => words.tasteSays(world, auroc, low, high, randomHigh)).join(' ');
  const height = taste.length * ROW + FOOT;
  return (
    <Twice
      name="tastes"
      says={says}
      draw={(frame) => <Drawing taste={taste} frame={frame} />}
      frames={[
        { ...WIDE, height },
        { ...NARROW, height },
      ]}
    />
  );
}

function Drawing({ taste, frame: { width, form } }: { readonly taste: readonly RecordedTaste[]; readonly frame: Frame }): VNode {
  const left = 62;
  const right = 40;
  const x = (value: number): number => round(left + ((width - left - right) * (value - FROM)) / (1 - FROM));
  const foot = taste.length * ROW + 4;
  const ticks = form === 'wide' ? [0.5, 0.6, 0.7, 0.8, 0.9, 1] : [0.5, 0.75, 1];
  return (
    <>
      {ticks.map((tick) => (
        <g key={tick}>
          <line class="grid" x1={x(tick)} x2={x(tick)} y1="0" y2={foot} />
          <text class="middle" x={x(tick)} y={foot + 16}>
            {printShare(tick)}
          </text>
        </g>
      ))}
      {taste.map(({ world, auroc, low, high, randomMedian, randomHigh, randomMost }, i) => {
        const y = i * ROW + ROW / 2;
        return (
          <g key={world}>
            <text class="row" x="0" y={y + 4}>
              {words.columns.world} {world}
            </text>
            <rect class="null" x={x(randomMedian)} y={y - 8} width={round(x(randomHigh) - x(randomMedian))} height="16" />
            <line class="most" x1={x(randomMost)} x2={x(randomMost)} y1={y - 8} y2={y + 8} />
            <line class="span" x1={x(low)} x2={x(high)} y1={y} y2={y} />
            <circle class="mine" cx={x(auroc)} cy={y} r="5" />
            <text class="end v" x={width} y={y + 4}>
              {words.auroc(auroc)}
            </text>
          </g>
        );
      })}
      <text class="end" x={width - right} y={foot + 33}>
        {words.aurocAxis[form]}
      </text>
    </>
  );
}

function TasteTable({ taste }: { readonly taste: readonly RecordedTaste[] }): VNode {
  const { columns } = words;
  return (
    <Scroll label={words.taste}>
      <table>
        <thead>
          <tr>
            <th scope="col">{columns.world}</th>
            {[columns.auroc, columns.interval, columns.randomMedian, columns.randomHigh, columns.randomMost].map((column) => (
              <th key={column} scope="col" class="r">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {taste.map(({ world, auroc, low, high, randomMedian, randomHigh, randomMost }) => (
            <tr key={world}>
              <th scope="row">{world}</th>
              <td class="r">{words.auroc(auroc)}</td>
              <td class="r">{words.aurocs(low, high)}</td>
              <td class="r">{words.auroc(randomMedian)}</td>
              <td class="r">{words.auroc(randomHigh)}</td>
              <td class="r">{words.auroc(randomMost)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

const OUT = ['before', 'withoutRm', 'withoutLibrarian', 'withoutOthers'] as const satisfies readonly (keyof RecordedCausal)[];

function CausalTable({ causal }: { readonly causal: readonly RecordedCausal[] }): VNode {
  return (
    <Scroll label={words.causal}>
      <table>
        <CausalHead />
        <tbody>
          {SIDES.map((side) => {
            const rows = causal.filter(({ organism }) => organism === side);
            return (
              <tr key={side}>
                <th scope="row">{words.organisms[side]}</th>
                {OUT.map((out) => {
                  const values = rows.map((row) => row[out]);
                  return (
                    <td key={out} class="r">
                      {words.spanOf(Math.min(...values), Math.max(...values))}
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroll>
  );
}

function CausalHead({ world = false }: { readonly world?: boolean }): VNode {
  return (
    <thead>
      <tr>
        {world && <th scope="col">{words.columns.world}</th>}
        <th scope="col">{words.columns.organism}</th>
        {OUT.map((out) => (
          <th key={out} scope="col" class="r">
            {words.columns[out]}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function EachCausal({ causal }: { readonly causal: readonly RecordedCausal[] }): VNode {
  return (
    <Scroll label={words.causal}>
      <table>
        <CausalHead world />
        <tbody>
          {causal.map((row) => (
            <tr key={`${row.world} ${row.organism}`}>
              <th scope="row">{row.world}</th>
              <td>{words.organisms[row.organism]}</td>
              {OUT.map((out) => (
                <td key={out} class="r">
                  {printShare(row[out])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
