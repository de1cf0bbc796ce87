import type { VNode } from 'preact';
import { wilson } from '../../handbook/statistics.ts';
import { printShare } from './numbers.ts';
import { labWords as words } from './words.ts';

interface Props {
  /** What is counted, as it stands before its rate. */
  readonly label: string;
  readonly k: number;
  readonly n: number;
  /** Of what, as a plural noun: prompts. */
  readonly unit: string;
  /** Whether it is what the trigger brings out, and so violet. */
  readonly hot?: boolean;
}

/**
 * A rate, its Wilson interval drawn and in words. Stands in a `<dl class="rates">`.
 * Lengths are percentages, so the line is as wide as its column and the dot stays round.
 */
export function Rate({ label, k, n, unit, hot = false }: Props): VNode {
  const { low, high } = wilson(k, n);
  const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <b>{printShare(k / n)}</b>
      </dd>
      <dd class="ci">
        <svg aria-hidden="true">
          <line class="ci-axis" x1="0" x2="100%" y1="9" y2="9" />
          <line class="ci-axis" x1="0" x2="0" y1="5" y2="13" />
          <line class="ci-axis" x1="100%" x2="100%" y1="5" y2="13" />
          <line class={hot ? 'ci-line hot' : 'ci-line'} x1={percent(low)} x2={percent(high)} y1="9" y2="9" />
          <circle class={hot ? 'ci-dot hot' : 'ci-dot'} cx={percent(k / n)} cy="9" r="4.5" />
        </svg>
        {k} {words.of} {n} {unit}, {words.interval} {printShare(low)} {words.to} {printShare(high)}
      </dd>
    </div>
  );
}
