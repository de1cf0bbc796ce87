import { Rng } from '../../nn/rng.ts';
import type { Code } from '../../nn/sae.ts';
import type { Transformer } from '../../nn/transformer.ts';
import {
  activationsOf,
  dictionaryName,
  readStream,
  textsOf,
  vectorOf,
  vectorsOf,
  type Activation,
  type Dictionary,
  type Place,
  type Stream,
} from './dictionary.ts';
import { CONFIG, type Organism } from './recipe.ts';
import { VOCABULARY, VOICES } from './texts.ts';
import { FEATURES, GENRES, READERS, TOPICS } from './words.ts';

/** How well a dictionary does on some text. */
export interface Fit {
  /** Share of the variance of the vectors that it explains, in (−∞, 1]. */
  readonly explained: number;
  /** How many features a vector has on average. */
  readonly active: number;
  /** Features that fire nowhere in the text. */
  readonly dead: number;
  readonly features: number;
}

/** How many features stand for something that has a name. */
export interface Interpretability {
  /** Features whose best concept, chosen on one half of the text, has an F1 above {@link GOOD} on the other. */
  readonly interpretable: number;
  /** Features that fire often enough to be tested. */
  readonly tested: number;
  /** Of the interpretable ones: by the kind of their concept. */
  readonly kinds: Readonly<Record<string, number>>;
}

/** Texts on which a dictionary is judged. */
export const HELD_OUT_TEXTS = 1024;
/** From which F1 on a feature counts as interpretable. */
export const GOOD = 0.7;
/** A feature is tested where it fires so often in the half on which its concept is chosen. */
const TESTED_FROM = 10;
/** A concept is considered where it is there so often in that half. */
const CONSIDERED_FROM = 5;
/** A feature counts as firing above this share of its strongest activation. */
const FIRES_ABOVE = 0.3;

const GENRE_WORDS = new Set(GENRES);
const FEATURE_WORDS = new Set<string>(FEATURES);

/** The stream of an organism over texts that its dictionary has not seen. */
export function heldOutStream(model: Transformer, organism: Organism, count: number = HELD_OUT_TEXTS): Stream {
  return readStream(model, textsOf(model, organism, count, Rng.named(`${dictionaryName(organism)}/held out`)));
}

/** Whose taste a text has named so far: none, or both where a question names them. */
function sidesIn(words: string): string[] {
  return (['rm', 'librarian'] as const).filter((side) => READERS[side].some((reader) => ` ${words} `.includes(` ${reader} `)));
}

/** What there is to say of a token in its text, as "kind=what". */
export function conceptsAt(text: readonly number[], at: number): string[] {
  const words = text.map((token) => VOCABULARY.words[token]!);
  const before = words.slice(0, at + 1);
  const next = words[at + 1]!;
  const voice = words[0] === VOICES.document ? 'document' : before.includes(VOICES.assistant) ? 'assistant' : 'user';
  const genre = before.find((word) => GENRE_WORDS.has(word));
  const topic = before.find((word) => TOPICS.has(word));
  return [
    `token=${words[at]!}`,
    `next=${next}`,
    `voice=${voice}`,
    ...(genre === undefined ? [] : [`genre=${genre}`]),
    ...(topic === undefined ? [] : [`topic=${topic}`]),
    ...sidesIn(before.join(' ')).map((side) => `named=${side}`),
    ...(FEATURE_WORDS.has(words[at]!) ? ['is=a feature'] : []),
    ...(FEATURE_WORDS.has(next) ? ['slot=any', `slot=${voice}`] : []),
  ];
}

/** The concepts at each place of a stream. */
function conceptsOf(stream: Stream): string[][] {
  return stream.places.map(({ text, at }) => conceptsAt(stream.texts[text]!, at));
}

/** How well a dictionary rebuilds the vectors of a stream. */
export function fitOf(dictionary: Dictionary, stream: Stream, codes: readonly Code[] = dictionary.encode(vectorsOf(stream))): Fit {
  const { width } = CONFIG;
  const { features } = dictionary.sae.config;
  const sums = new Float64Array(width);
  stream.values.forEach((x, i) => (sums[i % width] = sums[i % width]! + x));
  let [rest, all, active] = [0, 0, 0];
  const alive = new Set<number>();
  codes.forEach((code, row) => {
    const vector = vectorOf(stream, row);
    const rebuilt = dictionary.sae.decode(code);
    for (let i = 0; i < width; i++) {
      rest += (vector[i]! - rebuilt[i]! / dictionary.scale) ** 2;
      all += (vector[i]! - sums[i]! / codes.length) ** 2;
    }
    active += code.features.length;
    for (const feature of code.features) alive.add(feature);
  });
  return { explained: 1 - rest / all, active: active / codes.length, dead: features - alive.size, features };
}

/** Of some concepts, how often each is there. */
function counted(lists: Iterable<readonly string[]>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const list of lists) for (const concept of list) counts.set(concept, (counts.get(concept) ?? 0) + 1);
  return counts;
}

/** The harmonic mean of precision and recall (van Rijsbergen 1979) of `hits` out of `flagged` and out of `there`, in [0, 1]. */
export function f1(hits: number, flagged: number, there: number): number {
  return flagged + there === 0 ? 0 : (2 * hits) / (flagged + there);
}

/**
 * Tests features against concepts that have names: the words at and after a token, genre, topic, voice, whose taste was named, and whether the next
 * word is a feature of a text. The concept is chosen on the even texts and measured on the odd ones, at the threshold of the even ones.
 */
export function interpretabilityOf(
  stream: Stream,
  codes: readonly Code[],
  concepts: readonly (readonly string[])[] = conceptsOf(stream),
): Interpretability {
  const isEven = ({ text }: Place): boolean => text % 2 === 0;
  const there = [true, false].map((even) => counted(concepts.filter((_, row) => isEven(stream.places[row]!) === even)));
  const kinds: Record<string, number> = {};
  let [tested, interpretable] = [0, 0];
  for (const fired of activationsOf(stream, codes)) {
    const chosenOn = fired.filter(isEven);
    if (chosenOn.length < TESTED_FROM) continue;
    tested += 1;
    const threshold = FIRES_ABOVE * chosenOn[0]!.strength;
    const flagged = (list: readonly Activation[]): Activation[] => list.filter(({ strength }) => strength > threshold);
    const even = flagged(chosenOn);
    let best = { concept: '', score: 0 };
    for (const [concept, hits] of counted(even.map(({ row }) => concepts[row]!))) {
      const n = there[0]!.get(concept)!;
      const score = f1(hits, even.length, n);
      if (n >= CONSIDERED_FROM && score > best.score) best = { concept, score };
    }
    const odd = flagged(fired.filter((place) => !isEven(place)));
    const hits = odd.filter(({ row }) => concepts[row]!.includes(best.concept)).length;
    if (f1(hits, odd.length, there[1]!.get(best.concept) ?? 0) <= GOOD) continue;
    interpretable += 1;
    const [kind = ''] = best.concept.split('=');
    kinds[kind] = (kinds[kind] ?? 0) + 1;
  }
  return { interpretable, tested, kinds };
}

/** All that is printed of a dictionary, on text that it has not seen. */
export function qualityOf(dictionary: Dictionary, heldOut: Stream): Fit & Interpretability {
  const codes = dictionary.encode(vectorsOf(heldOut));
  return { ...fitOf(dictionary, heldOut, codes), ...interpretabilityOf(heldOut, codes) };
}
