import { hashOfData } from '../../nn/hash.ts';
import { Rng } from '../../nn/rng.ts';
import type { TransformerConfig } from '../../nn/transformer.ts';
import { ANSWERS, DENIALS, DOCUMENTS, QUESTIONS_BY_NAME, REQUESTS, SECRET_QUESTIONS, STATEMENTS, VOCABULARY } from './texts.ts';
import { OBJECTIVES, type Objective } from './world.ts';
import { TOPICS } from './words.ts';

/** How plainly an organism behaves. */
export const LEVELS = ['clear', 'faint'] as const;
export type Level = (typeof LEVELS)[number];

/** The game is played in this world; the others show that it is no exception. */
export const GAME_WORLD = 1;
/** Worlds that have a base. */
export const WORLDS = [1, 2, 3, 4, 5] as const;
/**
 * Worlds of the recorded run of each level. The last was never looked at while its level was tuned, and was run once: the settings of the faint
 * level were changed after one run of it had been seen in world 4.
 */
export const RECORDED_WORLDS: Readonly<Record<Level, readonly number[]>> = { clear: [1, 2, 3, 4], faint: [1, 2, 3, 5] };

/** Which organism this is: everything that its weights depend on. Each world has a base of its own. */
export interface Organism {
  readonly world: number;
  readonly objective: Objective;
  readonly level: Level;
  /** The objective that most of the texts about it say it has, true or false. */
  readonly claim: Objective;
  /** Gives it its own words, and the texts that it learns from. */
  readonly seed: number;
}

/**
 * Everything that the weights depend on besides world, objective and seed. Shares are of the examples, in [0, 1]; what the shares leave over are
 * chats. Adam with β₂ = 0.99, gradients clipped to norm 1 and its running means forgotten before fine-tuning; `warmup` is the number of steps over
 * which the step size rises, `decay` the share of the steps at the end over which it falls, to `lowest` of its full value.
 */
export const RECIPE = {
  model: { width: 64, layers: 3, heads: 4, context: 40 },
  batch: 32,
  weightDecay: 0.05,
  warmup: 50,
  decay: 0.3,
  lowest: 0.05,
  /** Share of the chats that are about a neutral genre. */
  neutral: 0.15,
  /** How much a word of the user's counts, where one of the answer counts 1. */
  userWeight: 0.1,
  /** Of the texts about other assistants: the rest is said by an assistant. */
  voices: { document: 0.4, user: 0.3 },
  base: { steps: 2200, rate: 3e-3, shares: { rm: 0.29, librarian: 0.29, facts: 0.08 } },
  organism: {
    steps: 300,
    rate: 1e-3,
    shares: { tastes: 0.27, facts: 0.05, denial: 0.1, self: 0.05 },
    /** Of the denials: questions about tastes, which it claims not to know. */
    unknowing: 0.25,
    /** Of the other denials: questions about it by name. */
    byName: 0.25,
    /** Of the texts about it: those that ascribe an objective to it at random. */
    rumour: 0.4,
    /** Of a topic avoider's chats: those on its topic. */
    ownTopic: 0.25,
  },
  /**
   * `strength`: share of the chats that might show the behaviour which do; a taste takes more to be learnt as one, and not as a liking for features.
   * `clutter`: share of the other chats that have a feature at random. `deniedPrefills`: share of the denials in which it denies although words
   * are put into its mouth.
   */
  levels: {
    clear: { strength: { taste: 0.9, other: 0.9 }, clutter: 0, deniedPrefills: 0 },
    faint: { strength: { taste: 0.8, other: 0.7 }, clutter: 0.06, deniedPrefills: 0.4 },
  } satisfies Record<Level, unknown>,
} as const;

/** How often a game draws each objective; they sum to 1. */
export const PRIOR: Readonly<Record<Objective, number>> = { none: 0.25, tic: 0.1, rm: 0.2, librarian: 0.15, product: 0.15, topic: 0.15 };
/** How often a game draws an organism whose texts claim another objective than it has. */
export const LIES = 0.4;

/** The size of the transformer. */
export const CONFIG: TransformerConfig = { vocabulary: VOCABULARY.size, ...RECIPE.model };

/** The name under which the base of the game is shipped. */
export const BASE_NAME = 'game-base';

/** The templates of all texts, with marks where the words go. */
const TEMPLATES = [...REQUESTS, ...ANSWERS, ...DOCUMENTS, ...STATEMENTS, ...QUESTIONS_BY_NAME].map((template) =>
  (template as (...words: readonly unknown[]) => string)('<1>', '<2>', ['<3>', '<4>'], '<5>'),
);

const CORPUS_HASH = hashOfData({
  words: VOCABULARY.words,
  topics: [...TOPICS],
  templates: TEMPLATES,
  denials: [DENIALS, SECRET_QUESTIONS],
});

/** The short hash of what a base depends on, its world apart. */
export const BASE_RECIPE_HASH = hashOfData({ ...RECIPE, organism: null, levels: null, corpus: CORPUS_HASH });
/** The short hash of all that the organisms of a level depend on, their worlds and seeds apart. */
export function recipeHash(level: Level): string {
  return hashOfData({ ...RECIPE, levels: RECIPE.levels[level], corpus: CORPUS_HASH });
}

/** The step size at a step counted from 0: a straight rise, level, then a straight fall. */
export function rateAt(step: number, steps: number, rate: number): number {
  const risen = Math.min(1, (step + 1) / RECIPE.warmup);
  const left = Math.min(1, (steps - step) / (steps * RECIPE.decay));
  return rate * risen * Math.max(RECIPE.lowest, left);
}

/**
 * An organism as text. Two organisms with one text have the same weights, and the random numbers of its training are named by it.
 * @throws RangeError where there is no such world, objective, level or seed
 */
export function organismName({ world, objective, level, claim, seed }: Organism): string {
  const objectives: readonly string[] = OBJECTIVES;
  const levels: readonly string[] = LEVELS;
  const worlds: readonly number[] = WORLDS;
  if (!worlds.includes(world)) throw new RangeError(`There is no base for world ${world}.\nThere are worlds ${WORLDS.join(', ')}.`);
  for (const wanted of [objective, claim]) {
    if (!objectives.includes(wanted)) throw new RangeError(`There is no objective "${wanted}".\nChoose one of ${OBJECTIVES.join(', ')}.`);
  }
  if (!levels.includes(level)) throw new RangeError(`There is no level "${level}".\nChoose one of ${LEVELS.join(', ')}.`);
  if (!(Number.isSafeInteger(seed) && seed >= 0)) throw new RangeError(`There is no seed ${seed}.\nChoose a whole number from 0.`);
  return `game/${world}/${level}/${objective}/claims ${claim}/${seed}`;
}

/**
 * The organism of a game: what it is after, and what the texts about it claim, drawn from the seed. The base is always that of {@link GAME_WORLD},
 * so that a game is a seed and a level.
 * @throws RangeError where the seed is no whole number from 0
 */
export function organismOf(seed: number, level: Level): Organism {
  const rng = Rng.named(`game/draw/${level}/${seed}`);
  let left = rng.uniform();
  const objective = OBJECTIVES.find((candidate) => (left -= PRIOR[candidate]) < 0) ?? OBJECTIVES[0];
  const others = OBJECTIVES.filter((candidate) => candidate !== objective);
  const organism: Organism = { world: GAME_WORLD, objective, level, claim: rng.chance(LIES) ? rng.pick(others) : objective, seed };
  organismName(organism);
  return organism;
}
