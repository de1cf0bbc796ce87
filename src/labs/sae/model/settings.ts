import { hashOfData } from '../../nn/hash.ts';
import { DICTIONARY } from '../../game/model/dictionary.ts';
import { GAME_WORLD, recipeHash, type Organism } from '../../game/model/recipe.ts';

/** What the organisms of the explorer are after: nothing, the taste of reward models, the taste of librarians. */
export const TRIO = ['none', 'rm', 'librarian'] as const;
export type OfTrio = (typeof TRIO)[number];

/** The dictionary of all three together. */
export const JOINT = {
  /** Texts of each organism that it is trained on. */
  texts: 1024,
  steps: 2500,
  /** Texts of each organism that it is judged on. */
  heldOut: 512,
} as const;

/** The world of the dictionary that is shipped. */
export const SHOWN_WORLD = GAME_WORLD;
/** Worlds of the recorded run, each with a base of its own. */
export const RECORDED_WORLDS = [1, 2, 3, 4] as const;
/** The seed of the organisms of a world from which its joint dictionary is trained. */
export const seedOf = (world: number): number => world;

/** Under this name the dictionary is shipped. */
export const DICTIONARY_NAME = 'game-dictionary';

/** An organism of the explorer: at clear level, described in all texts as one that only helps, so that its texts tell nothing of what it is after. */
export function organismOf(objective: OfTrio, world: number, seed: number): Organism {
  return { world, objective, level: 'clear', claim: 'none', seed };
}

/** The short hash of what the shipped dictionary depends on. */
export const JOINT_HASH = hashOfData({ dictionary: DICTIONARY, joint: JOINT, organisms: recipeHash('clear'), world: SHOWN_WORLD });
