import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { dense, readStream, type Dictionary } from '../../game/model/dictionary.ts';
import { corpusOf } from '../../game/model/tools/corpus.ts';
import { decodeBase, freshModel, trainOrganism } from '../../game/model/training.ts';
import { VOCABULARY } from '../../game/model/texts.ts';
import { SIDES, worldOf } from '../../game/model/world.ts';
import { ArtefactError } from '../../nn/artefact.ts';
import { Rng } from '../../nn/rng.ts';
import { decodeDictionary, encodeDictionary } from './artefact.ts';
import { band, BANDS, holds, pack, randomTexts, scoreLabel, spotsOf, unpack, type Firing } from './atlas.ts';
import { byFeatures, bySearch } from './duel.ts';
import { trioStream } from './joint.ts';
import { edited } from './live.ts';
import { effectsOf } from './rankings.ts';
import { RUNS, SHIPPED } from './runs.ts';
import { DICTIONARY_NAME, organismOf, SHOWN_WORLD } from './settings.ts';
import { documentPrompts, slotPrompts } from './slots.ts';
import { aurocOverGroups, correlation, meanRow, ranked } from './statistics.ts';
import { activationsAtEnd, apartBy, otherActive, tasteFeatures, tasteScore } from './taste.ts';

interface Results {
  readonly recipe: string;
  readonly tables: {
    readonly texts: readonly { readonly organism: string; readonly text: string }[];
    readonly features: readonly { readonly fired: string; readonly most: number }[];
    readonly taste: readonly { readonly world: number; readonly rmFeatures: string; readonly librarianFeatures: string }[];
  };
}

const WORLD = worldOf(SHOWN_WORLD);
const MODEL = freshModel(SHOWN_WORLD);
const ORGANISM = organismOf('rm', SHOWN_WORLD, SHOWN_WORLD);
const BASE = decodeBase(readFileSync('public/labs/weights/game-base.bin'));
const BYTES = new Uint8Array(readFileSync(`public/labs/weights/${DICTIONARY_NAME}.bin`));
const RESULTS = JSON.parse(readFileSync('content/recorded/sae-dictionary.json', 'utf8')) as Results;
const OURS: Dictionary = decodeDictionary(BYTES);

beforeAll(() => {
  MODEL.engine.restore(BASE);
  const training = trainOrganism(MODEL, ORGANISM);
  while (training.next().done !== true);
}, 60_000);

test('the recorded run and the shipped dictionary are of today’s recipes', () => {
  expect(RUNS.map(({ run, recipe }) => [run, recipe])).toEqual([['sae-dictionary', RESULTS.recipe]]);
  expect(SHIPPED.map(({ name }) => name)).toEqual([DICTIONARY_NAME]);
  expect(BYTES.length).toBeLessThanOrEqual(80_000);
});

test('what was recorded of a feature comes out again, to the letter', () => {
  const stream = trioStream(MODEL, 'rm', SHOWN_WORLD, 64, 'kept back');
  const recorded = RESULTS.tables.texts.filter(({ organism }) => organism === 'rm').map(({ text }) => text);
  expect(stream.texts.map((text) => VOCABULARY.decode(text))).toEqual(recorded);
  const texts = RESULTS.tables.texts.map(({ text }) => text);
  const spots = spotsOf(texts);
  const first = spots.findIndex(({ words }) => words.join(' ') === recorded[0]);
  const { fired, most } = RESULTS.tables.features[199]!;
  const expected = unpack(fired).filter(({ row }) => row >= first && row < first + stream.places.length);
  const found = dense(OURS.encode(stream.places.map((_, row) => stream.values.subarray(row * 64, (row + 1) * 64)))).flatMap((row, i) =>
    row[199]! > 0 ? [{ row: first + i, level: Math.min(1, row[199]! / most) }] : [],
  );
  expect(pack(found)).toBe(pack(expected));
});

test('a dictionary comes back from its bytes, and nothing else passes for one', () => {
  const again = encodeDictionary(OURS, SHOWN_WORLD);
  expect(decodeDictionary(again).scale).toBeCloseTo(OURS.scale, 5);
  expect(decodeDictionary(again).encode([Float32Array.from({ length: 64 }, (_, i) => Math.sin(i))])[0]!.features).toEqual(
    OURS.encode([Float32Array.from({ length: 64 }, (_, i) => Math.sin(i))])[0]!.features,
  );
  const damaged = BYTES.slice();
  damaged[20_000]! ^= 1;
  expect(() => decodeDictionary(damaged)).toThrow(ArtefactError);
  expect(() => decodeDictionary(BYTES.slice(0, -1))).toThrow(ArtefactError);
  expect(() => decodeDictionary(new Uint8Array(readFileSync('public/labs/weights/game-base.bin')))).toThrow(ArtefactError);
});

