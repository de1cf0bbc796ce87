import type { VNode } from 'preact';
import { wilson } from '../../../handbook/statistics.ts';
import type { Play } from '../play/game.ts';
import { debriefWords as words } from './debrief-words.ts';
import { calibrationOf } from './shown.ts';

const SIDE = 200;
const LEFT = 34;
const TOP = 8;

/** How often beliefs of each size were right, over all cases of this browser that are over. */
export function Calibration({ plays }: { readonly plays: readonly Play[] }): VNode | null {
  const bins = calibrationOf(plays);
  if (bins.length === 0) return null;
  const cases = plays.filter(({ debrief }) => debrief !== undefined).length;
  const x = (share: number): number => LEFT + SIDE * share;
  const y = (share: number): number => TOP + SIDE * (1 - share);
  return (
    <figure class="calibration">
      <svg viewBox={`0 0 ${LEFT + SIDE + 12} ${TOP + SIDE + 40}`} role="img" aria-label={words.calibrationSays(bins)}>
        {[0, 0.5, 1].map((share) => (
          <g key={share}>
            <line class="ci-axis" x1={x(0)} x2={x(1)} y1={y(share)} y2={y(share)} />
            <text x={x(0) - 5} y={y(share) + 4} text-anchor="end">
              {100 * share}
            </text>
            <text x={x(share)} y={y(0) + 17} text-anchor="middle">
              {100 * share}
            </text>
          </g>
        ))}
        <line class="even" x1={x(0)} x2={x(1)} y1={y(0)} y2={y(1)} />
        {bins.map(({ mean, k, n, low }) => {
          const interval = wilson(k, n);
          return (
            <g key={low}>
              <line class="ci-line hot" x1={x(mean)} x2={x(mean)} y1={y(interval.low)} y2={y(interval.high)} />
              <circle class="ci-dot hot" cx={x(mean)} cy={y(k / n)} r="4.5" />
            </g>
          );
        })}
        <text x={x(0.5)} y={y(0) + 35} text-anchor="middle">
          {words.calibrationAxis}
        </text>
      </svg>
      <figcaption>{words.calibration(cases, 6 * cases)}</figcaption>
    </figure>
  );
}
