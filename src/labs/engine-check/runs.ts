import { REFERENCE_STEPS, referenceRun } from '../nn/reference-run.ts';
import { RUNS, type CheckedRun } from './protocol.ts';

/**
 * The reference run, {@link RUNS} times.
 * @param now milliseconds of some clock
 * @param report is told after each step how many there were in all runs, and the loss before it in nats
 */
export function checkedRuns(now: () => number, report: (steps: number, loss: number) => void): CheckedRun[] {
  return Array.from({ length: RUNS }, (_, run) => {
    let tokens = 0;
    let started = 0;
    let last = 0;
    const outcome = referenceRun((step, loss, more) => {
      last = now();
      // the first step warms up, and waits for the first weights to be drawn
      if (step === 1) started = last;
      else tokens += more;
      report(run * REFERENCE_STEPS + step, loss);
    });
    return { outcome, tokens, seconds: (last - started) / 1000 };
  });
}