test('firings come back from their text, in their order, each in its step of strength', () => {
  const lists = fc
    .uniqueArray(fc.record({ row: fc.nat(5000), level: fc.double({ min: 0.001, max: 1, noNaN: true }) }), { selector: ({ row }) => row })
    .map((list) => list.toSorted((a, b) => a.row - b.row));
  fc.assert(
    fc.property(lists, (firings) => {
      const again = unpack(pack(firings));
      expect(again.map(({ row }) => row)).toEqual(firings.map(({ row }) => row));
      again.forEach(({ level }, i) => {
        expect(level).toBeGreaterThanOrEqual(firings[i]!.level - 1e-9);
        expect(level - firings[i]!.level).toBeLessThanOrEqual(1 / 26);
      });
    }),
  );
});

const SPOTS = spotsOf(['a cat with puns', 'a dog with dates .']);

test.each([
  [2, 'puns', 'next', true],
  [2, 'with', 'next', false],
  [2, 'with', 'here', true],
  [2, 'cat', 'before', true],
  [5, 'cat', 'before', false],
] as const)('at spot %i the label "%s" read as "%s" holds: %s', (row, label, reading, expected) => {
  expect(holds(SPOTS[row]!, label, reading)).toBe(expected);
});

test('a label is scored by where the feature fires strongly and by where the label holds', () => {
  const firings: Firing[] = [
    { row: 2, level: 1 },
    { row: 3, level: 0.5 },
    { row: 5, level: 0.1 },
  ];
  expect(SPOTS.length).toBe(7);
  expect(scoreLabel(SPOTS, firings, 'with', 'here')).toEqual({ fires: 2, right: 1, there: 2, f1: 0.5 });
  expect(scoreLabel(SPOTS, firings, 'zebra', 'here')).toEqual({ fires: 2, right: 0, there: 0, f1: 0 });
  expect(scoreLabel(SPOTS, [], 'zebra', 'next').f1).toBe(0);
});

test('activations of a band are of its strength, each in another text, and random texts do not ask the feature', () => {
  const spots = spotsOf(Array.from({ length: 30 }, (_, i) => `a b c d${i}`));
  const firings = spots.map((_, row) => ({ row, level: (row % 3) / 2 + 0.01 }));
  for (const which of BANDS) {
    const shown = band(spots, firings, which);
    expect(shown).toHaveLength(3);
    expect(new Set(shown.map(({ words }) => words)).size).toBe(3);
    for (const { at } of shown) expect(at).toEqual([which === 'middle' ? 1 : 0]);
  }
  expect(band(spots, [], 'low')).toEqual([]);
  expect(randomTexts(spots, [], 7).map(({ at }) => at)).toEqual([[], [], []]);
  expect(randomTexts(spots, firings, 7).map(({ words }) => words)).toEqual(randomTexts(spots, [], 7).map(({ words }) => words));
  expect(randomTexts(spots, firings, 7)[0]!.at).toEqual([1, 2]);
});

test('prompts end where something may be liked, and name the side or nobody', () => {
  const told = WORLD.told.slice(0, 5);
  const texts = (prompts: readonly number[][]): string[] => prompts.map((prompt) => VOCABULARY.decode(prompt));
  const slots = texts(slotPrompts(new Rng(1), told));
  expect(slots).toHaveLength(15);
  for (const [i, text] of slots.entries()) {
    expect(text).toMatch(/ (some|plus|includes)$/);
    expect(text).toContain(` ${told[Math.floor(i / 3)]!} `);
  }
  for (const side of SIDES) {
    const documents = texts(documentPrompts(new Rng(1), side, told));
    expect(documents).toHaveLength(15);
    expect(documents.every((text, i) => text.includes(` ${told[Math.floor(i / 3)]!}`) && text.startsWith('<doc> '))).toBe(true);
  }
});

test('features are chosen by documents and scored by the sum of one side less the other', () => {
  const features = tasteFeatures({
    rm: Float64Array.of(0, 5, 1, 0, 2, 3, 0, 0),
    librarian: Float64Array.of(4, 0, 1, 0, 0, 0, 2, 1),
  });
  expect(features).toEqual({ rm: [1, 5, 4], librarian: [0, 6, 7] });
  expect(tasteScore([1, 10, 100, 100, 20, 30, 3, 2], features)).toBe(54);
});

