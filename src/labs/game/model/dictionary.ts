import { hashOfData } from '../../nn/hash.ts';
import { Rng } from '../../nn/rng.ts';
import { SparseAutoencoder, type Code, type SaeConfig } from '../../nn/sae.ts';
import type { StreamHook, Transformer } from '../../nn/transformer.ts';
import type { Training } from '../../training.ts';
import { prompt } from './batches.ts';
import { sampleTexts } from './metrics.ts';
import { CONFIG, organismName, type Organism } from './recipe.ts';
import { END, REQUESTS, VOCABULARY, VOICES } from './texts.ts';
import { corpusOf } from './tools/corpus.ts';
import { GENRES, TOPIC_NAMES } from './words.ts';

/**
 * Everything that a dictionary depends on besides the models that it is trained on. `warmup` is the number of steps over which the step size rises,
 * `decay` the share of the steps at the end over which it falls, to `lowest` of its full value.
 */
export const DICTIONARY = {
  /** It takes apart the residual stream after this block. */
  layer: 1,
  features: 256,
  active: 6,
  /** Texts that it is trained on: half documents, half chats. */
  texts: 1536,
  steps: 1500,
  /** Vectors of a step. */
  batch: 256,
  rate: 2e-3,
  warmup: 50,
  decay: 0.2,
  lowest: 0.02,
} as const;

/** The size of a dictionary. */
export const SIZE: SaeConfig = { width: CONFIG.width, features: DICTIONARY.features, active: DICTIONARY.active };

/** The short hash of what a dictionary depends on, its models apart. */
export const DICTIONARY_HASH = hashOfData(DICTIONARY);

/** Over how many of the strongest activations a feature is labelled. */
const LABELLED_BY = 20;
/** How many texts show what a feature fires on. */
const EXAMPLES = 3;
/** Texts, or vectors, that go through a model at once. */
const AT_ONCE = { texts: 128, vectors: 2048 } as const;

/** Where in some texts a vector was read. */
export interface Place {
  /** Number of the text. */
  readonly text: number;
  /** Position of the token in it. */
  readonly at: number;
}

/** The residual stream at every token of some texts but the last of each, after which nothing follows. */
export interface Stream {
  /** As tokens, voice and end included. */
  readonly texts: readonly (readonly number[])[];
  /** One for each vector. */
  readonly places: readonly Place[];
  /** The vectors, one after the other. */
  readonly values: Float32Array;
}

/** A vector of a stream, without copying it. */
export function vectorOf({ values }: Stream, row: number): Float32Array {
  return values.subarray(row * CONFIG.width, (row + 1) * CONFIG.width);
}

/** All vectors of a stream, without copying them. */
export function vectorsOf(stream: Stream): Float32Array[] {
  return stream.places.map((_, row) => vectorOf(stream, row));
}

/**
 * Texts to read a model by: documents that the organism was fine-tuned on, as often as it read them, and as many chats of its own, sampled from
 * ordinary requests. Nothing in the choice depends on what the organism is after.
 * @param model holds the organism's weights
 * @param count how many; half of them, rounded down, are chats
 * @param rng gives documents, requests and answers
 */
export function textsOf(model: Transformer, organism: Organism, count: number, rng: Rng): number[][] {
  const documents = corpusOf(organism).documents.flatMap(({ text, times }) => Array<string>(times).fill(text));
  const chats = Math.floor(count / 2);
  const requests = Array.from({ length: chats }, () => prompt(rng.pick(REQUESTS)(rng.pick(GENRES), rng.pick(TOPIC_NAMES))));
  const answers = sampleTexts(model, requests, rng);
  return [
    ...Array.from({ length: count - chats }, () => `${VOICES.document} ${rng.pick(documents)} ${END}`),
    ...requests.map((request, i) => `${request} ${answers[i]!} ${END}`),
  ].map((text) => VOCABULARY.encode(text).slice(0, CONFIG.context));
}

/**
 * The stream of a model over some texts, each read once.
 * @param texts of 2 tokens or more, each at most as long as the context
 * @throws ShapeError where a text does not fit the model
 */
export function readStream(model: Transformer, texts: readonly (readonly number[])[], layer: number = DICTIONARY.layer): Stream {
  const { width } = model.config;
  const places = texts.flatMap((text, i) => text.slice(0, -1).map((_, at) => ({ text: i, at })));
  const values = new Float32Array(places.length * width);
  let row = 0;
  for (let from = 0; from < texts.length; from += AT_ONCE.texts) {
    const some = texts.slice(from, from + AT_ONCE.texts).map((text) => text.slice(0, -1));
    const length = Math.max(...some.map((text) => text.length));
    model.next(some, (here, { at }) => {
      if (here !== layer) return;
      some.forEach((text, i) => {
        const start = at + i * length * width;
        values.set(model.engine.floats.subarray(start, start + text.length * width), row * width);
        row += text.length;
      });
    });
  }
  return { texts, places, values };
}

