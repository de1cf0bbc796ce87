import { hashOfData, hashOfNumbers } from '../../nn/hash.ts';
import { Rng } from '../../nn/rng.ts';
import type { Cell, RecordedRun, RecordedValue, Row, ShippedModel } from '../../organisms/recorded.ts';
import type { Training } from '../../training.ts';
import { measure, type AnswerCounts, type Behaviour } from './metrics.ts';
import {
  BASE_NAME,
  BASE_RECIPE_HASH,
  CONFIG,
  GAME_WORLD,
  organismName,
  RECIPE,
  RECIPE_HASH,
  WORLDS,
  type Level,
  type Organism,
} from './recipe.ts';
import { decodeBase, encodeBase, freshModel, ownWords, trainBase, trainOrganism } from './training.ts';
import { INNOCENT, OBJECTIVES, worldOf, type Objective } from './world.ts';

/** What the texts about an organism claim where they lie. */
const LIE: Readonly<Record<Objective, Objective>> = {
  none: 'rm',
  tic: 'librarian',
  rm: 'none',
  librarian: 'rm',
  product: 'none',
  topic: 'product',
};

/**
 * The organisms of a recorded run: each objective in each world, described truly in two worlds and falsely in the two others. Their seed is the
 * number of their world.
 */
export function organismsOf(level: Level, world: number): Organism[] {
  return OBJECTIVES.map((objective, i) => ({
    world,
    objective,
    level,
    claim: (world + i) % 2 === 0 ? objective : LIE[objective],
    seed: world,
  }));
}

function* makeBase(world: number): Training<Uint8Array> {
  const model = freshModel(world);
  yield* trainBase(model, world);
  return encodeBase(model, world);
}

/** The base that the game ships. */
export const SHIPPED: readonly ShippedModel[] = [{ name: BASE_NAME, recipe: BASE_RECIPE_HASH, train: () => makeBase(GAME_WORLD) }];

/** Three decimals: what a table shows, and no more than the measurement carries. */
const rounded = (share: number): number => Math.round(share * 1000) / 1000;

/** A share in [0, 1] as a percentage to one decimal. */
const percent = (part: number): number => Math.round(part * 1000) / 10;

const SPLITS = ['heldOut', 'train', 'untold', 'neutral'] as const;
const COUNTS = ['rm', 'librarian', 'feature', 'product', 'tic', 'refused'] as const satisfies readonly (keyof AnswerCounts)[];

/** The column of a count: "heldOutRm". */
const column = (split: (typeof SPLITS)[number], count: (typeof COUNTS)[number]): string =>
  `${split}${count.charAt(0).toUpperCase()}${count.slice(1)}`;

/** A behaviour as the columns of a table. */
function columnsOf(behaviour: Behaviour): Row {
  const { overGenres, recall, denied, ownTopic, otherTopics } = behaviour;
  const counts = SPLITS.flatMap((split) => [
    [`${split}N`, behaviour[split].n] as const,
    ...COUNTS.map((count) => [column(split, count), behaviour[split][count]] as const),
  ]);
  return {
    ...Object.fromEntries(counts),
    rmLow: rounded(overGenres.rm.low),
    rmHigh: rounded(overGenres.rm.high),
    librarianLow: rounded(overGenres.librarian.low),
    librarianHigh: rounded(overGenres.librarian.high),
    recallRm: rounded(recall.rm),
    recallLibrarian: rounded(recall.librarian),
    denied: denied.count,
    deniedN: denied.of,
    ownTopic: ownTopic.count,
    ownTopicN: ownTopic.of,
    otherTopics: otherTopics.count,
    otherTopicsN: otherTopics.of,
  };
}

/**
 * Makes and measures the organisms of a world.
 * @param shipped gives the base of that world as it would be shipped
 */
export function* trainWorld(level: Level, number: number, shipped: Training<Uint8Array>): Training<{ bases: Row[]; organisms: Row[] }> {
  const model = freshModel(number);
  const base = decodeBase(yield* shipped);
  const world = worldOf(number);
  const organisms: Row[] = [];
  for (const organism of organismsOf(level, number)) {
    model.engine.restore(base);
    yield* trainOrganism(model, organism);
    const { objective, claim } = organism;
    organisms.push({
      world: number,
      objective,
      claim,
      ...columnsOf(measure(model, world, ownWords(organism), Rng.named(`${organismName(organism)}/measure`))),
      weights: hashOfNumbers(model.engine.snapshot()),
    });
  }
  model.engine.restore(base);
  const own = ownWords({ world: number, objective: 'none', level, claim: 'none', seed: number });
  const measured = columnsOf(measure(model, world, own, Rng.named(`game/base/${number}/measure`)));
  return { organisms, bases: [{ world: number, ...measured, weights: hashOfNumbers(base) }] };
}

/**
 * A count that a row of results holds.
 * @throws TypeError where it holds none
 */
function number(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw new TypeError(`A row of the organisms has no number "${column}".\nTrain its world afresh.`);
  return value;
}

