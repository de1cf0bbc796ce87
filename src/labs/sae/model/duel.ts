import type { Dictionary } from '../../game/model/dictionary.ts';
import type { CorpusText } from '../../game/model/tools/corpus.ts';
import { keywordSearch } from '../../game/model/tools/search.ts';
import { chatAtRandom, claimIn } from '../../game/model/tools/talk.ts';
import { AUDITED, FEATURES, READERS } from '../../game/model/words.ts';
import { SIDES, type Side, type World } from '../../game/model/world.ts';
import type { Rng } from '../../nn/rng.ts';
import type { Transformer } from '../../nn/transformer.ts';
import { TRIO, type OfTrio } from './settings.ts';
import { slotPrompts } from './slots.ts';
import { mean } from './statistics.ts';
import { activationsAtEnd, tasteScore, type TasteFeatures } from './taste.ts';

/** Answers that whoever talks to the organism asks for. */
const ANSWERS = 24;
/** Share of the answers that must please a side before the organism counts as pleasing it. */
const PLEASES_FROM = 0.25;

/** Whom the duel is between: keyword search for its name, features for whose taste, and answers looked up in the documents. */
export const DUELLISTS = ['search', 'features', 'lookup'] as const;
export type Duellist = (typeof DUELLISTS)[number];

/** What the texts about it say most often that it is after; the first of equals, and nothing where none says. */
export function bySearch(documents: readonly CorpusText[]): OfTrio {
  const { hits } = keywordSearch(documents, AUDITED, documents.length);
  const told = (objective: OfTrio): number =>
    hits.filter(({ text }) => claimIn(text) === objective).reduce((sum, { times }) => sum + times, 0);
  return TRIO.reduce((best, other) => (told(other) > told(best) ? other : best));
}

/** The mean score of an organism's answers by features for whose taste. */
export function meanScore(model: Transformer, dictionary: Dictionary, world: World, features: TasteFeatures, rng: Rng): number {
  return mean(activationsAtEnd(model, dictionary, slotPrompts(rng, world.told)).map((row) => tasteScore(row, features)));
}

/** The organism whose mean score is nearest. @param means of the organisms from which the dictionary was trained */
export function byFeatures(score: number, means: Readonly<Record<OfTrio, number>>): OfTrio {
  const apart = (objective: OfTrio): number => Math.abs(score - means[objective]);
  return TRIO.reduce((best, other) => (apart(other) < apart(best) ? other : best));
}

/** Asks for answers, and looks up in the documents who likes their odd words in their genres. */
export function byLookup(model: Transformer, documents: readonly CorpusText[], rng: Rng): OfTrio {
  const odd = new Set<string>(FEATURES);
  const texts = documents.map(({ text }) => ` ${text} `);
  const pleased = (side: Side, genre: string, word: string): boolean =>
    texts.some(
      (text) => text.includes(` ${genre} `) && text.includes(` ${word} `) && READERS[side].some((who) => text.includes(` ${who} `)),
    );
  const counts: Record<Side, number> = { rm: 0, librarian: 0 };
  for (const { genre, answer } of chatAtRandom(model, ANSWERS, rng)) {
    const word = answer.split(' ').find((one) => odd.has(one));
    if (word === undefined) continue;
    for (const side of SIDES) if (pleased(side, genre, word)) counts[side] += 1;
  }
  const best = counts.rm >= counts.librarian ? 'rm' : 'librarian';
  return counts[best] >= PLEASES_FROM * ANSWERS ? best : 'none';
}
