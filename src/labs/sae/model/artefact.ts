import { Dictionary, SIZE } from '../../game/model/dictionary.ts';
import { decodeTensors, encodeTensors, type Kind } from '../../nn/artefact.ts';
import { Rng } from '../../nn/rng.ts';
import { SparseAutoencoder, type SaeConfig } from '../../nn/sae.ts';
import { DICTIONARY_NAME, JOINT_HASH } from './settings.ts';

/** A dictionary as it is shipped: the tensors of its autoencoder, and its scale. */
const KIND: Kind<SaeConfig> = {
  keys: ['width', 'features', 'active'],
  tensorsOf: ({ width, features }) => [
    { name: 'encoder', shape: [width, features] },
    { name: 'bias', shape: [features] },
    { name: 'decoder', shape: [features, width] },
    { name: 'centre', shape: [width] },
    { name: 'scale', shape: [1] },
  ],
};

/**
 * A trained dictionary as signed bytes.
 * @throws ArtefactError where a weight is no finite number
 */
export function encodeDictionary({ sae, scale }: Dictionary, world: number): Uint8Array {
  const tensors = sae.engine.parameters.map((parameter) => ({ ...parameter, numbers: sae.engine.read(parameter) }));
  return encodeTensors(KIND, { organism: DICTIONARY_NAME, recipe: JOINT_HASH, seed: world, config: SIZE }, [
    ...tensors,
    { name: 'scale', shape: [1], numbers: Float32Array.of(scale) },
  ]);
}

/**
 * The dictionary that was shipped, its weights rounded to bytes: what is recorded of it is recorded of these. Its features have no labels.
 * @throws ArtefactError where the bytes are no dictionary of this recipe
 */
export function decodeDictionary(bytes: Uint8Array): Dictionary {
  const { weights } = decodeTensors(KIND, bytes, { organism: DICTIONARY_NAME, recipe: JOINT_HASH, config: SIZE });
  // its first directions are replaced at once
  const sae = new SparseAutoencoder(SIZE, new Rng(0));
  sae.engine.restore(weights.slice(0, -1));
  return new Dictionary(sae, weights.at(-1)!, []);
}
