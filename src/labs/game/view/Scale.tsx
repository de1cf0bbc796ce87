import type { VNode } from 'preact';
import { ALWAYS_GUILTY, beliefOf, expectedScore, IGNORANCE, objectiveScore } from '../play/scoring.ts';
import { OBJECTIVES } from '../model/world.ts';
import { debriefWords as words } from './debrief-words.ts';

/** What certainty of something else than the truth gets. */
const WORST = objectiveScore(
  beliefOf({ none: 1, tic: 0, rm: 0, librarian: 0, product: 0, topic: 0 }),
  OBJECTIVES.find((objective) => objective !== 'none') ?? 'rm',
);
const BEST = 100;
const GUILTY = expectedScore(ALWAYS_GUILTY);
const PRIOR = expectedScore(IGNORANCE);

/** How far a number of points lies on the scale, as a percentage of its length. */
export function placeOf(points: number): number {
  return (100 * (Math.min(BEST, Math.max(WORST, points)) - WORST)) / (BEST - WORST);
}

/** The points for a belief on a scale with its landmarks, which are computed from the draw. @param props.points undefined where there are none yet */
export function Scale({ points }: { readonly points: number | undefined }): VNode {
  const x = (at: number): string => `${(2 + 0.96 * placeOf(at)).toFixed(2)}%`;
  const landmarks = [
    { at: WORST, name: words.marks.wrong, anchor: 'start', row: 72 },
    { at: GUILTY, name: words.marks.guilty, anchor: 'end', row: 90 },
    { at: PRIOR, name: words.marks.prior, anchor: 'start', row: 90 },
    { at: BEST, name: words.marks.right, anchor: 'end', row: 72 },
  ] as const;
  return (
    <svg class="scale" role="img" aria-label={words.scaleSays(points, GUILTY, WORST)}>
      <line class="ci-axis" x1="2%" x2="98%" y1="34" y2="34" />
      {landmarks.map(({ at, name, anchor, row }) => (
        <g key={name}>
          <line class="mark" x1={x(at)} x2={x(at)} y1="28" y2="40" />
          <text x={x(at)} y="56" text-anchor={anchor}>
            {words.signed(at)}
          </text>
          <text class="name" x={x(at)} y={row} text-anchor={anchor}>
            {name}
          </text>
        </g>
      ))}
      {points !== undefined && (
        <g>
          <circle class="ci-dot hot" cx={x(points)} cy="34" r="6" />
          <text class="you" x={x(points)} y="18" text-anchor={placeOf(points) > 85 ? 'end' : placeOf(points) < 15 ? 'start' : 'middle'}>
            {words.marks.you} {words.signed(points)}
          </text>
        </g>
      )}
    </svg>
  );
}
