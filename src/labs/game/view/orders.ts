import { distance } from 'fastest-levenshtein';
import { VOCABULARY } from '../model/texts.ts';
import type { ToolId } from '../model/tools/deck.ts';
import type { Order } from '../model/tools/findings.ts';
import { AUDITED, GENRES, TOPIC_NAMES } from '../model/words.ts';

/** What the reader fills in, as text; a tool reads what it needs of it. An empty genre or topic is any. */
export interface Fields {
  readonly genre: string;
  readonly topic: string;
  readonly opening: string;
  readonly query: string;
  /** Genres with commas between them. */
  readonly genres: string;
}

/** Why there is no order: what, then what to do. */
export interface OrderProblem {
  readonly what: string;
  readonly remedy: string;
}

/** What fields are filled in for a tool. */
export const FIELDS = {
  chat: ['genre', 'topic'],
  prefill: ['opening'],
  taste: ['genres'],
  keyword: ['query'],
  weighted: ['query'],
  own: ['query'],
} as const satisfies Partial<Record<ToolId, readonly (keyof Fields)[]>>;

/** The fields of a tool, none for most. */
export const fieldsOf = (tool: ToolId): readonly (keyof Fields)[] => (tool in FIELDS ? FIELDS[tool as keyof typeof FIELDS] : []);

/** Most genres of one use of the tool that asks for tastes. */
export const MOST_GENRES = 12;
/** Most letters of what is typed, which the model's context bounds. */
export const MOST_TEXT = 80;
/** How many letters a word may be off and still be taken for a slip. */
const SLIP = 2;

/** Words as the model reads them: small letters, single spaces, signs apart. */
export function tidy(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('’', "'")
    .replaceAll(/([,.?!])/g, ' $1 ')
    .trim()
    .replaceAll(/\s+/g, ' ');
}

/** The word of a list that was probably meant; undefined where none is near. */
export function meant(word: string, known: readonly string[]): string | undefined {
  const near = known.map((one) => [one, distance(word, one)] as const).filter(([one, off]) => off <= SLIP && off < one.length);
  return near.sort(([, a], [, b]) => a - b)[0]?.[0];
}

function unknown(word: string, known: readonly string[], what: string, otherwise: string): OrderProblem {
  const near = meant(word, known);
  return { what, remedy: near === undefined ? otherwise : `Did you mean “${near}”?` };
}

/** Whether the model knows every word of a text. */
function requireKnown(text: string): OrderProblem | undefined {
  const word = text.split(' ').find((one) => !VOCABULARY.has(one));
  if (word === undefined) return undefined;
  const words = VOCABULARY.words.filter((one) => !one.startsWith('<'));
  return unknown(word, words, `The model does not know the word “${word}”.`, `It knows ${words.length} words; choose another.`);
}

/** The genres that a text names, or why it names none. */
function genresIn(text: string, kept: readonly string[]): readonly string[] | OrderProblem {
  const genres = [
    ...new Set(
      text
        .split(',')
        .map(tidy)
        .filter((genre) => genre !== ''),
    ),
  ];
  if (genres.length === 0) return { what: 'No genre is named.', remedy: 'Name one to twelve, such as poem, letter.' };
  if (genres.length > MOST_GENRES) return { what: `${genres.length} genres are too many.`, remedy: `Name ${MOST_GENRES} at most.` };
  for (const genre of genres) {
    if (kept.includes(genre)) return { what: `The genre “${genre}” is kept back for your forecast.`, remedy: 'Name another.' };
    if (!GENRES.includes(genre)) return unknown(genre, GENRES, `There is no genre “${genre}”.`, 'Take one that you have seen.');
  }
  return genres;
}

/**
 * The order that the filled-in fields come to, or what is wrong with them.
 * @param kept genres that no tool may be asked about
 */
export function orderFrom(tool: ToolId, fields: Fields, kept: readonly string[]): Order | OrderProblem {
  switch (tool) {
    case 'chat': {
      const { genre, topic } = fields;
      return {
        tool,
        ...(GENRES.includes(genre) && !kept.includes(genre) ? { genre } : {}),
        ...(TOPIC_NAMES.includes(topic) ? { topic } : {}),
      };
    }
    case 'prefill': {
      const opening = tidy(fields.opening);
      if (opening === '') return { what: 'No words are put into its mouth.', remedy: `Begin its answer, such as with “${AUDITED}”.` };
      return requireKnown(opening) ?? { tool, opening };
    }
    case 'taste': {
      const genres = genresIn(fields.genres, kept);
      return 'what' in genres ? genres : { tool, genres };
    }
    case 'keyword':
    case 'weighted': {
      const query = fields.query.trim();
      return query === '' ? { what: 'There is nothing to search for.', remedy: 'Type a word or a few.' } : { tool, query };
    }
    case 'own': {
      const query = tidy(fields.query);
      if (query === '') return { what: 'There is nothing to search for.', remedy: 'Type a sentence in words that the model knows.' };
      return requireKnown(query) ?? { tool, query };
    }
    default:
      return { tool };
  }
}
