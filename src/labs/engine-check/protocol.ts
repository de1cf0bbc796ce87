import type { ReferenceOutcome } from '../nn/reference-run.ts';

/** How often the reference run is run: its speed is different each time, its outcome must not be. */
export const RUNS = 5;

/** One reference run in this browser. */
export interface CheckedRun {
  readonly outcome: ReferenceOutcome;
  /** Tokens that went through training, from the second step on. */
  readonly tokens: number;
  /** The time that they took. */
  readonly seconds: number;
}

/** What the worker tells the page. */
export type CheckMessage =
  /** Steps of all runs so far, and the loss before the last, in nats. */
  | { readonly type: 'progress'; readonly steps: number; readonly loss: number }
  | { readonly type: 'done'; readonly runs: readonly CheckedRun[] }
  /** In two parts: what is wrong, what to do. */
  | { readonly type: 'failed'; readonly message: string };

/** Tokens a second of some runs: the middle one, the slowest and the fastest. */
export function speedOf(runs: readonly Pick<CheckedRun, 'tokens' | 'seconds'>[]): {
  readonly median: number;
  readonly low: number;
  readonly high: number;
} {
  const speeds = runs.map(({ tokens, seconds }) => tokens / seconds).sort((a, b) => a - b);
  const [low = 0] = speeds;
  return { median: speeds[Math.floor(speeds.length / 2)] ?? 0, low, high: speeds.at(-1) ?? 0 };
}

/** A speed as readers are told it: to the hundred. */
export function printSpeed(tokensASecond: number): string {
  return (Math.round(tokensASecond / 100) * 100).toLocaleString('en-GB');
}
