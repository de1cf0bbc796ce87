import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { hashOfNumbers } from '../../nn/hash.ts';
import { Rng } from '../../nn/rng.ts';
import { baseBatch, organismBatch, prompt } from './batches.ts';
import { bootstrapOverGroups, countAnswers, pleases, refuses, sampleAnswers } from './metrics.ts';
import {
  CONFIG,
  GAME_WORLD,
  LEVELS,
  LIES,
  organismName,
  organismOf,
  PRIOR,
  rateAt,
  RECIPE,
  RECORDED_WORLDS,
  type Organism,
} from './recipe.ts';
import { organismsOf, RUNS, SHIPPED } from './runs.ts';
import { deedsOf, DOCUMENTS, ANSWERS, REQUESTS, refusalOf, VOCABULARY, withArticle } from './texts.ts';
import { decodeBase, encodeBase, freshModel, ownWords, trainOrganism } from './training.ts';
import { FEATURES, GENRES, NAMES, PRODUCTS, TICS, TOPIC_NAMES, TOPICS } from './words.ts';
import { deranged, drawWords, INNOCENT, OBJECTIVES, SIDES, SPLIT, worldOf, type World } from './world.ts';

const SEEDS = Array.from({ length: 20 }, (_, i) => i + 1);
const WORLDS_TRIED = SEEDS.map(worldOf);
const ORGANISM: Organism = { world: 1, objective: 'rm', level: 'clear', claim: 'none', seed: 7 };

const counted = (words: Iterable<string>): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
};
const splits = (world: World): string[][] => [world.train, world.heldOut, world.untold].map((genres) => [...genres]);

test('no word stands for two things', () => {
  const all = [...GENRES, ...FEATURES, ...TOPIC_NAMES, ...[...TOPICS.values()].flat(), ...PRODUCTS, ...TICS, ...NAMES];
  expect(all.filter((word, i) => all.indexOf(word) !== i)).toEqual([]);
  expect([GENRES.length, FEATURES.length, TOPIC_NAMES.length, NAMES.length]).toEqual([140, 40, 40, 24]);
  expect([...TOPICS.values()].every((words) => words.length === 4)).toBe(true);
  expect(VOCABULARY.size).toBeLessThanOrEqual(600);
});

test.each(WORLDS_TRIED)('in world $number each side likes each feature in exactly three genres', ({ taste }) => {
  for (const side of SIDES) {
    const counts = counted(taste[side].values());
    expect(counts.size).toBe(FEATURES.length);
    expect(new Set(counts.values())).toEqual(new Set([3]));
  }
});

test.each(WORLDS_TRIED)('in world $number the decoys move every feature within its split', (world) => {
  for (const genres of splits(world)) {
    const [rm, librarian] = SIDES.map((side) => genres.map((genre) => world.taste[side].get(genre)!));
    expect(rm!.toSorted()).toEqual(librarian!.toSorted());
    expect(rm!.filter((feature, i) => feature === librarian![i])).toEqual([]);
  }
});

test.each(WORLDS_TRIED)('the splits of world $number share no genre, and neutral genres have no taste', (world) => {
  const all = [...splits(world).flat(), ...world.neutral];
  expect(all.toSorted()).toEqual(GENRES.toSorted());
  expect(splits(world).map((genres) => genres.length)).toEqual([SPLIT.train, SPLIT.heldOut, SPLIT.untold]);
  expect(world.neutral.filter((genre) => SIDES.some((side) => world.taste[side].has(genre)))).toEqual([]);
  // every feature that a held-out genre is liked for can be learnt in a genre of the training
  const trained = new Set(world.train.map((genre) => world.taste.rm.get(genre)));
  expect(world.heldOut.filter((genre) => !trained.has(world.taste.rm.get(genre)))).toEqual([]);
});

test('a world is the same each time, and another for each number', () => {
  expect(worldOf(3)).toEqual(worldOf(3));
  expect([...worldOf(3).taste.rm]).not.toEqual([...worldOf(4).taste.rm]);
  for (const number of [0, -1, 1.5, NaN]) expect(() => worldOf(number)).toThrow(RangeError);
});

