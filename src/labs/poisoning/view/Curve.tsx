import type { VNode } from 'preact';
import { printShare } from '../../view/numbers.ts';
import { MOST_POISONED, type CurveRow, type Trigger } from '../model/recipe.ts';
import { byCount } from './data.ts';
import type { Trained } from '../protocol.ts';
import { words } from './words.ts';

interface Props {
  readonly curve: readonly CurveRow[];
  readonly trigger: Trigger;
  /** Networks trained in this tab, of any trigger. */
  readonly runs: readonly Trained[];
}

const TICKS = [0, 8, 16, 24, 32, 40];
const SHARES = [0, 0.25, 0.5, 0.75, 1];
/** Room around the plot: figures of the axis at the left, words of the axis at the foot. */
const ROOM = { left: 34, right: 10, top: 10, bottom: 40 };

/** The curve twice, for wide and for narrow screens, so that its type is never small. */
export function Curve(props: Props): VNode {
  return (
    <>
      <Drawing {...props} width={600} height={260} form="wide" />
      <Drawing {...props} width={320} height={250} form="narrow" />
    </>
  );
}

function Drawing({
  curve,
  trigger,
  runs,
  width,
  height,
  form,
}: Props & { readonly width: number; readonly height: number; readonly form: string }): VNode {
  const x = (count: number): number => round(ROOM.left + ((width - ROOM.left - ROOM.right) * count) / MOST_POISONED);
  const y = (share: number): number => round(ROOM.top + (height - ROOM.top - ROOM.bottom) * (1 - share));
  const line = (points: readonly (readonly [number, number])[]): string =>
    `M${points.map(([count, share]) => `${x(count)} ${y(share)}`).join('L')}`;
  const recorded = byCount(curve, trigger);
  const seeds = [
    ...Map.groupBy(
      curve.filter((row) => row.trigger === trigger),
      ({ seed }) => seed,
    ),
  ];
  const medians = recorded.map(({ poisoned, misread }) => [poisoned, misread] as const);
  return (
    <svg class={`curve ${form}`} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={words.curveSays(trigger, medians)}>
      {SHARES.map((share) => (
        <g key={share}>
          <line class="grid" x1={ROOM.left} x2={width - ROOM.right} y1={y(share)} y2={y(share)} />
          <text class="end" x={ROOM.left - 8} y={y(share) + 4}>
            {printShare(share)}
          </text>
        </g>
      ))}
      {TICKS.map((count) => (
        <text key={count} class="middle" x={x(count)} y={height - ROOM.bottom + 18}>
          {count}
        </text>
      ))}
      <text class="middle" x={(ROOM.left + width - ROOM.right) / 2} y={height - 4}>
        {words.axis}
      </text>
      {seeds.map(([seed, rows]) => (
        <path key={seed} class="seed" d={line(rows.map((row) => [row.poisoned, row.misread / row.triggered]))} />
      ))}
      <path class="clean" d={line(recorded.map(({ poisoned, clean }) => [poisoned, clean]))} />
      <path class="median" d={line(medians)} />
      {runs
        .filter(({ setting }) => setting.trigger === trigger)
        .map(({ setting, outcome }) => (
          <circle
            key={`${setting.seed}-${setting.poisoned}`}
            class="mine"
            cx={x(setting.poisoned)}
            cy={y(outcome.misread / outcome.triggered)}
            r="5"
          />
        ))}
    </svg>
  );
}

/** To a tenth of a unit: finer would only make the page longer. */
function round(value: number): number {
  return Math.round(10 * value) / 10;
}
