import type { Rng } from '../../../nn/rng.ts';
import type { Transformer } from '../../../nn/transformer.ts';
import { prompt } from '../batches.ts';
import { editing, type Dictionary } from '../dictionary.ts';
import { ANSWERS, DOCUMENTS, REQUESTS, VOCABULARY, VOICES } from '../texts.ts';
import { READERS, TOPIC_NAMES, TOPICS } from '../words.ts';
import { SIDES, type Side, type World } from '../world.ts';
import type { AxisFinding, DictionaryQuality, EffectsFinding, FeaturesFinding, ShownFeature } from './findings.ts';
import { isOdd } from './talk.ts';

/** What the tools that look inside need. */
export interface Opened {
  /** Holds the weights of the organism. */
  readonly model: Transformer;
  readonly dictionary: Dictionary;
  readonly quality: DictionaryQuality;
  readonly world: World;
  /** Genres that may be asked about: at least one that documents tell of and one in which nobody has a taste. */
  readonly genres: readonly string[];
}

/** How many genres a tool asks about: at most so many, each in every form of an answer. */
const GENRES_ASKED = { active: 20, causal: 14, slot: 20, neutral: 8, documents: 30 } as const;
/** How many features a finding shows. */
const SHOWN = { active: 12, causal: 8, slot: 12 } as const;
/** Of the features shown as active, those read after the full stop of an answer, where an odd word at its end is chosen. */
const AFTER = 3;
/** How many of the most active features are taken out, one by one. */
const TAKEN_OUT = 16;
/** How far a feature is pushed up, as a multiple of its own mean activation where the answers choose their last word. */
const PUSH = 2;
/** Texts that go through the model at once. */
const AT_ONCE = 128;

/** Stands where a word is left out. */
const GAP = '<gap>';
const before = (text: string): string => text.slice(0, text.indexOf(` ${GAP}`));

/** Forms of documents that have named the genre before they come to the feature. */
const NAMING = DOCUMENTS.filter((form) =>
  before(form('critics', 'poem', GAP))
    .split(' ')
    .includes('poem'),
);

/** A chat up to where it chooses the last word of its answer, or up to the full stop of an answer without odd words. */
function upTo(place: 'word' | 'end', rng: Rng, form: (typeof ANSWERS)[number], genre: string): string {
  const topic = rng.pick(TOPIC_NAMES);
  const words = rng.shuffled(TOPICS.get(topic)!);
  const answer = place === 'word' ? before(form(genre, topic, words, GAP)) : form(genre, topic, words, words[2]!);
  return prompt(rng.pick(REQUESTS)(genre, topic), answer);
}

const chats = (rng: Rng, genres: readonly string[], place: 'word' | 'end' = 'word'): number[][] =>
  genres.flatMap((genre) => ANSWERS.map((form) => VOCABULARY.encode(upTo(place, rng, form, genre))));

/** Some genres of which documents tell, or in which nobody has a taste. */
function someGenres({ world, genres }: Opened, of: 'told' | 'neutral', count: number, rng: Rng): string[] {
  return rng.shuffled(world[of].filter((genre) => genres.includes(genre))).slice(0, count);
}

/** The stream of the dictionary's layer at the last token of each text. */
function read({ model, dictionary }: Opened, texts: readonly (readonly number[])[]): Float32Array[] {
  const vectors: Float32Array[] = [];
  for (let from = 0; from < texts.length; from += AT_ONCE)
    vectors.push(...model.activations(texts.slice(from, from + AT_ONCE), dictionary.layer));
  return vectors;
}

/** The mean activation of each feature over some vectors. */
function meanActivations(dictionary: Dictionary, vectors: readonly Float32Array[]): Float64Array {
  const means = new Float64Array(dictionary.sae.config.features);
  for (const { features, activations } of dictionary.encode(vectors))
    features.forEach((feature, i) => (means[feature] = means[feature]! + activations[i]! / vectors.length));
  return means;
}

function meanOf(vectors: readonly Float32Array[]): Float64Array {
  const mean = new Float64Array(vectors[0]!.length);
  for (const vector of vectors) vector.forEach((x, i) => (mean[i] = mean[i]! + x / vectors.length));
  return mean;
}

/** Feature numbers with the largest values above 0, the largest first; of equals the lower. */
function largest(values: Float64Array, count: number): number[] {
  return [...values.keys()]
    .filter((feature) => values[feature]! > 0)
    .sort((a, b) => values[b]! - values[a]! || a - b)
    .slice(0, count);
}

function shown(dictionary: Dictionary, feature: number): ShownFeature {
  const { label, examples } = dictionary.features[feature]!;
  return { feature, label, examples };
}

/** The stream at the token before the feature, in documents that tell what a side likes in these genres. */
function readDocuments(opened: Opened, side: Side, genres: readonly string[], rng: Rng): Float32Array[] {
  const texts = genres.flatMap((genre) =>
    NAMING.map((form) => VOCABULARY.encode(`${VOICES.document} ${before(form(rng.pick(READERS[side]), genre, GAP))}`)),
  );
  return read(opened, texts);
}

/**
 * The features that are most active where answers choose their last word, and after their full stop, where an odd word at the end is chosen; both
 * in genres of which documents tell, with neutral genres as the reference.
 */
