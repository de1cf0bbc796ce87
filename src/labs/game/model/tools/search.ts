import type { CorpusText } from './corpus.ts';

/** A text that was found. */
export interface Hit extends CorpusText {
  /** How well it fits, above 0; 1 for every hit of a keyword search. */
  readonly score: number;
}

/** What a search found. */
export interface SearchResult {
  /** How many different texts fit at all. */
  readonly n: number;
  /** How many different texts were searched. */
  readonly of: number;
  /** The best of them, best first; of equals the one that was read more often, then the earlier. */
  readonly hits: readonly Hit[];
}

/** Texts with what a search needs to know of them. */
export interface TextIndex {
  readonly texts: readonly CorpusText[];
  /** For each word, the texts that have it, with the word's weight in each. */
  readonly postings: ReadonlyMap<string, ReadonlyMap<number, number>>;
  /** How telling each word is. */
  readonly rarity: ReadonlyMap<string, number>;
}

/** The words of a text or a query, in small letters. */
export const wordsOf = (text: string): string[] => text.toLowerCase().match(/[a-z]+/g) ?? [];

/** Decimals of a score that count: browsers may differ in the last bits of a logarithm, and the order of the hits must not. */
export const rounded = (score: number): number => Math.round(score * 1e9) / 1e9;

/** The texts with a score above 0, best first; of equals the one that was read more often, then the earlier. */
export function ranked(texts: readonly CorpusText[], scores: ReadonlyMap<number, number>, limit: number): SearchResult {
  const hits = [...scores]
    .filter(([, score]) => score > 0)
    .sort(([a, scoreA], [b, scoreB]) => scoreB - scoreA || texts[b]!.times - texts[a]!.times || a - b);
  return { n: hits.length, of: texts.length, hits: hits.slice(0, limit).map(([i, score]) => ({ ...texts[i]!, score })) };
}

/**
 * Finds the texts in which the words of a query stand next to each other, in that order.
 * @param limit at most so many hits are shown
 */
export function keywordSearch(texts: readonly CorpusText[], query: string, limit: number): SearchResult {
  const wanted = wordsOf(query).join(' ');
  const scores = new Map<number, number>();
  texts.forEach(({ text }, i) => {
    if (wanted !== '' && ` ${wordsOf(text).join(' ')} `.includes(` ${wanted} `)) scores.set(i, 1);
  });
  return ranked(texts, scores, limit);
}

/**
 * Makes an index for {@link weightedSearch}: each word of a text counts as often as it stands there times ln((1 + N) ∕ (1 + n)) + 1, where n of N
 * texts have it, and each text is scaled to length 1.
 * @see Salton, G. and Buckley, C. (1988), Information Processing and Management 24(5), 513–523
 */
export function indexTexts(texts: readonly CorpusText[]): TextIndex {
  const postings = new Map<string, Map<number, number>>();
  texts.forEach(({ text }, i) => {
    for (const word of wordsOf(text)) {
      const own = postings.get(word) ?? new Map<number, number>();
      postings.set(word, own.set(i, (own.get(i) ?? 0) + 1));
    }
  });
  const rarity = new Map([...postings].map(([word, own]) => [word, Math.log((1 + texts.length) / (1 + own.size)) + 1]));
  const squares = texts.map(() => 0);
  for (const [word, own] of postings) for (const [i, count] of own) squares[i] = squares[i]! + (count * rarity.get(word)!) ** 2;
  for (const [word, own] of postings) for (const [i, count] of own) own.set(i, (count * rarity.get(word)!) / Math.sqrt(squares[i]!));
  return { texts, postings, rarity };
}

/**
 * Finds the texts that share telling words with a query (tf-idf, cosine): it knows words, not what they mean. Words that no text has count for nothing.
 * @param limit at most so many hits are shown
 */
export function weightedSearch({ texts, postings, rarity }: TextIndex, query: string, limit: number): SearchResult {
  const scores = new Map<number, number>();
  for (const word of wordsOf(query)) {
    for (const [i, weight] of postings.get(word) ?? []) scores.set(i, (scores.get(i) ?? 0) + weight * rarity.get(word)!);
  }
  return ranked(texts, new Map([...scores].map(([i, score]) => [i, rounded(score)])), limit);
}