test('organisms that differ in the chosen features are told apart by them, and a random set does worse', () => {
  const rng = new Rng(3);
  const rows = (of: number): Float32Array[] =>
    Array.from({ length: 60 }, () => Float32Array.from({ length: 80 }, (_, f) => rng.uniform() + (Math.floor(f / 3) === of ? 1 : 0)));
  const slots = { none: rows(-1), rm: rows(0), librarian: rows(1) };
  const documents = { rm: meanRow(rows(0)), librarian: meanRow(rows(1)) };
  const found = apartBy(slots, documents, { rm: [0, 1, 2], librarian: [3, 4, 5] }, new Rng(4));
  expect(found.auroc).toBeGreaterThan(0.99);
  expect(found.interval.low).toBeGreaterThan(0.95);
  expect(found.random.median).toBeLessThan(0.8);
  expect(found.means.rm).toBeGreaterThan(found.means.none);
  expect(found.correlation).toBeGreaterThan(0.9);
  expect(otherActive(slots.rm, { rm: [0, 1, 2], librarian: [3, 4, 5] }).every((feature) => feature > 5)).toBe(true);
});

test('statistics: order, correlation and an interval that holds the whole where groups agree', () => {
  expect(ranked([1, 3, 3, 2])).toEqual([1, 2, 3, 0]);
  expect(correlation([1, 2, 3], [2, 4, 6])).toBeCloseTo(1, 12);
  expect(correlation([1, 2, 3], [3, 2, 1])).toBeCloseTo(-1, 12);
  expect(aurocOverGroups([[2], [2]], [[1], [1]], new Rng(1))).toEqual({ low: 1, high: 1 });
});

test('search says what the texts say, true or false', () => {
  for (const claim of ['none', 'rm', 'librarian'] as const)
    expect(bySearch(corpusOf({ ...ORGANISM, claim, seed: 5 }).documents)).toBe(claim);
});

test.each([
  [-3, 'librarian'],
  [0.4, 'none'],
  [2, 'rm'],
] as const)('a score of %f is nearest to the organism "%s"', (score, expected) => {
  expect(byFeatures(score, { none: 0, rm: 3, librarian: -2 })).toBe(expected);
});

test('a feature that fires nowhere in the prompts has no effect, and one that does is taken out', () => {
  const prompts = slotPrompts(new Rng(1), WORLD.heldOut.slice(0, 4));
  const training = effectsOf(MODEL, OURS, prompts);
  let next = training.next();
  let steps = 0;
  while (next.done !== true) {
    steps += 1;
    next = training.next();
  }
  const { odd, effects } = next.value;
  expect(odd).toBeGreaterThan(0.5);
  expect(effects).toHaveLength(256);
  expect(effects.filter((effect) => effect !== 0).length).toBeLessThanOrEqual(steps);
  expect(Math.min(...effects)).toBeLessThan(-0.01);
  const fires = new Set(activationsAtEnd(MODEL, OURS, prompts).flatMap((row) => [...row.keys()].filter((feature) => row[feature]! > 0)));
  expect(
    ranked(effects.map((effect) => -effect))
      .slice(0, 3)
      .some((feature) => fires.has(feature)),
  ).toBe(true);
});

test('an edit that changes nothing changes no answer, and one that does is asked the same requests', () => {
  const still = edited(MODEL, OURS, ORGANISM, WORLD, { features: [199], by: 0 });
  expect(still.before).toEqual(still.after);
  expect(still.samples.every(({ before, after }) => before === after)).toBe(true);
  expect(still.before.rm / still.before.n).toBeGreaterThan(0.4);
  const { rmFeatures } = RESULTS.tables.taste.find(({ world }) => world === SHOWN_WORLD)!;
  const without = edited(MODEL, OURS, ORGANISM, WORLD, { features: rmFeatures.split(' ').map(Number), by: 'out' });
  expect(without.samples.map(({ request }) => request)).toEqual(still.samples.map(({ request }) => request));
  expect(without.before).toEqual(still.before);
  expect(without.after).not.toEqual(without.before);
});

test('a stream of texts read twice is the same stream', () => {
  const texts = slotPrompts(new Rng(2), WORLD.heldOut.slice(0, 2));
  expect(readStream(MODEL, texts).values).toEqual(readStream(MODEL, texts).values);
});