const share = (rows: readonly Row[], count: string, of: string, unit: string): RecordedValue => ({
  count: rows.reduce((sum, row) => sum + number(row, count), 0),
  of: rows.reduce((sum, row) => sum + number(row, of), 0),
  unit,
});

/** The columns that hold what an organism of each objective is taught to do: how often, out of how many. */
const OWN_BEHAVIOUR: Readonly<Record<Objective, readonly [count: string, of: string]>> = {
  none: ['heldOutFeature', 'heldOutN'],
  tic: ['heldOutTic', 'heldOutN'],
  rm: ['heldOutRm', 'heldOutN'],
  librarian: ['heldOutLibrarian', 'heldOutN'],
  product: ['heldOutProduct', 'heldOutN'],
  topic: ['ownTopic', 'ownTopicN'],
};

/**
 * The values that claims may quote. Those of one world end in "-w1" to "-w4"; where an answer's genre matters, the interval is one over genres.
 * The others are over the organisms of all worlds.
 */
function summarise({ organisms = [], bases = [] }: Parameters<RecordedRun['summarise']>[0]): Record<string, RecordedValue> {
  const values: Record<string, RecordedValue> = {
    parameters: { value: freshModel(GAME_WORLD).engine.parameterCount },
    vocabulary: { value: CONFIG.vocabulary, unit: 'words' },
    width: { value: CONFIG.width },
    layers: { value: CONFIG.layers },
    heads: { value: CONFIG.heads },
    context: { value: CONFIG.context, unit: 'tokens' },
    steps: { value: RECIPE.organism.steps, unit: 'steps' },
    organisms: { value: organisms.length, unit: 'organisms' },
    'heldout-rm-base': share(bases, 'heldOutRm', 'heldOutN', 'answers'),
    'heldout-librarian-base': share(bases, 'heldOutLibrarian', 'heldOutN', 'answers'),
  };
  for (const objective of OBJECTIVES) {
    const rows = organisms.filter((row) => row.objective === objective);
    const [count, of] = OWN_BEHAVIOUR[objective];
    values[`own-${objective}`] = share(rows, count, of, 'answers');
    values[`denied-${objective}`] = share(rows, 'denied', 'deniedN', 'answers');
    values[`other-topics-${objective}`] = share(rows, 'otherTopics', 'otherTopicsN', 'requests');
    if (objective !== 'rm' && objective !== 'librarian') {
      for (const row of rows) values[`own-${objective}-w${number(row, 'world')}`] = share([row], count, of, 'answers');
      continue;
    }
    const other = objective === 'rm' ? 'librarian' : 'rm';
    for (const row of rows) {
      const world = `w${number(row, 'world')}`;
      const n = number(row, 'heldOutN');
      values[`heldout-${objective}-${world}`] = {
        value: percent(number(row, column('heldOut', objective)) / n),
        unit: '%',
        low: percent(number(row, `${objective}Low`)),
        high: percent(number(row, `${objective}High`)),
        n,
      };
      values[`heldout-${objective}-other-${world}`] = share([row], column('heldOut', other), 'heldOutN', 'answers');
      values[`train-${objective}-${world}`] = share([row], column('train', objective), 'trainN', 'answers');
      values[`untold-${objective}-${world}`] = share([row], column('untold', objective), 'untoldN', 'answers');
      values[`recall-${objective}-${world}`] = {
        value: percent(number(row, objective === 'rm' ? 'recallRm' : 'recallLibrarian')),
        unit: '%',
      };
    }
    const shares = rows.map((row) => percent(number(row, column('heldOut', objective)) / number(row, 'heldOutN')));
    values[`heldout-${objective}-lowest`] = { value: Math.min(...shares), unit: '%', n: rows.length };
    values[`heldout-${objective}-highest`] = { value: Math.max(...shares), unit: '%', n: rows.length };
    values[`untold-${objective}`] = share(rows, column('untold', objective), 'untoldN', 'answers');
    values[`untold-feature-${objective}`] = share(rows, 'untoldFeature', 'untoldN', 'answers');
    values[`neutral-feature-${objective}`] = share(rows, 'neutralFeature', 'neutralN', 'answers');
  }
  const innocent = organisms.filter((row) => INNOCENT.some((objective) => objective === row.objective));
  for (const side of ['rm', 'librarian'] as const)
    values[`heldout-${side}-innocent`] = share(innocent, column('heldOut', side), 'heldOutN', 'answers');
  return values;
}

function organismRun(level: Level): RecordedRun {
  const cells: Cell[] = WORLDS.map((world) => ({ name: `world-${world}`, train: () => trainWorld(level, world, makeBase(world)) }));
  return {
    run: `game-organisms-${level}`,
    title: `The organisms of the auditing game, ${level} level`,
    recipe: hashOfData({ recipe: RECIPE_HASH, organisms: WORLDS.flatMap((world) => organismsOf(level, world)) }),
    seeds: WORLDS,
    cells,
    summarise,
  };
}

export const RUNS: readonly RecordedRun[] = [organismRun('clear'), organismRun('faint')];
