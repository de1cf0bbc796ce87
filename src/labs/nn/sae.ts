import { DivergenceError, Engine, ShapeError, type Parameter } from './engine.ts';
import type { Rng } from './rng.ts';

/** The size of a sparse autoencoder. */
export interface SaeConfig {
  /** Length of the vectors it takes apart; a multiple of 4. */
  readonly width: number;
  /** How many features it has; a multiple of 4. */
  readonly features: number;
  /** How many of them may be active at once. */
  readonly active: number;
}

/** The active features of one vector, the strongest first. */
export interface Code {
  readonly features: readonly number[];
  /** Their activations, all above 0. */
  readonly activations: readonly number[];
}

const BYTES = 4;
/** A feature that fired in none of so many steps is called dead and gets the auxiliary loss. */
const DEAD_AFTER = 150;
/** Weight of the auxiliary loss (Gao et al. 2024, section 2.4). */
const AUXILIARY = 1 / 32;

/**
 * A top-k sparse autoencoder (Gao et al. 2024): z = topk(ReLU((x − c)·W + b)), x̂ = z·D + c, with the auxiliary loss that brings dead
 * features back. Rows of D have norm 1.
 */
export class SparseAutoencoder {
  readonly config: SaeConfig;
  readonly engine = new Engine();
  readonly #encoder: Parameter;
  readonly #bias: Parameter;
  readonly #decoder: Parameter;
  readonly #centre: Parameter;
  readonly #lastFired: Int32Array;
  #step = 0;

