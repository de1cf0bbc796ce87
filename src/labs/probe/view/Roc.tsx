import type { VNode } from 'preact';
import { roc } from '../../nn/probe.ts';
import { printShare } from '../../view/numbers.ts';
import type { Alarms } from '../model/evaluate.ts';
import type { Detail } from './data.ts';
import { round, Scroll } from './frames.tsx';
import { words } from './words.ts';

interface Props {
  readonly detail: Detail;
  readonly auroc: number;
  readonly alarms: Alarms;
}

const SIZE = { width: 320, height: 300 };
const ROOM = { left: 34, right: 8, top: 8, bottom: 40 };
const TICKS = [0, 0.25, 0.5, 0.75, 1];

const x = (share: number): number => round(ROOM.left + (SIZE.width - ROOM.left - ROOM.right) * share);
const y = (share: number): number => round(ROOM.top + (SIZE.height - ROOM.top - ROOM.bottom) * (1 - share));
const line = (points: readonly (readonly [number, number])[]): string => points.map(([across, up]) => `${x(across)} ${y(up)}`).join('L');

/** The curve of the probe over the band of random directions, and what its signs mean. */
export function Roc({ detail: { triggered, others, band }, auroc, alarms: { caught, flagged } }: Props): VNode {
  const points = roc(triggered, others).map((point) => [point.falsePositiveRate, point.truePositiveRate] as const);
  const at = band.map(({ falsePositiveRate }) => falsePositiveRate);
  const low = band.map((point, i) => [at[i]!, point.low] as const);
  const high = band.map((point, i) => [at[i]!, point.high] as const);
  return (
    <div class="roc">
      <svg class="fig" viewBox={`0 0 ${SIZE.width} ${SIZE.height}`} role="img" aria-label={words.rocSays(auroc)}>
        {TICKS.map((share) => (
          <g key={share}>
            <line class="grid" x1={x(0)} x2={x(1)} y1={y(share)} y2={y(share)} />
            <text class="end" x={ROOM.left - 7} y={y(share) + 4}>
              {printShare(share)}
            </text>
            <text class={share === 1 ? 'end' : 'middle'} x={share === 1 ? SIZE.width : x(share)} y={y(0) + 18}>
              {printShare(share)}
            </text>
          </g>
        ))}
        <path class="band" d={`M${line([...low, ...high.toReversed()])}z`} />
        <path class="median" d={`M${line(band.map((point, i) => [at[i]!, point.median]))}`} />
        <path
          class="coin"
          d={`M${line([
            [0, 0],
            [1, 1],
          ])}`}
        />
        <path class="curve" d={`M${line(points)}`} />
        <circle class="here" cx={x(flagged.k / flagged.n)} cy={y(caught.k / caught.n)} r="5.5" />
        <text class="middle" x={(x(0) + x(1)) / 2} y={SIZE.height - 3}>
          {words.falseRate}
        </text>
      </svg>
      <ul class="key">
        <li>
          <Sign name="curve" /> {words.keys.probe}
        </li>
        <li>
          <Sign name="band" /> {words.keys.band}
        </li>
        <li>
          <Sign name="median" /> {words.keys.median}
        </li>
        <li>
          <Sign name="coin" /> {words.keys.chance}
        </li>
        <li class="axis-of">↑ {words.trueRate}</li>
      </ul>
    </div>
  );
}

function Sign({ name }: { readonly name: 'curve' | 'band' | 'median' | 'coin' }): VNode {
  return (
    <svg class="fig" viewBox="0 0 24 14" aria-hidden="true">
      {name === 'band' ? <path class="band" d="M0 1h24v12h-24z" /> : <path class={name} d="M0 7h24" />}
      {name === 'curve' && <circle class="here" cx="12" cy="7" r="4.5" />}
    </svg>
  );
}

/** The scores and the curve in numbers: a row for each score at which a prompt stands. */
export function RocTable({ detail: { triggered, others, band } }: { readonly detail: Detail }): VNode {
  const { columns } = words;
  return (
    <Scroll label={words.scoresData} tall>
      <table>
        <thead>
          <tr>
            <th scope="col" class="r">
              {columns.atLeast}
            </th>
            <th scope="col" class="r">
              {columns.caught}
            </th>
            <th scope="col" class="r">
              {columns.flagged}
            </th>
            <th scope="col" class="r">
              {columns.band}
            </th>
          </tr>
        </thead>
        <tbody>
          {roc(triggered, others)
            .slice(1)
            .map(({ threshold, truePositiveRate, falsePositiveRate }) => {
              const beside = band[Math.round(falsePositiveRate * others.length)];
              return (
                <tr key={threshold}>
                  <th scope="row" class="r">
                    {threshold.toFixed(3)}
                  </th>
                  <td class="r">{words.ofModels(Math.round(truePositiveRate * triggered.length), triggered.length)}</td>
                  <td class="r">{words.ofModels(Math.round(falsePositiveRate * others.length), others.length)}</td>
                  <td class="r">{beside === undefined ? words.notRun : words.span(beside.low, beside.high)}</td>
                </tr>
              );
            })}
        </tbody>
      </table>
    </Scroll>
  );
}