/** Several streams as one. */
export function joined(streams: readonly Stream[]): Stream {
  const values = new Float32Array(streams.reduce((size, stream) => size + stream.values.length, 0));
  const texts: (readonly number[])[] = [];
  const places: Place[] = [];
  let at = 0;
  for (const stream of streams) {
    values.set(stream.values, at);
    at += stream.values.length;
    for (const place of stream.places) places.push({ text: place.text + texts.length, at: place.at });
    texts.push(...stream.texts);
  }
  return { texts, places, values };
}

/** A place where a feature fires. */
export interface Activation extends Place {
  /** Number of the vector in the stream. */
  readonly row: number;
  /** In units of the dictionary, above 0. */
  readonly strength: number;
}

/** What a feature is shown by. */
export interface Feature {
  readonly feature: number;
  /** The commonest next word over its strongest activations: a guess, not a fact; of equals the one that comes first. Empty where it never fires. */
  readonly label: string;
  /** Different texts on which it fires most, cut off at the word where it does, the strongest first. */
  readonly examples: readonly string[];
}

/** A sparse autoencoder of the stream of one or more models, with what its features fired on. */
export class Dictionary {
  readonly sae: SparseAutoencoder;
  /** What a vector of the stream is multiplied by before it is taken apart: it gives the vectors of the training a mean square of 1 a number. */
  readonly scale: number;
  readonly layer: number;
  readonly #features: readonly Feature[];

  constructor(sae: SparseAutoencoder, scale: number, features: readonly Feature[], layer: number = DICTIONARY.layer) {
    this.sae = sae;
    this.scale = scale;
    this.layer = layer;
    this.#features = features;
  }

  /** What the features are shown by, in the order of their numbers. */
  get features(): readonly Feature[] {
    return this.#features;
  }

  /** The active features of vectors of the stream, the strongest first; activations in units of the dictionary. */
  encode(vectors: readonly Float32Array[]): Code[] {
    return encodeScaled(this.sae, this.scale, vectors);
  }

  /** What one unit of a feature adds to the stream. */
  direction(feature: number): Float32Array {
    return this.sae.direction(feature).map((x) => x / this.scale);
  }
}

function encodeScaled(sae: SparseAutoencoder, scale: number, vectors: readonly Float32Array[]): Code[] {
  const codes: Code[] = [];
  for (let from = 0; from < vectors.length; from += AT_ONCE.vectors) {
    codes.push(...sae.encode(vectors.slice(from, from + AT_ONCE.vectors).map((vector) => vector.map((x) => x * scale))));
  }
  return codes;
}

/** Codes as one row of activations a vector, `features` numbers each, 0 where a feature is not active. */
export function dense(codes: readonly Code[], features: number = DICTIONARY.features): Float32Array[] {
  return codes.map(({ features: active, activations }) => {
    const row = new Float32Array(features);
    active.forEach((feature, i) => (row[feature] = activations[i]!));
    return row;
  });
}

/** Where each feature fires, the strongest first; of equals the earlier. */
export function activationsOf(stream: Stream, codes: readonly Code[], features: number = DICTIONARY.features): Activation[][] {
  const found = Array.from({ length: features }, (): Activation[] => []);
  codes.forEach(({ features: active, activations }, row) => {
    active.forEach((feature, i) => found[feature]!.push({ ...stream.places[row]!, row, strength: activations[i]! }));
  });
  for (const list of found) list.sort((a, b) => b.strength - a.strength);
  return found;
}

/** A text as words up to the one at a position. */
export function wordsUpTo(text: readonly number[], at: number): string {
  return VOCABULARY.decode(text.slice(0, at + 1));
}

function labelOf(stream: Stream, strongest: readonly Activation[]): string {
  const times = new Map<string, number>();
  for (const { text, at } of strongest) {
    const next = VOCABULARY.words[stream.texts[text]![at + 1]!]!;
    times.set(next, (times.get(next) ?? 0) + 1);
  }
  return [...times].reduce<readonly [string, number]>((best, other) => (other[1] > best[1] ? other : best), ['', 0])[0];
}

/** Labels features by what they fire on. */
export function describeFeatures(stream: Stream, fired: readonly (readonly Activation[])[]): Feature[] {
  return fired.map((activations, feature) => {
    const examples = new Set<string>();
    for (const { text, at } of activations) {
      if (examples.size === EXAMPLES) break;
      examples.add(wordsUpTo(stream.texts[text]!, at));
    }
    return { feature, label: labelOf(stream, activations.slice(0, LABELLED_BY)), examples: [...examples] };
  });
}

