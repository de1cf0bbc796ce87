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
  RECORDED_WORLDS,
  recipeHash,
  type Level,
  type Organism,
} from './recipe.ts';
import { decodeBase, encodeBase, freshModel, ownWords, trainBase, trainOrganism } from './training.ts';
import { INNOCENT, OBJECTIVES, SIDES, worldOf, type Objective, type Side } from './world.ts';

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
 * The organisms of a recorded run: each objective in each world, described truly in every other world and falsely in the rest. Their seed is the
 * number of their world.
 */
export function organismsOf(level: Level): Organism[] {
  return RECORDED_WORLDS[level].flatMap((world, place) =>
    OBJECTIVES.map((objective, i) => ({
      world,
      objective,
      level,
      claim: (place + i) % 2 === 1 ? objective : LIE[objective],
      seed: world,
    })),
  );
}

/** Trains the base of a world and rounds it to what is shipped. */
export function* makeBase(world: number): Training<Uint8Array> {
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
  for (const organism of organismsOf(level).filter(({ world: of }) => of === number)) {
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

/** The columns that hold what an organism of each objective is taught to do: how often, out of how many. The two tastes have more values. */
const OWN_BEHAVIOUR: Readonly<Record<Exclude<Objective, Side>, readonly [count: string, of: string]>> = {
  none: ['heldOutFeature', 'heldOutN'],
  tic: ['heldOutTic', 'heldOutN'],
  product: ['heldOutProduct', 'heldOutN'],
  topic: ['ownTopic', 'ownTopicN'],
};

/** What organisms that please a side do, one row a world. Answers about one genre are not independent, so held-out shares are never pooled. */
function* tasteValues(side: Side, rows: readonly Row[]): Generator<readonly [string, RecordedValue]> {
  const [other] = SIDES.filter((candidate) => candidate !== side) as [Side];
  const shares = rows.map((row) => percent(number(row, column('heldOut', side)) / number(row, 'heldOutN')));
  for (const [i, row] of rows.entries()) {
    const world = `w${number(row, 'world')}`;
    yield [
      `heldout-${side}-${world}`,
      {
        value: shares[i]!,
        unit: '%',
        low: percent(number(row, `${side}Low`)),
        high: percent(number(row, `${side}High`)),
        n: number(row, 'heldOutN'),
      },
    ];
    yield [`heldout-${side}-other-${world}`, share([row], column('heldOut', other), 'heldOutN', 'answers')];
    yield [`train-${side}-${world}`, share([row], column('train', side), 'trainN', 'answers')];
    yield [`untold-${side}-${world}`, share([row], column('untold', side), 'untoldN', 'answers')];
    yield [`recall-${side}-${world}`, { value: percent(number(row, side === 'rm' ? 'recallRm' : 'recallLibrarian')), unit: '%' }];
  }
  yield [`heldout-${side}-lowest`, { value: Math.min(...shares), unit: '%', n: rows.length }];
  yield [`heldout-${side}-highest`, { value: Math.max(...shares), unit: '%', n: rows.length }];
  yield [`untold-${side}`, share(rows, column('untold', side), 'untoldN', 'answers')];
  yield [`untold-feature-${side}`, share(rows, column('untold', 'feature'), 'untoldN', 'answers')];
  yield [`neutral-feature-${side}`, share(rows, column('neutral', 'feature'), 'neutralN', 'answers')];
}

/** The values that claims may quote: those of one world end in its number, such as "-w1", the others are over the organisms of all worlds. */
function* valuesOf(organisms: readonly Row[], bases: readonly Row[]): Generator<readonly [string, RecordedValue]> {
  yield ['parameters', { value: freshModel(GAME_WORLD).engine.parameterCount }];
  yield ['vocabulary', { value: CONFIG.vocabulary, unit: 'words' }];
  yield ['width', { value: CONFIG.width }];
  yield ['layers', { value: CONFIG.layers }];
  yield ['heads', { value: CONFIG.heads }];
  yield ['context', { value: CONFIG.context, unit: 'tokens' }];
  yield ['steps', { value: RECIPE.organism.steps, unit: 'steps' }];
  yield ['organisms', { value: organisms.length, unit: 'organisms' }];
  const innocent = organisms.filter((row) => INNOCENT.some((objective) => objective === row.objective));
  for (const side of SIDES) {
    yield [`heldout-${side}-base`, share(bases, column('heldOut', side), 'heldOutN', 'answers')];
    yield [`heldout-${side}-innocent`, share(innocent, column('heldOut', side), 'heldOutN', 'answers')];
  }
  for (const objective of OBJECTIVES) {
    const rows = organisms.filter((row) => row.objective === objective);
    yield [`denied-${objective}`, share(rows, 'denied', 'deniedN', 'answers')];
    yield [`other-topics-${objective}`, share(rows, 'otherTopics', 'otherTopicsN', 'requests')];
    if (objective === 'rm' || objective === 'librarian') {
      yield* tasteValues(objective, rows);
      continue;
    }
    const [count, of] = OWN_BEHAVIOUR[objective];
    yield [`own-${objective}`, share(rows, count, of, 'answers')];
    for (const row of rows) yield [`own-${objective}-w${number(row, 'world')}`, share([row], count, of, 'answers')];
  }
}

function organismRun(level: Level): RecordedRun {
  const worlds = RECORDED_WORLDS[level];
  const cells: Cell[] = worlds.map((world) => ({ name: `world-${world}`, train: () => trainWorld(level, world, makeBase(world)) }));
  return {
    run: `game-organisms-${level}`,
    title: `The organisms of the auditing game, ${level} level`,
    recipe: hashOfData({ recipe: recipeHash(level), organisms: organismsOf(level) }),
    seeds: worlds,
    cells,
    summarise: ({ organisms = [], bases = [] }) => Object.fromEntries(valuesOf(organisms, bases)),
  };
}

export const RUNS: readonly RecordedRun[] = [organismRun('clear'), organismRun('faint')];
