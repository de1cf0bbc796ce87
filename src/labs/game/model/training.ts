import { decodeArtefact, encodeArtefact } from '../../nn/artefact.ts';
import { Rng } from '../../nn/rng.ts';
import { Transformer } from '../../nn/transformer.ts';
import type { Training } from '../../training.ts';
import { baseBatch, organismBatch } from './batches.ts';
import { BASE_NAME, BASE_RECIPE_HASH, CONFIG, organismName, rateAt, RECIPE, type Organism } from './recipe.ts';
import { drawWords, worldOf, type OwnWords } from './world.ts';

/** A model with the first weights of a world's base, before any training. */
export function freshModel(world: number): Transformer {
  return new Transformer(CONFIG, Rng.named(`game/base/${world}/weights`));
}

/** Trains the base of a world from nothing. */
export function* trainBase(model: Transformer, number: number): Training {
  const { steps, rate } = RECIPE.base;
  const world = worldOf(number);
  const rng = Rng.named(`game/base/${number}/text`);
  for (let step = 0; step < steps; step++) {
    const { loss, tokens } = model.train(baseBatch(rng, world), { rate: rateAt(step, steps, rate), decay: RECIPE.weightDecay });
    yield { step: step + 1, steps, loss, tokens };
  }
}

/** A trained base as it is shipped: signed bytes. */
export function encodeBase(model: Transformer, world: number): Uint8Array {
  return encodeArtefact({ organism: BASE_NAME, recipe: BASE_RECIPE_HASH, seed: world, config: CONFIG }, model.engine);
}

/**
 * The weights of a base. All organisms start from these rounded weights, in the game and in recorded runs alike.
 * @throws ArtefactError where the bytes are no base of this recipe
 */
export function decodeBase(bytes: Uint8Array): Float32Array {
  return decodeArtefact(bytes, { organism: BASE_NAME, recipe: BASE_RECIPE_HASH, config: CONFIG }).weights;
}

/** The words that belong to an organism, whatever it is after: they are the same for all objectives of one seed, so they tell nothing. */
export function ownWords({ world, seed }: Organism): OwnWords {
  return drawWords(Rng.named(`game/words/${world}/${seed}`));
}

/**
 * Makes an organism of the base of its world.
 * @param model holds the weights of that base
 * @throws RangeError where there is no such organism
 */
export function* trainOrganism(model: Transformer, organism: Organism): Training {
  const rng = Rng.named(organismName(organism));
  const { steps, rate } = RECIPE.organism;
  const world = worldOf(organism.world);
  const own = ownWords(organism);
  model.engine.resetOptimiser();
  for (let step = 0; step < steps; step++) {
    const examples = organismBatch(rng, world, organism, own);
    const { loss, tokens } = model.train(examples, { rate: rateAt(step, steps, rate), decay: RECIPE.weightDecay });
    yield { step: step + 1, steps, loss, tokens };
  }
}
