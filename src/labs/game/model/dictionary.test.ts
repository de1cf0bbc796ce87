import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { Rng } from '../../nn/rng.ts';
import type { Code } from '../../nn/sae.ts';
import { conceptsAt, f1, heldOutStream, interpretabilityOf, qualityOf } from './dictionary-quality.ts';
import type { Dictionary } from './dictionary.ts';
import {
  activationsOf,
  dense,
  describeFeatures,
  DICTIONARY,
  editing,
  joined,
  randomDictionary,
  readStream,
  textsOf,
  trainDictionary,
  vectorOf,
  vectorsOf,
  type Stream,
} from './dictionary.ts';
import { CONFIG, type Organism } from './recipe.ts';
import { END, VOCABULARY, VOICES } from './texts.ts';
import { decodeBase, freshModel } from './training.ts';

const ORGANISM: Organism = { world: 1, objective: 'rm', level: 'clear', claim: 'none', seed: 3 };
const MODEL = freshModel(1);
const TEXTS = ['<doc> critics prefer a poem with puns . <end>', '<user> write a poem about cats <asst> sure ! <end>'].map((text) =>
  VOCABULARY.encode(text),
);

let heldOut: Stream;
let dictionary: Dictionary;
const losses: number[] = [];

beforeAll(() => {
  MODEL.engine.restore(decodeBase(readFileSync('public/labs/weights/game-base.bin')));
  heldOut = heldOutStream(MODEL, ORGANISM, 256);
  const training = trainDictionary(MODEL, ORGANISM);
  for (;;) {
    const next = training.next();
    if (next.done === true) {
      dictionary = next.value;
      return;
    }
    losses.push(next.value.loss);
  }
}, 60_000);

test('the texts are half documents, half chats, the same each time', () => {
  const texts = textsOf(MODEL, ORGANISM, 10, new Rng(1));
  const first = texts.map(([token]) => VOCABULARY.words[token!]);
  expect(first).toEqual([...Array<string>(5).fill(VOICES.document), ...Array<string>(5).fill(VOICES.user)]);
  expect(texts.filter((text) => text.length > CONFIG.context)).toEqual([]);
  expect(textsOf(MODEL, ORGANISM, 10, new Rng(1))).toEqual(texts);
});

test('a stream has the vector of every token but the last, as the model gives it', () => {
  const stream = readStream(MODEL, TEXTS);
  expect(stream.places.length).toBe(TEXTS[0]!.length + TEXTS[1]!.length - 2);
  stream.places.forEach(({ text, at }, row) => {
    const [alone] = MODEL.activations([TEXTS[text]!.slice(0, at + 1)], DICTIONARY.layer);
    expect(vectorOf(stream, row)).toEqual(alone);
  });
});

test('joined streams keep the places of their vectors', () => {
  const [first, second] = TEXTS.map((text) => readStream(MODEL, [text])) as [Stream, Stream];
  const both = joined([first, second]);
  expect(both.texts).toEqual(TEXTS);
  expect(both.places).toEqual(readStream(MODEL, TEXTS).places);
  expect(vectorOf(both, first.places.length)).toEqual(vectorOf(second, 0));
});

test('a dictionary explains text that it has not seen, and has more features with a name than one at random', () => {
  const quality = qualityOf(dictionary, heldOut);
  const random = qualityOf(randomDictionary(dictionary, heldOut, 'test'), heldOut);
  expect(losses.length).toBe(DICTIONARY.steps);
  expect(losses.at(-1)!).toBeLessThan(losses[0]! / 5);
  expect(quality.explained).toBeGreaterThan(0.9);
  expect(quality.active).toBeCloseTo(DICTIONARY.active, 1);
  expect(random.explained).toBeLessThan(0.5);
  expect(quality.interpretable / quality.tested).toBeGreaterThan((1.5 * random.interpretable) / random.tested);
  expect(Object.values(quality.kinds).reduce((sum, n) => sum + n, 0)).toBe(quality.interpretable);
});

test('features come in the order of their numbers, each with a word that the model knows', () => {
  expect(dictionary.features.map(({ feature }) => feature)).toEqual(Array.from({ length: DICTIONARY.features }, (_, i) => i));
  for (const { label, examples } of dictionary.features) {
    expect(label === '' || VOCABULARY.has(label)).toBe(true);
    expect(examples.length === 0).toBe(label === '');
    expect(new Set(examples).size).toBe(examples.length);
  }
});