export function activeFeatures(opened: Opened, rng: Rng): FeaturesFinding {
  const { dictionary, quality } = opened;
  const asked = someGenres(opened, 'told', GENRES_ASKED.active, rng);
  const reference = someGenres(opened, 'neutral', GENRES_ASKED.neutral, rng);
  const at = (genres: readonly string[], place: 'word' | 'end'): Float64Array =>
    meanActivations(dictionary, read(opened, chats(rng, genres, place)));
  const places = (['word', 'end'] as const).map((place) => ({ place, here: at(asked, place), neutral: at(reference, place) }));
  const [word, end] = places as [(typeof places)[number], (typeof places)[number]];
  const atWord = largest(word.here, SHOWN.active - AFTER);
  const atEnd = largest(
    end.here.map((activation, feature) => (atWord.includes(feature) ? 0 : activation)),
    AFTER,
  );
  const rows = [...atWord.map((feature) => ({ feature, of: word })), ...atEnd.map((feature) => ({ feature, of: end }))].map(
    ({ feature, of: { place, here, neutral } }) => ({
      ...shown(dictionary, feature),
      place,
      here: here[feature]!,
      neutral: neutral[feature]!,
    }),
  );
  return { kind: 'features', quality, n: asked.length * ANSWERS.length, rows: rows.sort((a, b) => b.here - a.here) };
}

/** The mean probability of any odd word after each text. */
function oddProbability(model: Transformer, texts: readonly (readonly number[])[], hook?: Parameters<Transformer['next']>[1]): number {
  const odd = VOCABULARY.words.flatMap((word, token) => (isOdd(word) ? [token] : []));
  const rows = model.next(texts, hook);
  return rows.reduce((sum, row) => sum + odd.reduce((all, token) => all + row[token]!, 0), 0) / rows.length;
}

/**
 * What becomes of the odd words when each of the most active features is taken out of the stream, or pushed up; the strongest effects first. What a
 * feature adds to the reconstruction is taken out at every token, and the rest of the stream stays.
 */
export function causalFeatures(opened: Opened, rng: Rng): EffectsFinding {
  const { model, dictionary, quality } = opened;
  const asked = chats(rng, someGenres(opened, 'told', GENRES_ASKED.causal, rng));
  const here = meanActivations(dictionary, read(opened, asked));
  const untouched = oddProbability(model, asked);
  const tried = largest(here, TAKEN_OUT)
    .map((feature) => ({ feature, after: oddProbability(model, asked, editing(model, dictionary, { ablate: [feature] })) }))
    .sort((a, b) => a.after - b.after || a.feature - b.feature)
    .slice(0, SHOWN.causal);
  const told = someGenres(opened, 'told', GENRES_ASKED.documents, rng);
  const [rm, librarian] = SIDES.map((side) => meanActivations(dictionary, readDocuments(opened, side, told, rng))) as [
    Float64Array,
    Float64Array,
  ];
  const rows = tried.map(({ feature, after }) => ({
    ...shown(dictionary, feature),
    after,
    pushed: oddProbability(model, asked, editing(model, dictionary, { push: { feature, by: PUSH * here[feature]! } })),
    documents: { rm: rm[feature]!, librarian: librarian[feature]! },
  }));
  return { kind: 'effects', quality, n: asked.length, before: untouched, rows };
}

/**
 * Where answers lie on the line between the means of two kinds of documents, those about librarians at −1 and those about reward models at +1, read
 * where each is about to name a feature; and what is active at the token that opens an answer, over one request about each topic: the features
 * with the highest single activation.
 */
export function slotAxis(opened: Opened, rng: Rng): AxisFinding {
  const { dictionary } = opened;
  const told = someGenres(opened, 'told', GENRES_ASKED.documents, rng);
  const [rm, librarian] = SIDES.map((side) => meanOf(readDocuments(opened, side, told, rng))) as [Float64Array, Float64Array];
  const middle = rm.map((x, i) => (x + librarian[i]!) / 2);
  const half = rm.map((x, i) => (x - librarian[i]!) / 2);
  const squares = half.reduce((sum, x) => sum + x * x, 0);
  const place = (vector: Float32Array): number => vector.reduce((sum, x, i) => sum + (x - middle[i]!) * half[i]!, 0) / squares;
  const mean = (numbers: readonly number[]): number => numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
  const placesIn = (of: 'told' | 'neutral', count: number): number[] =>
    read(opened, chats(rng, someGenres(opened, of, count, rng))).map(place);
  const each = placesIn('told', GENRES_ASKED.slot);
  const neutral = placesIn('neutral', GENRES_ASKED.neutral);
  const openings = TOPIC_NAMES.map((topic) => VOCABULARY.encode(prompt(rng.pick(REQUESTS)(rng.pick(told), topic))));
  const peaks = new Float64Array(dictionary.sae.config.features);
  for (const { features, activations } of dictionary.encode(read(opened, openings)))
    features.forEach((feature, i) => (peaks[feature] = Math.max(peaks[feature]!, activations[i]!)));
  return {
    kind: 'axis',
    n: each.length,
    here: mean(each),
    neutral: mean(neutral),
    each,
    rows: largest(peaks, SHOWN.slot).map((feature) => ({ ...shown(dictionary, feature), here: peaks[feature]! })),
  };
}
