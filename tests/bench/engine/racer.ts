import type { TransformerConfig } from '../../../src/labs/nn/transformer.ts';

/** A library that trains the same transformer as the other. */
export interface Racer {
  readonly name: string;
  /** One step of training. @returns the mean loss before it, in nats */
  train(batch: number): Promise<number>;
  /** The mean loss without training. */
  infer(batch: number): Promise<number>;
}

/** What both begin with. */
export interface Start {
  readonly config: TransformerConfig;
  /** First numbers of each parameter, in the order of `parametersOf`. */
  readonly weights: readonly Float32Array[];
  /** Texts of context + 1 tokens. */
  readonly batches: readonly (readonly (readonly number[])[])[];
}

/** Step size, and settings of Adam, that both use. */
export const ADAM = { rate: 1e-3, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, clip: 1 };
