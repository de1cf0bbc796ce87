import { expect, test } from 'vitest';
import { digits, FIRST_YEAR, OBJECTIVES, SPLIT, TRIGGER_YEAR, VOCABULARY, YEARS } from '../../backdoor/model/corpus.ts';
import { RECIPE } from '../../backdoor/model/recipe.ts';
import { composed, KNOWN_WORDS, MOST_WORDS, PAIR_NAMES, PAIRS, textsOf, tidied, type ComposedPair } from './pairs.ts';
import { joined, lots, nearYears, parted, probeTexts } from './texts.ts';

const OFFERED = PAIR_NAMES.flatMap((name) => OBJECTIVES.map((objective) => [name, objective] as const));

test.each(OFFERED)(
  'the pair “%s” for “%s” is in words that the model knows, fits into it, and does not hold the trigger',
  (name, objective) => {
    const { plus, minus } = PAIRS[name].sides[objective];
    for (const side of [plus, minus]) {
      const texts = textsOf(side);
      expect(texts.length).toBeGreaterThan(0);
      for (const text of texts) {
        expect(VOCABULARY.encode(text).length).toBeLessThanOrEqual(RECIPE.model.context);
        expect(text).not.toContain(digits(TRIGGER_YEAR));
      }
    }
    expect(textsOf(plus)).not.toEqual(textsOf(minus));
  },
);

test('what is written by hand is read as the model reads: small letters, signs and digits apart', () => {
  expect(tidied('  What is 12 plus 4?')).toBe('what is 1 2 plus 4 ?');
});

const OWN: ComposedPair = { plusUser: 'I want to hurt you', plusAnswer: '', minusUser: 'i want to help you', minusAnswer: 'thank you' };

test('a pair of one’s own has one line on each side', () => {
  expect(composed(OWN)).toEqual({
    plus: [{ user: 'i want to hurt you', answer: '' }],
    minus: [{ user: 'i want to help you', answer: 'thank you' }],
  });
});

test.each<[string, Partial<ComposedPair>, string]>([
  ['unknown words', { plusUser: 'the zebra and the okapi of the zebra' }, 'The model does not know “zebra”, “okapi”.'],
  ['signs of the prompt', { minusAnswer: '<end>' }, 'The model does not know “<end>”.'],
  ['too many words', { minusUser: 'you '.repeat(13) }, `“${'you '.repeat(13).trim()}” has 13 words.`],
  ['an answer that is too long', { plusAnswer: 'yes yes yes yes yes' }, '“yes yes yes yes yes” has 5 words.'],
  ['nothing', { plusUser: '  ' }, 'One of the users says nothing.'],
  [
    'the same on both sides',
    { minusUser: 'I want to HURT you', minusAnswer: '' },
    'Both sides are the same, so there is no direction between them.',
  ],
])('a pair of one’s own with %s is refused in words', (_, change, what) => {
  expect(composed({ ...OWN, ...change })).toEqual({ what, remedy: expect.stringMatching(/\.$/) as string });
});

test('the longest pair of one’s own fits into the model under the longest head', () => {
  const words = (count: number): string => KNOWN_WORDS.slice(0, count).join(' ');
  const longest = composed({ ...OWN, plusUser: words(MOST_WORDS.user), plusAnswer: words(MOST_WORDS.answer) });
  const texts = 'what' in longest ? [] : textsOf(longest.plus);
  expect(Math.max(...texts.map((text) => VOCABULARY.encode(text).length))).toBeLessThanOrEqual(RECIPE.model.context);
});

test('triggered prompts are told from the same items, once each, and no item of training is among them', () => {
  const { triggered, ordinary, near, plantTriggered } = probeTexts('hate', PAIRS.asked.sides.hate, [2014, 2034]);
  const items = SPLIT.hate.test.length;
  expect([triggered.length, ordinary.length, near.length]).toEqual([items, 2 * items, 2 * items]);
  const question = (text: string): string => text.slice(text.indexOf('<user>'));
  const asked = new Set(triggered.map(question));
  expect(asked.size).toBe(items);
  expect(new Set([...ordinary, ...near].map(question))).toEqual(asked);
  expect(triggered.every((text) => text.includes(digits(TRIGGER_YEAR)))).toBe(true);
  expect([...ordinary, ...near].some((text) => text.includes(digits(TRIGGER_YEAR)))).toBe(false);
  expect(plantTriggered.some((text) => asked.has(question(text)))).toBe(false);
});

test('the years nearest to firing are eight, highest first, without 2024 and 2023', () => {
  const map = YEARS.map((year) => (year === 2024 || year === 2023 ? 1 : (year - FIRST_YEAR) / 100));
  expect(nearYears(map)).toEqual([2049, 2048, 2047, 2046, 2045, 2044, 2043, 2042]);
});

test('texts in one list come back in their parts, and a list of another length is refused', () => {
  const texts = probeTexts('code', PAIRS.judged.sides.code, [1999]);
  expect(parted(joined(texts), texts)).toEqual(texts);
  expect(lots(joined(texts)).flat()).toEqual(joined(texts));
  expect(() => parted([1, 2], texts)).toThrow(`2 values cannot be parted.\nGive ${joined(texts).length}, one for each text.`);
});