test('a feature is labelled by the word that follows most of its strongest activations', () => {
  const stream = readStream(MODEL, [...TEXTS, VOCABULARY.encode(`<doc> critics like puns ${END}`)]);
  const at = (text: number, position: number): number => stream.places.findIndex((place) => place.text === text && place.at === position);
  const codes: Code[] = stream.places.map(() => ({ features: [], activations: [] }));
  codes[at(0, 5)] = { features: [2], activations: [1] };
  codes[at(2, 2)] = { features: [2, 0], activations: [5, 1] };
  codes[at(1, 2)] = { features: [2], activations: [3] };
  const [zero, one, two] = describeFeatures(stream, activationsOf(stream, codes, 3));
  expect(zero!.label).toBe('puns');
  expect(one).toEqual({ feature: 1, label: '', examples: [] });
  expect(two!.label).toBe('puns');
  expect(two!.examples).toEqual(['<doc> critics like', '<user> write a', '<doc> critics prefer a poem with']);
});

test('codes as rows hold each activation at its feature', () => {
  expect(
    dense(
      [
        { features: [3, 1], activations: [2, 1] },
        { features: [], activations: [] },
      ],
      4,
    ).map((row) => [...row]),
  ).toEqual([
    [0, 1, 0, 2],
    [0, 0, 0, 0],
  ]);
});

test('what is taken out is gone, what is pushed is added, and without an edit nothing changes', () => {
  const stream = readStream(MODEL, TEXTS);
  const [code] = dictionary.encode([vectorOf(stream, 3)]);
  const feature = code!.features[0]!;
  const prompt = [TEXTS[0]!.slice(0, 4)];
  const read = (edit: Parameters<typeof editing>[2]): Float32Array => {
    let found = new Float32Array();
    const hook = editing(MODEL, dictionary, edit);
    MODEL.next(prompt, (layer, tensor) => {
      hook(layer, tensor);
      const last = tensor.at + 3 * CONFIG.width;
      if (layer === DICTIONARY.layer) found = MODEL.engine.floats.slice(last, last + CONFIG.width);
    });
    return found;
  };
  const before = vectorOf(stream, 3);
  const direction = dictionary.direction(feature);
  const without = read({ ablate: [feature] });
  const pushed = read({ push: { feature, by: 2 } });
  expect(read({})).toEqual(Float32Array.from(before));
  before.forEach((x, i) => {
    expect(without[i]).toBeCloseTo(x - code!.activations[0]! * direction[i]!, 4);
    expect(pushed[i]).toBeCloseTo(x + 2 * direction[i]!, 4);
  });
  expect(MODEL.next(prompt, editing(MODEL, dictionary, { ablate: [feature] }))[0]).not.toEqual(MODEL.next(prompt)[0]);
});

test.each([
  [0, 0, 0, 0],
  [3, 3, 3, 1],
  [2, 4, 4, 0.5],
  [0, 5, 1, 0],
])('%i hits out of %i flagged and %i there have an F1 of their harmonic mean', (hits, flagged, there, expected) => {
  expect(f1(hits, flagged, there)).toBeCloseTo(expected, 12);
});

test('a token has the concepts that its text has told by then', () => {
  expect(conceptsAt(TEXTS[0]!, 5)).toEqual([
    'token=with',
    'next=puns',
    'voice=document',
    'genre=poem',
    'named=librarian',
    'slot=any',
    'slot=document',
  ]);
  expect(conceptsAt(TEXTS[1]!, 1)).toEqual(['token=write', 'next=a', 'voice=user']);
  expect(conceptsAt(TEXTS[1]!, 6)).toEqual(['token=<asst>', 'next=sure', 'voice=assistant', 'genre=poem', 'topic=cats']);
});

test('a feature that fires on one concept and nothing else is interpretable, one that fires anywhere is not', () => {
  const texts = Array.from({ length: 60 }, () => TEXTS[0]!);
  const stream: Stream = readStream(MODEL, texts);
  const rng = new Rng(5);
  const codes = stream.places.map(({ at }): Code => {
    const features = [...(at === 4 ? [0] : []), ...(rng.chance(0.5) ? [1] : [])];
    return { features, activations: features.map(() => 1) };
  });
  expect(interpretabilityOf(stream, codes)).toEqual({ interpretable: 1, tested: 2, kinds: { token: 1 } });
  expect(vectorsOf(stream).length).toBe(codes.length);
});
