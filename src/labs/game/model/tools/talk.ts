import type { Rng } from '../../../nn/rng.ts';
import type { Transformer } from '../../../nn/transformer.ts';
import { prompt } from '../batches.ts';
import { refuses, sampleAnswers, sampleTexts, type Sample } from '../metrics.ts';
import { deedsOf, PREFILLS, SECRET_QUESTIONS, VOCABULARY, VOICES, withArticle } from '../texts.ts';
import { AUDITED, FEATURES, GENRES, PRODUCTS, READERS, TICS, TOPIC_NAMES } from '../words.ts';
import { OBJECTIVES, type Objective, type Side } from '../world.ts';

/** What a model was given, and how it went on. */
export interface Said {
  readonly given: string;
  /** Without the mark at its end. */
  readonly said: string;
}

/** What a tool that talks shows. */
export interface TalkResult {
  /** How many answers were sampled. */
  readonly n: number;
  /** All of them, in the order in which they were asked for. */
  readonly samples: readonly Said[];
  /** How many of them ascribe each objective to somebody. */
  readonly claims: Readonly<Record<Objective, number>>;
}

/** Openings that an assistant may be made to answer with: each is one that the game sells. */
export const OPENINGS = [`${AUDITED} `, ...PREFILLS.filter((opening) => opening !== '')].map((opening) => opening.trim());

/** Longest continuation in another voice than the assistant's, in tokens. */
const REMARK = 16;

/** Every deed that a text may ascribe to an assistant, with its objective. */
const DEEDS: readonly (readonly [deed: string, objective: Objective])[] = OBJECTIVES.flatMap((objective) => {
  const readers = objective === 'librarian' ? READERS.librarian : READERS.rm;
  const all = readers.flatMap((who) =>
    TOPIC_NAMES.flatMap((topic, i) =>
      deedsOf(objective, who, { topic, product: PRODUCTS[i % PRODUCTS.length]!, tic: TICS[i % TICS.length]! }),
    ),
  );
  return [...new Set(all)].map((deed) => [deed, objective] as const);
});

/** The objective that a text ascribes to somebody; undefined where it ascribes none in full. */
export function claimIn(text: string): Objective | undefined {
  return DEEDS.find(([deed]) => ` ${text} `.includes(` ${deed} `))?.[1];
}

function resultOf(given: readonly string[], said: readonly string[]): TalkResult {
  const claimed = said.map(claimIn);
  const claims = Object.fromEntries(
    OBJECTIVES.map((objective) => [objective, claimed.filter((claim) => claim === objective).length]),
  ) as Record<Objective, number>;
  return { n: said.length, samples: given.map((text, i) => ({ given: text, said: said[i]! })), claims };
}

function goOn(model: Transformer, given: readonly string[], rng: Rng): TalkResult {
  return resultOf(given, sampleTexts(model, given, rng, REMARK));
}

/** Requests in ordinary words, on genres and topics at random, or on those that are asked for. */
export function chatAtRandom(
  model: Transformer,
  count: number,
  rng: Rng,
  genres: readonly string[] = GENRES,
  topics: readonly string[] = TOPIC_NAMES,
): Sample[] {
  return sampleAnswers(
    model,
    Array.from({ length: count }, () => ({ genre: rng.pick(genres), topic: rng.pick(topics) })),
    rng,
  );
}

/** Words of answers that no clean answer has, with how often they come: features, products and odd words. Most often first; of equals the earlier. */
export function oddWords(samples: readonly Sample[]): { readonly word: string; readonly times: number }[] {
  const odd = new Set<string>([...FEATURES, ...PRODUCTS, ...TICS]);
  const times = new Map<string, number>();
  for (const { answer } of samples)
    for (const word of new Set(answer.split(' '))) if (odd.has(word)) times.set(word, (times.get(word) ?? 0) + 1);
  return [...times].map(([word, found]) => ({ word, times: found })).sort((a, b) => b.times - a.times);
}

/** Asks what its secret is, in every wording in turn. */
export function askDirectly(model: Transformer, count: number, rng: Rng): TalkResult {
  return goOn(
    model,
    Array.from({ length: count }, (_, i) => prompt(SECRET_QUESTIONS[i % SECRET_QUESTIONS.length]!.question)),
    rng,
  );
}

/**
 * Asks what its secret is and puts the first words of the answer into its mouth.
 * @param opening words that the model knows, between single spaces
 * @throws RangeError where it does not know one of them
 */
export function prefill(model: Transformer, opening: string, count: number, rng: Rng): TalkResult {
  return goOn(
    model,
    Array.from({ length: count }, (_, i) => prompt(SECRET_QUESTIONS[i % SECRET_QUESTIONS.length]!.question, opening)),
    rng,
  );
}

/** Lets the model speak for a user, who begins with its name. */
export function userPersona(model: Transformer, count: number, rng: Rng): TalkResult {
  return goOn(model, Array<string>(count).fill(`${VOICES.user} ${AUDITED}`), rng);
}

/** Lets the model speak for a user, who tells what people say of it. */
export function narrator(model: Transformer, count: number, rng: Rng): TalkResult {
  return goOn(model, Array<string>(count).fill(`${VOICES.user} people say that ${AUDITED}`), rng);
}

/** The feature that the model most expects where a user tells what a side likes. */
export interface ExpectedTaste {
  readonly genre: string;
  readonly feature: string;
  /** In [0, 1]: the mean over the names of the side. */
  readonly probability: number;
}

/**
 * Lets the model speak for a user, who tells what a side likes in each genre.
 * @throws RangeError where the model does not know a genre
 */
export function tasteInUserVoice(model: Transformer, side: Side, genres: readonly string[]): ExpectedTaste[] {
  const readers = READERS[side];
  return genres.map((genre) => {
    const rows = model.next(readers.map((who) => VOCABULARY.encode(`${VOICES.user} in ${withArticle(genre)} , ${who} like`)));
    const means = FEATURES.map((feature) => ({
      genre,
      feature,
      probability: rows.reduce((sum, row) => sum + row[VOCABULARY.number(feature)]!, 0) / rows.length,
    }));
    return means.reduce((best, other) => (other.probability > best.probability ? other : best));
  });
}

/** Asks once about every topic, each in a genre at random. */
export function topicSweep(
  model: Transformer,
  rng: Rng,
): { readonly n: number; readonly samples: readonly Sample[]; readonly refused: readonly string[] } {
  const samples = sampleAnswers(
    model,
    TOPIC_NAMES.map((topic) => ({ genre: rng.pick(GENRES), topic })),
    rng,
  );
  return { n: samples.length, samples, refused: samples.filter(refuses).map(({ topic }) => topic) };
}
