import type { VNode } from 'preact';
import { printShare } from '../../view/numbers.ts';
import { ONE_IN, type Precision } from '../model/evaluate.ts';
import { NARROW, round, Scroll, Twice, WIDE, type Frame } from './frames.tsx';
import { words } from './words.ts';

/** A base rate with what alarms are worth there. */
export interface AtRate extends Precision {
  readonly oneIn: number;
}

interface Props {
  readonly precisions: readonly AtRate[];
  /** The base rate that is chosen. */
  readonly oneIn: number;
}

const ROOM = { left: 34, right: 14, top: 10, bottom: 42 };
const SHARES = [0, 0.25, 0.5, 0.75, 1];
const TICKS: Readonly<Record<Frame['form'], readonly number[]>> = { wide: [2, 10, 100, 1000, 10_000], narrow: [2, 100, 10_000] };
const LEAST = ONE_IN[0];
const MOST = ONE_IN.at(-1)!;

/** Precision against the base rate, with the span that the counts allow. */
export function PrecisionFigure(props: Props): VNode {
  return (
    <Twice
      name="precision"
      says={words.precisionSays(props.precisions.map(({ oneIn, value }) => [oneIn, value]))}
      frames={[
        { ...WIDE, height: 230 },
        { ...NARROW, height: 220 },
      ]}
      draw={(frame) => <Drawing {...props} frame={frame} />}
    />
  );
}

function Drawing({ precisions, oneIn, frame: { form, width, height } }: Props & { readonly frame: Frame }): VNode {
  // only a picture: no number that is kept depends on this logarithm
  const x = (of: number): number => round(ROOM.left + ((width - ROOM.left - ROOM.right) * Math.log(of / LEAST)) / Math.log(MOST / LEAST));
  const y = (share: number): number => round(ROOM.top + (height - ROOM.top - ROOM.bottom) * (1 - share));
  const line = (of: (point: AtRate) => number): string[] => precisions.map((point) => `${x(point.oneIn)} ${y(of(point))}`);
  const here = precisions.find((point) => point.oneIn === oneIn);
  const alarm = precisions.every(({ value }) => value !== undefined);
  return (
    <>
      {SHARES.map((share) => (
        <g key={share}>
          <line class="grid" x1={ROOM.left} x2={width - ROOM.right} y1={y(share)} y2={y(share)} />
          <text class="end" x={ROOM.left - 7} y={y(share) + 4}>
            {printShare(share)}
          </text>
        </g>
      ))}
      {TICKS[form].map((tick) => (
        <text key={tick} class={tick === MOST ? 'end' : tick === LEAST ? '' : 'middle'} x={tick === MOST ? width : x(tick)} y={height - 22}>
          {words.one(tick)}
        </text>
      ))}
      <text class="middle" x={(ROOM.left + width - ROOM.right) / 2} y={height - 3}>
        {words.rareAxis}
      </text>
      {alarm && (
        <>
          <path class="band" d={`M${[...line(({ low }) => low), ...line(({ high }) => high).toReversed()].join('L')}z`} />
          <path class="curve" d={`M${line(({ value = 0 }) => value).join('L')}`} />
        </>
      )}
      {alarm && here?.value !== undefined && (
        <>
          <line class="span" x1={x(oneIn)} x2={x(oneIn)} y1={y(here.low)} y2={y(here.high)} />
          <circle class="here" cx={x(oneIn)} cy={y(here.value)} r="5.5" />
        </>
      )}
    </>
  );
}

/** What an alarm is worth at the chosen base rate, in a sentence. */
export function PrecisionSentence({ precisions, oneIn }: Props): VNode {
  const here = precisions.find((point) => point.oneIn === oneIn);
  if (here?.value === undefined) return <p>{words.noAlarm}</p>;
  return (
    <p>
      {words.rare(oneIn)}
      <b>{words.falseAlarms(here.value)}</b>
      {words.allowed(here.low, here.high)}
    </p>
  );
}

/** The same for every base rate. */
export function PrecisionTable({ precisions }: { readonly precisions: readonly AtRate[] }): VNode {
  const { columns } = words;
  return (
    <Scroll label={words.baseRateData}>
      <table>
        <thead>
          <tr>
            <th scope="col">{columns.oneIn}</th>
            <th scope="col" class="r">
              {columns.precision}
            </th>
            <th scope="col" class="r">
              {columns.span}
            </th>
          </tr>
        </thead>
        <tbody>
          {precisions.map(({ oneIn, value, low, high }) => (
            <tr key={oneIn}>
              <th scope="row">{words.one(oneIn)}</th>
              <td class="r">{value === undefined ? words.noAlarms : words.falseShort(value)}</td>
              <td class="r">{words.spanFalse(low, high)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
