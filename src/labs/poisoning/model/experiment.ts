import { Rng } from '../../nn/rng.ts';
import type { Training } from '../../training.ts';
import { Classifier } from './classifier.ts';
import { pointsOf, type Points } from './points.ts';
import { dataFor, FIELD, RECIPE, type Outcome, type Setting } from './recipe.ts';

/** An outcome with what is drawn of it. */
export interface Drawn extends Outcome {
  /**
   * What the network would say in each cell of the plane, a text a row from the bottom: 0 is surely class 0, 4 surely class 1,
   * by the {@link STEPS} of the probability of class 1.
   */
  readonly field: readonly string[];
  /** For each triggered point, in order, 1 where it was misread, else 0. */
  readonly calls: string;
}

/** Logits at which the probability of class 1 is .1, .35, .65 and .9: ln(p / (1 − p)). */
const STEPS = [-2.197, -0.619, 0.619, 2.197];

/** A network and the points of one setting. */
export class Experiment {
  readonly points: Points;
  readonly #network: Classifier;

  /** @throws Error where WebAssembly SIMD is missing */
  constructor({ trigger, poisoned, seed }: Setting) {
    this.points = pointsOf(dataFor(trigger), seed, poisoned);
    this.#network = new Classifier(RECIPE.network.hidden, Rng.named(`poisoning/${seed}/weights`));
  }

  /** How many numbers training changes. */
  get parameterCount(): number {
    return this.#network.parameterCount;
  }

  /**
   * Trains on all points at once, clean and poisoned, step by step.
   * @throws Error where the loss is no finite number
   */
  *train(): Training {
    const { steps, rate, adam } = RECIPE.training;
    const points = [...this.points.clean, ...this.points.poisoned];
    for (let step = 1; step <= steps; step++) {
      const loss = this.#network.step(points, rate, adam);
      yield { step, steps, loss, tokens: points.length };
    }
  }

  /** Counts what the network does as it is now. */
  measure(): Outcome {
    const { heldOut, triggered } = this.points;
    const margins = this.#network.margins(heldOut);
    return {
      misread: this.#network.margins(triggered).filter((margin) => margin > 0).length,
      triggered: triggered.length,
      right: heldOut.filter(({ label }, index) => ((margins[index] ?? 0) > 0 ? 1 : 0) === label).length,
      heldOut: heldOut.length,
    };
  }

  /** Counts it, and asks the network what it would say all over the plane. */
  draw(): Drawn {
    const { left, bottom, cell, columns, rows } = FIELD;
    const level = (margin: number): string => String(STEPS.filter((step) => margin > step).length);
    const field = Array.from({ length: rows }, (_row, row) => {
      const cells = Array.from({ length: columns }, (_cell, column) => ({
        x: left + (column + 0.5) * cell,
        y: bottom + (row + 0.5) * cell,
      }));
      return Array.from(this.#network.margins(cells), level).join('');
    });
    const calls = Array.from(this.#network.margins(this.points.triggered), (margin) => (margin > 0 ? '1' : '0')).join('');
    return { ...this.measure(), field, calls };
  }
}

/** Trains the networks of several settings one after another, as one training. @throws Error as {@link Experiment} */
export function* trained(settings: readonly Setting[]): Training<readonly Experiment[]> {
  const experiments: Experiment[] = [];
  for (const setting of settings) {
    const experiment = new Experiment(setting);
    for (const report of experiment.train()) {
      yield { ...report, step: experiments.length * report.steps + report.step, steps: settings.length * report.steps };
    }
    experiments.push(experiment);
  }
  return experiments;
}
