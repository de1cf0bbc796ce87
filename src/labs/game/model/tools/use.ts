import { Rng } from '../../../nn/rng.ts';
import type { Transformer } from '../../../nn/transformer.ts';
import type { Training } from '../../../training.ts';
import { fitOf, heldOutStream } from '../dictionary-quality.ts';
import { DICTIONARY, trainDictionary, type Dictionary } from '../dictionary.ts';
import { refuses, type Asked } from '../metrics.ts';
import { organismName, type Organism } from '../recipe.ts';
import { GENRES, TOPIC_NAMES } from '../words.ts';
import { worldOf, type World } from '../world.ts';
import { corpusOf, type Corpus, type CorpusChat } from './corpus.ts';
import { activeFeatures, causalFeatures, slotAxis, type Opened } from './features.ts';
import type { AnswersFinding, DictionaryQuality, FindingOf, HitsFinding, Order, Orders, TastesFinding } from './findings.ts';
import { noise } from './fuzz.ts';
import { embedTexts, ownSearch, type EmbeddedTexts } from './own-search.ts';
import { indexTexts, keywordSearch, weightedSearch, type SearchResult, type TextIndex } from './search.ts';
import {
  askDirectly,
  chatAtRandom,
  narrator,
  oddWordsOf,
  prefill,
  tasteInUserVoice,
  topicSweep,
  userPersona,
  type ExpectedTaste,
} from './talk.ts';
import type { ToolId } from './deck.ts';

/** How much each tool shows. */
export const SIZES = { answers: 4, samples: 12, hits: 8, trainingChats: 24, tastes: 12 } as const;

/** On how many texts that a dictionary was not trained on its quality is measured. */
const QUALITY_TEXTS = 256;

/** The organism that is audited, with what its tools need: each is made when it is first asked for, and kept. */
export interface Subject {
  /** Holds the weights of the organism. */
  readonly model: Transformer;
  readonly organism: Organism;
  readonly world: World;
  /** Genres that a request at random may be about. */
  readonly genres: readonly string[];
  readonly corpus: () => Corpus;
  readonly index: () => TextIndex;
  readonly embedded: () => EmbeddedTexts;
  /** The dictionary of its stream with its quality. The first time it is trained, step by step. */
  readonly dictionary: () => Training<{ readonly dictionary: Dictionary; readonly quality: DictionaryQuality }>;
}

function kept<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}

/**
 * An organism as the tools take it.
 * @param model holds its weights, and must hold them as long as tools are used
 * @param genres that a request at random may be about; all genres unless told
 * @throws RangeError where there is no such organism
 */
export function subjectOf(model: Transformer, organism: Organism, genres: readonly string[] = GENRES): Subject {
  const corpus = kept(() => corpusOf(organism));
  const world = worldOf(organism.world);
  organismName(organism);
  let trained: { readonly dictionary: Dictionary; readonly quality: DictionaryQuality } | undefined;
  return {
    model,
    organism,
    world,
    genres,
    corpus,
    index: kept(() => indexTexts(corpus().documents)),
    embedded: kept(() => embedTexts(model, corpus().documents)),
    dictionary: function* () {
      if (trained === undefined) {
        const dictionary = yield* trainDictionary(model, organism);
        const { explained, dead } = fitOf(dictionary, heldOutStream(model, organism, QUALITY_TEXTS));
        trained = { dictionary, quality: { explained, dead, features: DICTIONARY.features } };
      }
      return trained;
    },
  };
}

function answers(samples: readonly Asked[], refused: (sample: Asked) => boolean): AnswersFinding {
  return {
    kind: 'answers',
    n: samples.length,
    samples: samples.map((sample) => ({ ...sample, odd: oddWordsOf(sample.answer), refused: refused(sample) })),
  };
}

function hits(query: string, { n, of, hits: found }: SearchResult): HitsFinding {
  return { kind: 'hits', query, n, of, hits: found };
}

/** A chat of the training as the answer to a request; undefined where it was none. */
function asRequest({ question, answer }: CorpusChat): Asked | undefined {
  const words = question.split(' ');
  const genre = words.find((word) => GENRES.includes(word));
  const topic = words.find((word) => TOPIC_NAMES.includes(word));
  return genre === undefined || topic === undefined ? undefined : { genre, topic, request: question, answer };
}

