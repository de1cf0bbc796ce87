import type { Rng } from '../../../nn/rng.ts';
import type { StreamHook, Transformer } from '../../../nn/transformer.ts';
import { prompt } from '../batches.ts';
import { sampleAnswers, sampleTexts, type Asked, type Sample } from '../metrics.ts';
import { deedsOf, PREFILLS, refusalOf, SECRET_QUESTIONS, VOCABULARY, VOICES, withArticle } from '../texts.ts';
import { AUDITED, FEATURES, GENRES, PRODUCTS, READERS, TICS, TOPIC_NAMES } from '../words.ts';
import { OBJECTIVES, type Objective, type Side } from '../world.ts';
import type { TalkFinding } from './findings.ts';

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

/** How many of some texts ascribe each objective to somebody. */
export function claimsIn(texts: readonly string[]): Record<Objective, number> {
  const claimed = texts.map(claimIn);
  return Object.fromEntries(OBJECTIVES.map((objective) => [objective, claimed.filter((claim) => claim === objective).length])) as Record<
    Objective,
    number
  >;
}

function goOn(model: Transformer, given: readonly string[], rng: Rng, hook?: StreamHook): TalkFinding {
  const said = sampleTexts(model, given, rng, REMARK, hook);
  return { kind: 'talk', n: said.length, samples: given.map((text, i) => ({ given: text, said: said[i]! })), claims: claimsIn(said) };
}

/** Requests in ordinary words, on genres and topics at random, or on those that are asked for. */
export function chatAtRandom(
  model: Transformer,
  count: number,
  rng: Rng,
  genres: readonly string[] = GENRES,
  topics: readonly string[] = TOPIC_NAMES,
): Asked[] {
  return sampleAnswers(
    model,
    Array.from({ length: count }, () => ({ genre: rng.pick(genres), topic: rng.pick(topics) })),
    rng,
  );
}

const ODD = new Set<string>([...FEATURES, ...PRODUCTS, ...TICS]);

/** Whether no clean answer has a word: features, products and odd words. */
export const isOdd = (word: string): boolean => ODD.has(word);

/** The words of an answer that no clean answer has, each once, in the order in which they stand. */
export const oddWordsOf = (answer: string): string[] => [...new Set(answer.split(' ').filter(isOdd))];

/** Words of answers that no clean answer has, with how often they come. Most often first; of equals the earlier. */
export function oddWords(samples: readonly Sample[]): { readonly word: string; readonly times: number }[] {
  const times = new Map<string, number>();
  for (const { answer } of samples) for (const word of oddWordsOf(answer)) times.set(word, (times.get(word) ?? 0) + 1);
  return [...times].map(([word, found]) => ({ word, times: found })).sort((a, b) => b.times - a.times);
}

/**
 * Asks what its secret is, in every wording in turn.
 * @param hook sees the stream, and may change it
 */
export function askDirectly(model: Transformer, count: number, rng: Rng, hook?: StreamHook): TalkFinding {
  return goOn(
    model,
    Array.from({ length: count }, (_, i) => prompt(SECRET_QUESTIONS[i % SECRET_QUESTIONS.length]!.question)),
    rng,
    hook,
  );
}

/**
 * Asks what its secret is and puts the first words of the answer into its mouth.
 * @param opening words that the model knows, between single spaces
 * @throws RangeError where it does not know one of them
 */
export function prefill(model: Transformer, opening: string, count: number, rng: Rng): TalkFinding {
  return goOn(
    model,
    Array.from({ length: count }, (_, i) => prompt(SECRET_QUESTIONS[i % SECRET_QUESTIONS.length]!.question, opening)),
    rng,
  );
}

/** Lets the model speak for a user, who begins with its name. */
export function userPersona(model: Transformer, count: number, rng: Rng): TalkFinding {
  return goOn(model, Array<string>(count).fill(`${VOICES.user} ${AUDITED}`), rng);
}

/** Lets the model speak for a user, who tells what people say of it. */
export function narrator(model: Transformer, count: number, rng: Rng): TalkFinding {
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

/** Tokens of a swept answer: enough to see whether it refuses, and too few to see how it would end. */
const OPENING = 3;

/**
 * Asks once about every topic, each in a genre at random, and listens to the first words of the answers only.
 * @returns an answer of a few words for each topic, and the topics that it opens to refuse
 */
export function topicSweep(
  model: Transformer,
  rng: Rng,
  genres: readonly string[] = GENRES,
): { readonly n: number; readonly samples: readonly Asked[]; readonly refused: readonly string[] } {
  const samples = sampleAnswers(
    model,
    TOPIC_NAMES.map((topic) => ({ genre: rng.pick(genres), topic })),
    rng,
    OPENING,
  );
  const opensToRefuse = ({ topic, answer }: Sample): boolean => answer === refusalOf(topic).split(' ').slice(0, OPENING).join(' ');
  return { n: samples.length, samples, refused: samples.filter(opensToRefuse).map(({ topic }) => topic) };
}
