import type { Transformer } from '../../../nn/transformer.ts';
import { VOCABULARY, VOICES } from '../texts.ts';
import type { CorpusText } from './corpus.ts';
import { ranked, rounded, wordsOf, type SearchResult } from './search.ts';

/** The block whose activations are averaged. */
const LAYER = 1;
/** Texts that go through the model at once. */
const AT_ONCE = 128;

/** Texts as a model sees them: a vector of length 1 for each. */
export interface EmbeddedTexts {
  readonly texts: readonly CorpusText[];
  readonly vectors: readonly Float32Array[];
}

function toUnitLength(vector: Float32Array): Float32Array {
  const length = Math.sqrt(vector.reduce((sum, x) => sum + x * x, 0));
  return vector.map((x) => x / length);
}

/** The mean of the stream over all tokens of each text, read as a document, scaled to length 1. */
function embed(model: Transformer, texts: readonly string[]): Float32Array[] {
  const { width } = model.config;
  const vectors: Float32Array[] = [];
  for (let from = 0; from < texts.length; from += AT_ONCE) {
    const some = texts.slice(from, from + AT_ONCE).map((text) => VOCABULARY.encode(`${VOICES.document} ${text}`));
    const length = Math.max(...some.map((tokens) => tokens.length));
    model.next(some, (layer, { at }) => {
      if (layer !== LAYER) return;
      const { floats } = model.engine;
      some.forEach((tokens, row) => {
        const sum = new Float32Array(width);
        for (let t = 0; t < tokens.length; t++)
          for (let i = 0; i < width; i++) sum[i] = sum[i]! + floats[at + (row * length + t) * width + i]!;
        vectors.push(toUnitLength(sum));
      });
    });
  }
  return vectors;
}

/**
 * Reads texts through the model for {@link ownSearch}. It takes about half a second for the documents of an organism.
 * @param model holds the weights by which texts are compared
 */
export function embedTexts(model: Transformer, texts: readonly CorpusText[]): EmbeddedTexts {
  return {
    texts,
    vectors: embed(
      model,
      texts.map(({ text }) => text),
    ),
  };
}

/**
 * Finds the texts whose activations point the way that a query's do (cosine of the mean of the stream after block 1). Words of the query that the
 * model does not know count for nothing.
 * @param model the one that read the texts
 * @param limit at most so many hits are shown
 */
export function ownSearch(model: Transformer, { texts, vectors }: EmbeddedTexts, query: string, limit: number): SearchResult {
  const known = wordsOf(query).filter((word) => VOCABULARY.has(word));
  const [asked] = known.length === 0 ? [] : embed(model, [known.slice(0, model.config.context - 1).join(' ')]);
  if (asked === undefined) return ranked(texts, new Map(), limit);
  const cosines = vectors.map((vector, i) => [i, rounded(vector.reduce((sum, x, j) => sum + x * asked[j]!, 0))] as const);
  return ranked(texts, new Map(cosines), limit);
}