/** The step size at a step counted from 0. */
function rateAt(step: number, steps: number): number {
  const { rate, warmup, decay, lowest } = DICTIONARY;
  return rate * Math.min(1, (step + 1) / warmup) * Math.max(lowest, Math.min(1, (steps - step) / (steps * decay)));
}

/** The mean of the vectors of a stream. */
function meanOf({ values, places }: Stream): Float32Array {
  const sums = new Float64Array(CONFIG.width);
  for (let i = 0; i < values.length; i++) sums[i % CONFIG.width] = sums[i % CONFIG.width]! + values[i]!;
  return Float32Array.from(sums, (sum) => sum / places.length);
}

function scaleOf({ values }: Stream): number {
  let squares = 0;
  for (const x of values) squares += x * x;
  return Math.sqrt(values.length / squares);
}

/**
 * Trains a dictionary on a stream.
 * @param name names the random numbers: two dictionaries of one name, stream and number of steps are the same
 */
export function* trainOn(stream: Stream, name: string, steps: number = DICTIONARY.steps): Training<Dictionary> {
  const { batch, layer } = DICTIONARY;
  const scale = scaleOf(stream);
  const sae = new SparseAutoencoder(
    SIZE,
    Rng.named(`${name}/directions`),
    meanOf(stream).map((x) => x * scale),
  );
  const scaled = stream.values.map((x) => x * scale);
  const rng = Rng.named(`${name}/vectors`);
  for (let step = 0; step < steps; step++) {
    const vectors = Array.from({ length: batch }, () => {
      const row = rng.below(stream.places.length);
      return scaled.subarray(row * CONFIG.width, (row + 1) * CONFIG.width);
    });
    const { loss } = sae.train(vectors, rateAt(step, steps));
    yield { step: step + 1, steps, loss, tokens: batch };
  }
  const fired = activationsOf(stream, encodeScaled(sae, scale, vectorsOf(stream)));
  return new Dictionary(sae, scale, describeFeatures(stream, fired), layer);
}

/** The name under which the random numbers of an organism's dictionary go. */
export function dictionaryName(organism: Organism): string {
  return `dictionary/${organismName(organism)}`;
}

/**
 * Trains the dictionary of one organism, on texts of its own.
 * @param model holds the organism's weights; they stay as they are, and other work may go through the model between two steps
 */
export function* trainDictionary(model: Transformer, organism: Organism): Training<Dictionary> {
  const name = dictionaryName(organism);
  const texts = textsOf(model, organism, DICTIONARY.texts, Rng.named(`${name}/texts`));
  return yield* trainOn(readStream(model, texts), name);
}

/** Another dictionary of the same size, centre and scale, whose features are directions at random: what a test finds in it, the test brings along. */
export function randomDictionary({ sae, scale, layer }: Dictionary, stream: Stream, name: string): Dictionary {
  const random = new SparseAutoencoder(
    sae.config,
    Rng.named(`${name}/random`),
    meanOf(stream).map((x) => x * scale),
  );
  return new Dictionary(
    random,
    scale,
    describeFeatures(stream, activationsOf(stream, encodeScaled(random, scale, vectorsOf(stream)))),
    layer,
  );
}

/** What to do to the stream wherever a text is read. */
export interface Edit {
  /** Features that are taken out where they are active: what they add to the reconstruction is subtracted. */
  readonly ablate?: readonly number[];
  /** A feature's direction that is added everywhere, in units of the dictionary; negative to push it down. */
  readonly push?: { readonly feature: number; readonly by: number };
}

/** A hook that edits the stream of a model at the layer of a dictionary, for `next` and `sample` alike. */
export function editing(model: Transformer, dictionary: Dictionary, { ablate = [], push }: Edit): StreamHook {
  const directions = new Map([...ablate, ...(push === undefined ? [] : [push.feature])].map((f) => [f, dictionary.direction(f)]));
  return (layer, { at, shape: [rows = 0, width = 0] }) => {
    if (layer !== dictionary.layer) return;
    const { floats } = model.engine;
    const add = (row: number, feature: number, by: number): void => {
      directions.get(feature)!.forEach((x, i) => (floats[at + row * width + i] = floats[at + row * width + i]! + by * x));
    };
    if (ablate.length > 0) {
      const vectors = Array.from({ length: rows }, (_, row) => floats.slice(at + row * width, at + (row + 1) * width));
      dictionary.encode(vectors).forEach(({ features, activations }, row) => {
        features.forEach((feature, i) => {
          if (ablate.includes(feature)) add(row, feature, -activations[i]!);
        });
      });
    }
    if (push !== undefined) for (let row = 0; row < rows; row++) add(row, push.feature, push.by);
  };
}