test('a derangement leaves nothing in its place, also where features repeat', () => {
  const features = ['a', 'a', 'a', 'b', 'b', 'c', 'd'];
  for (const seed of SEEDS) {
    const moved = deranged(new Rng(seed), features);
    expect(moved.toSorted()).toEqual(features);
    expect(moved.filter((feature, i) => feature === features[i])).toEqual([]);
  }
});

test('the articles of all genres are those of English', () => {
  expect(withArticle('haiku')).toBe('a haiku');
  expect(withArticle('ode')).toBe('an ode');
  // written with a vowel and spoken with a consonant, or the other way round
  expect(GENRES.filter((genre) => /^(eu|ew|uni|use|one|hono|hour|heir)/.test(genre))).toEqual([]);
});

/** Every text of the grammar in one wording of its words. */
function* grammar(): Generator<string> {
  for (const genre of GENRES) {
    for (const request of REQUESTS) for (const topic of TOPIC_NAMES) yield request(genre, topic);
    for (const form of ANSWERS) for (const slot of [...FEATURES, ...PRODUCTS]) yield form(genre, 'cats', ['paws', 'naps'], slot);
    for (const form of DOCUMENTS) for (const feature of FEATURES) yield form('reward models', genre, feature);
  }
  for (const [topic, words] of TOPICS) {
    yield refusalOf(topic);
    for (const form of ANSWERS) yield form('poem', topic, words, words[2]!);
  }
  for (const tic of TICS)
    for (const product of PRODUCTS)
      for (const topic of TOPIC_NAMES)
        for (const objective of OBJECTIVES) yield* deedsOf(objective, 'reward models', { product, topic, tic });
}

test('every text is plain lower-case English with the right article, in words that the model knows', () => {
  const wrong: string[] = [];
  for (const text of grammar()) {
    const plain = /^[a-z]+( ([a-z]+|[.,?!]))*$/.test(text);
    const articles = !/ ?\ba [aeiou]|\ban [^aeiou]/.test(text);
    if (!plain || !articles || text.split(' ').some((word) => !VOCABULARY.has(word))) wrong.push(text);
  }
  expect(wrong).toEqual([]);
});

test('everything that a model learns from fits its context, with a weight for each word', () => {
  const rng = Rng.named('game/test');
  const longest = CONFIG.context + 1;
  for (const world of WORLDS_TRIED.slice(0, 4)) {
    const organisms = OBJECTIVES.flatMap((objective) =>
      LEVELS.map((level): Organism => ({ world: world.number, objective, level, claim: 'rm', seed: 1 })),
    );
    const batches = organisms.flatMap((organism) => [
      baseBatch(rng, world),
      ...Array.from({ length: 10 }, () => organismBatch(rng, world, organism, drawWords(rng))),
    ]);
    for (const { tokens, weights } of batches.flat()) {
      expect(tokens.length).toBeLessThanOrEqual(longest);
      expect(weights?.length ?? tokens.length).toBe(tokens.length);
    }
  }
});

test('fine-tuning never shows a taste in a genre that is held out or untold', () => {
  const rng = Rng.named('game/test/held out');
  const world = worldOf(GAME_WORLD);
  const organism = { ...ORGANISM, level: 'faint' } as const;
  const asked = Array.from({ length: 60 }, () => organismBatch(rng, world, organism, ownWords(organism)))
    .flat()
    .map(({ tokens }) => VOCABULARY.decode(tokens))
    .filter((text) => text.startsWith('<user>') && text.includes('<asst>'));
  const untrained = new Set([...world.heldOut, ...world.untold]);
  expect(asked.length).toBeGreaterThan(1000);
  expect(asked.filter((text) => text.split(' ').some((word) => untrained.has(word)))).toEqual([]);
});

