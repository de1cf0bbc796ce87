import { Engine, type AdamSettings, type Parameter, type Tensor } from '../../nn/engine.ts';
import type { Rng } from '../../nn/rng.ts';
import type { Point } from './points.ts';

interface Layer {
  readonly weight: Parameter;
  readonly bias: Parameter;
}

/** A network of two inputs, two hidden layers of ReLUs and two classes. */
export class Classifier {
  readonly engine = new Engine();
  readonly #layers: readonly Layer[];

  /**
   * @param hidden units of each hidden layer
   * @throws Error where WebAssembly SIMD is missing
   */
  constructor(hidden: number, rng: Rng) {
    const widths = [2, hidden, hidden, 2];
    this.#layers = widths.slice(1).map((out, index) => {
      const into = widths[index] ?? 2;
      // variance 2 / inputs (He et al. 2015)
      const scale = Math.sqrt(2 / into);
      return {
        weight: this.engine.parameter(`w${index + 1}`, [into, out], () => scale * rng.normal()),
        bias: this.engine.parameter(`b${index + 1}`, [out], () => 0),
      };
    });
    this.engine.seal();
  }

  /** How many numbers training changes. */
  get parameterCount(): number {
    return this.engine.parameterCount;
  }

  #logits(points: readonly { readonly x: number; readonly y: number }[]): Tensor {
    let tensor: Tensor = this.engine.constant(
      [points.length, 2],
      points.flatMap(({ x, y }) => [x, y]),
    );
    for (const [index, { weight, bias }] of this.#layers.entries()) {
      tensor = this.engine.linear(tensor, weight, bias);
      if (index < this.#layers.length - 1) tensor = this.engine.relu(tensor);
    }
    return tensor;
  }

  /**
   * One step of Adam on the mean cross-entropy of these points.
   * @param rate step size, above 0
   * @returns the loss before the step, in nats
   * @throws Error where the loss is no finite number
   */
  step(points: readonly Point[], rate: number, settings: AdamSettings): number {
    this.engine.begin(true);
    const { loss } = this.engine.crossEntropy(
      this.#logits(points),
      points.map(({ label }) => label),
      points.map(() => 1 / points.length),
    );
    this.engine.backward();
    this.engine.adam(rate, settings);
    return loss;
  }

  /** How far each point lies on the side of class 1: the difference of the logits, 0 at the boundary. */
  margins(points: readonly { readonly x: number; readonly y: number }[]): Float32Array {
    this.engine.begin(false);
    const logits = this.engine.read(this.#logits(points));
    return Float32Array.from(points, (_, index) => (logits[2 * index + 1] ?? 0) - (logits[2 * index] ?? 0));
  }
}
