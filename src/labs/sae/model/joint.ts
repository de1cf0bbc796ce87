import {
  activationsOf,
  describeFeatures,
  Dictionary,
  joined,
  readStream,
  textsOf,
  trainOn,
  vectorsOf,
  type Activation,
  type Stream,
} from '../../game/model/dictionary.ts';
import { organismName } from '../../game/model/recipe.ts';
import { trainOrganism } from '../../game/model/training.ts';
import { Rng } from '../../nn/rng.ts';
import type { Transformer } from '../../nn/transformer.ts';
import type { Training } from '../../training.ts';
import { decodeDictionary, encodeDictionary } from './artefact.ts';
import { JOINT, organismOf, seedOf, TRIO, type OfTrio } from './settings.ts';

/** Three organisms of a world, and the dictionary of all of them. */
export interface Joint {
  readonly weights: Readonly<Record<OfTrio, Float32Array>>;
  /** As shipped: rounded to bytes, with labels from the text of its training. */
  readonly dictionary: Dictionary;
  readonly bytes: Uint8Array;
  /** The text of its training, and where each feature fires in it, the strongest first. */
  readonly stream: Stream;
  readonly fired: readonly (readonly Activation[])[];
}

/** Texts of one organism of the trio, from random numbers of this name. */
export function trioStream(model: Transformer, objective: OfTrio, world: number, count: number, name: string): Stream {
  const organism = organismOf(objective, world, seedOf(world));
  return readStream(model, textsOf(model, organism, count, Rng.named(`sae/${organismName(organism)}/${name}`)));
}

/**
 * Trains the three organisms of a world and their dictionary.
 * @param model is changed: in the end it holds the weights of the last organism
 * @param base the weights of the world's base
 */
export function* trainJoint(model: Transformer, base: Float32Array, world: number): Training<Joint> {
  const weights: Partial<Record<OfTrio, Float32Array>> = {};
  const streams: Stream[] = [];
  for (const objective of TRIO) {
    model.engine.restore(base);
    yield* trainOrganism(model, organismOf(objective, world, seedOf(world)));
    weights[objective] = model.engine.snapshot();
    streams.push(trioStream(model, objective, world, JOINT.texts, 'texts'));
  }
  const stream = joined(streams);
  const bytes = encodeDictionary(yield* trainOn(stream, `sae/joint/${world}`, JOINT.steps), world);
  const rounded = decodeDictionary(bytes);
  const fired = activationsOf(stream, rounded.encode(vectorsOf(stream)));
  return {
    weights: weights as Record<OfTrio, Float32Array>,
    dictionary: new Dictionary(rounded.sae, rounded.scale, describeFeatures(stream, fired)),
    bytes,
    stream,
    fired,
  };
}