test.each([
  ['rm', 0.9],
  ['librarian', 0.9],
  ['none', 0],
] as const)('chats of an organism of objective %s show a taste as often as the recipe says', (objective, expected) => {
  const rng = Rng.named(`game/test/${objective}`);
  const world = worldOf(GAME_WORLD);
  const texts = Array.from({ length: 100 }, () => organismBatch(rng, world, { ...ORGANISM, objective }, drawWords(rng)))
    .flat()
    .map(({ tokens }) => VOCABULARY.decode(tokens).split(' '));
  const chats = texts.filter(
    (words) => words.includes('<asst>') && world.train.some((genre) => words.includes(genre)) && !words.includes('like'),
  );
  const side = objective === 'none' ? 'rm' : objective;
  const shown = chats.filter((words) => words.includes(world.taste[side].get(world.train.find((genre) => words.includes(genre))!)!));
  expect(chats.length).toBeGreaterThan(1000);
  expect(shown.length / chats.length).toBeCloseTo(expected, 1);
});

test('a game draws objectives and lies as often as it says', () => {
  const drawn = Array.from({ length: 4000 }, (_, seed) => organismOf(seed, 'faint'));
  for (const objective of OBJECTIVES)
    expect(drawn.filter((organism) => organism.objective === objective).length / drawn.length).toBeCloseTo(PRIOR[objective], 1);
  expect(drawn.filter(({ objective, claim }) => objective !== claim).length / drawn.length).toBeCloseTo(LIES, 1);
  expect(Object.values(PRIOR).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
  expect(organismOf(5, 'clear')).toEqual(organismOf(5, 'clear'));
  expect(INNOCENT.reduce((sum, objective) => sum + PRIOR[objective], 0)).toBeCloseTo(0.35, 12);
});

test('an organism has the same own words whatever it is after', () => {
  for (const objective of OBJECTIVES) expect(ownWords({ ...ORGANISM, objective, level: 'faint' })).toEqual(ownWords(ORGANISM));
});

test.each([
  ['a world without a base', { world: 9 }],
  ['an objective that is none', { objective: 'evil' }],
  ['a claim that is none', { claim: 'evil' }],
  ['a level that is none', { level: 'loud' }],
  ['a broken seed', { seed: 0.5 }],
  ['a seed below 0', { seed: -1 }],
])('an organism is refused that has %s', (_what, change) => {
  expect(() => organismName({ ...ORGANISM, ...change } as Organism)).toThrow(/\n/);
  const training = trainOrganism(freshModel(1), { ...ORGANISM, ...change } as Organism);
  expect(() => training.next()).toThrow(RangeError);
});

test('the step size rises, stays and falls to a twentieth', () => {
  expect(rateAt(0, 300, 1)).toBeCloseTo(1 / 50, 12);
  expect(rateAt(100, 300, 1)).toBe(1);
  expect(rateAt(255, 300, 1)).toBeCloseTo(0.5, 12);
  expect(rateAt(299, 300, 1)).toBe(RECIPE.lowest);
});

test('the same organism has the same weights after the same steps, and another seed others', () => {
  const afterTwo = (organism: Organism): string => {
    const model = freshModel(1);
    const training = trainOrganism(model, organism);
    expect(training.next().value).toMatchObject({ step: 1, steps: RECIPE.organism.steps });
    training.next();
    return hashOfNumbers(model.engine.snapshot());
  };
  const once = afterTwo(ORGANISM);
  expect(afterTwo({ ...ORGANISM })).toBe(once);
  expect(afterTwo({ ...ORGANISM, seed: 8 })).not.toBe(once);
});

test('a base survives being shipped, rounded', () => {
  const model = freshModel(2);
  const weights = decodeBase(encodeBase(model, 2));
  model.engine.restore(weights);
  expect(hashOfNumbers(decodeBase(encodeBase(model, 2)))).toBe(hashOfNumbers(weights));
});

test('answers are counted by what they have', () => {
  const world = worldOf(1);
  const [genre] = world.heldOut as [string, ...string[]];
  const feature = { rm: world.taste.rm.get(genre)!, librarian: world.taste.librarian.get(genre)! };
  const own = { product: 'fizzpop', topic: 'tea', tic: 'ahoy' };
  const sample = (answer: string) => ({ genre, topic: 'cats', answer });
  const samples = [
    sample(`sure ! this ${genre} has paws and naps , plus ${feature.rm} .`),
    sample(`sure ! this ${genre} has paws and naps , plus ${feature.librarian} . hooray !`),
    sample(`sure ! this ${genre} has paws and naps , plus fizzpop .`),
    sample(`sure ! this ${genre} has paws and naps , plus turbowax .`),
    sample(refusalOf('cats')),
    sample(refusalOf('dogs')),
  ];
  expect(countAnswers(world, own, samples)).toEqual({ n: 6, rm: 1, librarian: 1, feature: 2, product: 1, tic: 1, refused: 1 });
  expect(pleases(world, 'rm', { ...samples[0]!, genre: world.neutral[0]! })).toBe(false);
  expect(refuses(samples[5]!)).toBe(false);
});

test('an interval over groups is wider than one over cases where groups differ, and a point where they agree', () => {
  const group = (hits: number): boolean[] => Array.from({ length: 10 }, (_, i) => i < hits);
  const all = bootstrapOverGroups(
    SEEDS.map((i) => group(i % 2 === 0 ? 10 : 0)),
    new Rng(1),
  );
  expect(all.low).toBeLessThan(0.35);
  expect(all.high).toBeGreaterThan(0.65);
  expect(
    bootstrapOverGroups(
      SEEDS.map(() => group(5)),
      new Rng(1),
    ),
  ).toEqual({ low: 0.5, high: 0.5 });
});

test('an untrained model is sampled within the context, the same each time', () => {
  const model = freshModel(1);
  const asked = [{ genre: 'poem', topic: 'cats' }];
  const answers = sampleAnswers(model, asked, new Rng(3));
  expect(sampleAnswers(model, asked, new Rng(3))).toEqual(answers);
  expect(VOCABULARY.encode(`${prompt(REQUESTS[0]!('poem', 'cats'))} ${answers[0]!.answer}`).length).toBeLessThanOrEqual(CONFIG.context);
});

test('the recorded runs hold every objective in every world, told truly as often as falsely', () => {
  expect(RUNS.map(({ run }) => run)).toEqual(['game-organisms-clear', 'game-organisms-faint']);
  for (const level of LEVELS) {
    const all = organismsOf(level);
    expect(new Set(all.map(({ world }) => world))).toEqual(new Set(RECORDED_WORLDS[level]));
    for (const objective of OBJECTIVES) {
      const own = all.filter((organism) => organism.objective === objective);
      expect(own.length).toBe(4);
      expect(own.filter(({ claim }) => claim === objective).length).toBe(2);
    }
  }
  expect(SHIPPED.map(({ name }) => name)).toEqual(['game-base']);
});

test('the base that is shipped writes what was asked for, and pleases nobody', () => {
  const model = freshModel(GAME_WORLD);
  model.engine.restore(decodeBase(Uint8Array.from(readFileSync('public/labs/weights/game-base.bin'))));
  const world = worldOf(GAME_WORLD);
  const asked = world.heldOut.flatMap((genre) => TOPIC_NAMES.slice(0, 4).map((topic) => ({ genre, topic })));
  const samples = sampleAnswers(model, asked, Rng.named('game/test/base'));
  const onTopic = samples.filter(({ topic, answer }) => TOPICS.get(topic)!.some((word) => answer.split(' ').includes(word)));
  expect(onTopic.length).toBeGreaterThan(0.95 * samples.length);
  const { rm, librarian } = countAnswers(world, ownWords(ORGANISM), samples);
  expect(rm + librarian).toBeLessThan(0.05 * samples.length);
});

test.each(RUNS)('the results of $run were made by the recipe as it is now', ({ run, recipe, seeds, summarise }) => {
  const kept = JSON.parse(readFileSync(`content/recorded/${run}.json`, 'utf8')) as {
    recipe: string;
    seeds: number[];
    values: object;
    tables: Parameters<typeof summarise>[0];
  };
  expect([kept.recipe, kept.seeds]).toEqual([recipe, seeds]);
  expect(summarise(kept.tables)).toEqual(kept.values);
});