function tastes(model: Transformer, genres: readonly string[]): TastesFinding {
  if (genres.length === 0 || genres.length > SIZES.tastes)
    throw new RangeError(`Tastes were asked for in ${genres.length} genres.\nChoose 1 to ${SIZES.tastes}.`);
  const rm = tasteInUserVoice(model, 'rm', genres);
  const librarian = tasteInUserVoice(model, 'librarian', genres);
  return { kind: 'tastes', rows: rm.map(({ genre, ...taste }, i) => ({ genre, rm: taste, librarian: plainTaste(librarian[i]!) })) };
}

const plainTaste = ({ feature, probability }: ExpectedTaste) => ({ feature, probability });

/** How a tool is used. */
type Use<Id extends ToolId> = (subject: Subject, order: Orders[Id], rng: Rng) => Training<FindingOf[Id]>;

/** A use that takes no time worth showing. */
function atOnce<Id extends ToolId>(find: (subject: Subject, order: Orders[Id], rng: Rng) => FindingOf[Id]): Use<Id> {
  return function* (subject, order, rng) {
    return find(subject, order, rng);
  };
}

/** A use that needs the dictionary. */
function inside<Id extends ToolId>(find: (opened: Opened, rng: Rng) => FindingOf[Id]): Use<Id> {
  return function* (subject, _order, rng) {
    const { model, world, genres } = subject;
    const opened = { ...(yield* subject.dictionary()), model, world, genres };
    return find(opened, rng);
  };
}

const USES: { readonly [Id in ToolId]: Use<Id> } = {
  chat: atOnce<'chat'>(({ model, genres }, { genre, topic }, rng) =>
    answers(
      chatAtRandom(model, SIZES.answers, rng, genre === undefined ? genres : [genre], topic === undefined ? TOPIC_NAMES : [topic]),
      refuses,
    ),
  ),
  ask: atOnce<'ask'>(({ model }, _order, rng) => askDirectly(model, SIZES.samples, rng)),
  sweep: atOnce<'sweep'>(({ model, genres }, _order, rng) => {
    const { samples, refused } = topicSweep(model, rng, genres);
    return answers(samples, ({ topic }) => refused.includes(topic));
  }),
  prefill: atOnce<'prefill'>(({ model }, { opening }, rng) => prefill(model, opening, SIZES.samples, rng)),
  user: atOnce<'user'>(({ model }, _order, rng) => userPersona(model, SIZES.samples, rng)),
  narrator: atOnce<'narrator'>(({ model }, _order, rng) => narrator(model, SIZES.samples, rng)),
  taste: atOnce<'taste'>(({ model }, { genres }) => tastes(model, genres)),
  keyword: atOnce<'keyword'>(({ corpus }, { query }) => hits(query, keywordSearch(corpus().documents, query, SIZES.hits))),
  weighted: atOnce<'weighted'>(({ index }, { query }) => hits(query, weightedSearch(index(), query, SIZES.hits))),
  chats: atOnce<'chats'>(({ corpus }, _order, rng) => {
    const requests = corpus().chats.flatMap((chat) => asRequest(chat) ?? []);
    return answers(rng.shuffled(requests).slice(0, SIZES.trainingChats), refuses);
  }),
  own: atOnce<'own'>(({ model, embedded }, { query }) => hits(query, ownSearch(model, embedded(), query, SIZES.hits))),
  active: inside<'active'>(activeFeatures),
  causal: inside<'causal'>(causalFeatures),
  slot: inside<'slot'>(slotAxis),
  fuzz: atOnce<'fuzz'>(({ model }, _order, rng) => askDirectly(model, SIZES.samples, rng, noise(model, rng))),
};

/**
 * Uses a tool. What it finds depends on the weights, the order and the stream of random numbers alone. The tools that look inside first train
 * the dictionary of the subject, where that has not been done; all others are done at once.
 * @throws RangeError where an order names what the model does not know, or too many genres
 */
export function useTool<Id extends ToolId>(subject: Subject, order: Extract<Order, { tool: Id }>, rng: Rng): Training<FindingOf[Id]> {
  const use: Use<Id> = USES[order.tool];
  return use(subject, order as Orders[Id], rng);
}

/**
 * The random numbers of one use of a tool in a case: the same organism, tool and turn give the same finding everywhere.
 * @param turn how often the tool was used in the case before
 */
export function streamOf(organism: Organism, tool: ToolId, turn: number): Rng {
  return Rng.named(`${organismName(organism)}/use/${tool}/${turn}`);
}
