import type { StepReport } from '../training.ts';

/** Milliseconds between two lines on a terminal. */
const EVERY = 200;

/** One line in the terminal that says how far a training is: step, loss, tokens a second. Silent where the output is no terminal, but for its end. */
export class TrainingProgress {
  readonly #label: string;
  readonly #started = performance.now();
  #shown = 0;
  #stage = this.#started;
  #tokens = 0;
  #all = 0;

  /** @param label what is being trained */
  constructor(label: string) {
    this.#label = label;
  }

  /** Takes note of a step, and shows it where the last one shown is long enough ago. */
  show({ step, steps, loss, tokens }: StepReport): void {
    const now = performance.now();
    if (step === 1) {
      this.#stage = now;
      this.#tokens = 0;
    }
    this.#tokens += tokens;
    this.#all += tokens;
    if (!process.stdout.isTTY || now - this.#shown < EVERY) return;
    this.#shown = now;
    const seconds = (now - this.#stage) / 1000;
    const left = (seconds / step) * (steps - step);
    process.stdout.write(
      `\r\u001b[K${this.#label}: step ${step} of ${steps}, loss ${loss.toFixed(3)}, ${Math.round(this.#tokens / seconds)} tokens/s, ${left.toFixed(0)} s left in this stage`,
    );
  }

  /** Says how long all of it took. */
  end(): void {
    const seconds = (performance.now() - this.#started) / 1000;
    if (process.stdout.isTTY) process.stdout.write('\r\u001b[K');
    console.log(`${this.#label}: ${seconds.toFixed(0)} s, ${Math.round(this.#all / seconds)} tokens/s`);
  }
}