  /**
   * @param initial random numbers for the first directions
   * @param centre what is taken off every vector before training has moved it, such as their mean; 0 unless told
   * @throws ShapeError where the sizes do not fit each other
   */
  constructor(config: SaeConfig, initial: Rng, centre?: Float32Array) {
    const { width, features, active } = config;
    const isWhole = (length: number): boolean => Number.isInteger(length) && length > 0;
    if (![width, features, active].every(isWhole) || width % 4 !== 0 || features % 4 !== 0 || active > features) {
      throw new ShapeError(
        'A sparse autoencoder',
        `width ${width}, ${features} features, ${active} active`,
        'width and features that are multiples of 4, and 1 to all features active',
      );
    }
    if (centre !== undefined && centre.length !== width)
      throw new ShapeError('A sparse autoencoder', `a centre of ${centre.length}`, `one of ${width}`);
    this.config = config;
    const directions = Float32Array.from({ length: features * width }, () => initial.normal());
    for (let f = 0; f < features; f++) toUnitLength(directions.subarray(f * width, (f + 1) * width));
    // the encoder begins as the decoder transposed
    this.#encoder = this.engine.parameter(
      'encoder',
      [width, features],
      (i) => directions[(i % features) * width + Math.floor(i / features)]!,
    );
    this.#bias = this.engine.parameter('bias', [features], () => 0);
    this.#decoder = this.engine.parameter('decoder', [features, width], (i) => directions[i]!);
    this.#centre = this.engine.parameter('centre', [width], (i) => centre?.[i] ?? 0);
    this.engine.seal();
    this.#lastFired = new Int32Array(features);
  }

  /** The direction that a feature adds to a vector, of length 1. */
  direction(feature: number): Float32Array {
    const { width } = this.config;
    return this.engine.floats.slice(this.#decoder.at + feature * width, this.#decoder.at + (feature + 1) * width);
  }

  /** Centred vectors and their pre-activations, both in scratch: floats from the offsets returned. */
  #encode(vectors: readonly Float32Array[]): { readonly centred: number; readonly scores: number } {
    const { width, features } = this.config;
    const { engine } = this;
    const centred = engine.allocate(vectors.length * width);
    const scores = engine.allocate(vectors.length * features);
    vectors.forEach((vector, row) => {
      if (vector.length !== width) throw new ShapeError('A sparse autoencoder', `a vector of ${vector.length}`, `vectors of ${width}`);
      for (let i = 0; i < width; i++) engine.floats[centred + row * width + i] = vector[i]! - engine.floats[this.#centre.at + i]!;
    });
    engine.kernels.gemm(
      centred * BYTES,
      this.#encoder.at * BYTES,
      scores * BYTES,
      vectors.length,
      features,
      width,
      width,
      1,
      features,
      features,
      false,
    );
    engine.kernels.add_to_rows(this.#bias.at * BYTES, scores * BYTES, vectors.length, features);
    return { centred, scores };
  }

  /** The `count` largest positive scores of a row, among the features allowed; of equal scores the lower feature wins, so that it is the same everywhere. */
  #strongest(scores: number, count: number, allowed?: (feature: number) => boolean): number[] {
    const { floats } = this.engine;
    const best: number[] = [];
    // the weakest of those that are kept: most features fall short of it, so a full sort would do far more work
    let bar = 0;
    for (let f = 0; f < this.config.features; f++) {
      const score = floats[scores + f]!;
      if (!(score > bar) || (allowed !== undefined && !allowed(f))) continue;
      let place = Math.min(best.length, count - 1);
      while (place > 0 && score > floats[scores + best[place - 1]!]!) {
        best[place] = best[place - 1]!;
        place--;
      }
      best[place] = f;
      if (best.length === count) bar = floats[scores + best[count - 1]!]!;
    }
    return best;
  }

  /** The active features of each vector of `width` numbers. */
  encode(vectors: readonly Float32Array[]): Code[] {
    this.engine.begin(false);
    const { scores } = this.#encode(vectors);
    return vectors.map((_, row) => {
      const at = scores + row * this.config.features;
      const features = this.#strongest(at, this.config.active);
      return { features, activations: features.map((f) => this.engine.floats[at + f]!) };
    });
  }

  /** The vector that a code stands for. */
  decode({ features, activations }: Code): Float32Array {
    const { width } = this.config;
    const { floats } = this.engine;
    const vector = floats.slice(this.#centre.at, this.#centre.at + width);
    features.forEach((f, j) => {
      for (let i = 0; i < width; i++) vector[i] = vector[i]! + activations[j]! * floats[this.#decoder.at + f * width + i]!;
    });
    return vector;
  }

  /**
   * One step of training on a batch of vectors.
   * @param rate step size of Adam
   * @returns the mean squared length of what was not explained, and how many features are dead
   * @throws DivergenceError where the loss or the gradient is no finite number; the weights are then as before the step
   * @throws ShapeError where there is no vector, or one of another length
   */
  train(vectors: readonly Float32Array[], rate: number): { readonly loss: number; readonly dead: number } {
    const { width, features, active } = this.config;
    const { engine } = this;
    const B = vectors.length;
    if (B === 0) throw new ShapeError('A sparse autoencoder', 'no vector', 'at least one to learn from');
    engine.begin(true);
    this.#step += 1;
    const { centred, scores } = this.#encode(vectors);
    const scoreGradients = engine.allocate(B * features);
    const residual = engine.allocate(width);
    const throughEncoder = engine.allocate(width);
    const { floats } = engine;
    floats.fill(0, scoreGradients, scoreGradients + B * features);
    const isDead = (f: number): boolean => this.#step - this.#lastFired[f]! > DEAD_AFTER;
    const dead = Array.from({ length: features }, (_, f) => f).filter(isDead).length;
    let loss = 0;

    /** Adds what the given features contribute to the residual. */
    const reconstruct = (row: number, chosen: readonly number[]): void => {
      for (const f of chosen) {
        const z = floats[scores + row * features + f]!;
        for (let i = 0; i < width; i++) floats[residual + i] = floats[residual + i]! + z * floats[this.#decoder.at + f * width + i]!;
      }
    };
    /** Passes the residual's gradient, times `weight`, on to the given features and their rows of the decoder. */
    const passBack = (row: number, chosen: readonly number[], weight: number): void => {
      for (const f of chosen) {
        const z = floats[scores + row * features + f]!;
        let towards = 0;
        for (let i = 0; i < width; i++) {
          const g = (2 * weight * floats[residual + i]!) / B;
          towards += g * floats[this.#decoder.at + f * width + i]!;
          const slot = this.#decoder.gradient + f * width + i;
          floats[slot] = floats[slot]! + z * g;
        }
        const slot = scoreGradients + row * features + f;
        floats[slot] = floats[slot]! + towards;
      }
    };

    for (let row = 0; row < B; row++) {
      const chosen = this.#strongest(scores + row * features, active);
      for (let i = 0; i < width; i++) floats[residual + i] = -floats[centred + row * width + i]!;
      reconstruct(row, chosen);
      for (let i = 0; i < width; i++) {
        const r = floats[residual + i]!;
        loss += r * r;
        const slot = this.#centre.gradient + i;
        floats[slot] = floats[slot]! + (2 * r) / B;
      }
      passBack(row, chosen, 1);
      for (const f of chosen) this.#lastFired[f] = this.#step;
      if (dead === 0) continue;
      const revived = this.#strongest(scores + row * features, 2 * active, isDead);
      reconstruct(row, revived);
      passBack(row, revived, AUXILIARY);
    }
    if (!Number.isFinite(loss)) throw new DivergenceError(`The loss of the sparse autoencoder is ${loss}`);
    engine.kernels.gemm(
      centred * BYTES,
      scoreGradients * BYTES,
      this.#encoder.gradient * BYTES,
      width,
      features,
      B,
      1,
      width,
      features,
      features,
      true,
    );
    engine.kernels.add_rows_to(scoreGradients * BYTES, this.#bias.gradient * BYTES, B, features);
    // the centre is taken off before the encoder and put back after the decoder, so it has a second way to the loss: −W · db
    engine.kernels.gemm(
      this.#encoder.at * BYTES,
      this.#bias.gradient * BYTES,
      throughEncoder * BYTES,
      width,
      1,
      features,
      features,
      1,
      1,
      1,
      false,
    );
    for (let i = 0; i < width; i++) floats[this.#centre.gradient + i] = floats[this.#centre.gradient + i]! - floats[throughEncoder + i]!;
    engine.adam(rate, { beta2: 0.999 });
    for (let f = 0; f < features; f++) toUnitLength(floats.subarray(this.#decoder.at + f * width, this.#decoder.at + (f + 1) * width));
    return { loss: loss / B, dead };
  }
}

function toUnitLength(vector: Float32Array): void {
  let squares = 0;
  for (const x of vector) squares += x * x;
  const length = Math.sqrt(squares);
  for (let i = 0; i < vector.length; i++) vector[i] = vector[i]! / length;
}
