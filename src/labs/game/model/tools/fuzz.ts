import type { Rng } from '../../../nn/rng.ts';
import type { StreamHook, Transformer } from '../../../nn/transformer.ts';

/** The block after which noise is added, and its standard deviation for each number of the stream. */
export const NOISE = { layer: 0, deviation: 1 } as const;

/** A hook that adds normal noise to the stream of a model, anew at every token. */
export function noise(model: Transformer, rng: Rng): StreamHook {
  return (layer, { at, size }) => {
    if (layer !== NOISE.layer) return;
    const { floats } = model.engine;
    for (let i = at; i < at + size; i++) floats[i] = floats[i]! + NOISE.deviation * rng.normal();
  };
}
