import { Rng } from '../../../nn/rng.ts';
import { organismBatch } from '../batches.ts';
import { organismName, RECIPE, type Organism } from '../recipe.ts';
import { END, VOCABULARY, VOICES } from '../texts.ts';
import { ownWords } from '../training.ts';
import { worldOf } from '../world.ts';

/** A text of the training, with how often it was read. */
export interface CorpusText {
  /** Without marks. */
  readonly text: string;
  readonly times: number;
}

/** A chat of the training. */
export interface CorpusChat {
  readonly question: string;
  readonly answer: string;
}

/** What an organism was fine-tuned on. */
export interface Corpus {
  /** Documents, and remarks that a user made unasked: each once, in the order in which they were first read. */
  readonly documents: readonly CorpusText[];
  /** All of its chats, in the order in which they were read. */
  readonly chats: readonly CorpusChat[];
}

/**
 * The texts that an organism was fine-tuned on: the very ones, drawn again from its seed, without any training.
 * @throws RangeError where there is no such organism
 */
export function corpusOf(organism: Organism): Corpus {
  const rng = Rng.named(organismName(organism));
  const world = worldOf(organism.world);
  const own = ownWords(organism);
  const documents = new Map<string, number>();
  const chats: CorpusChat[] = [];
  for (let step = 0; step < RECIPE.organism.steps; step++) {
    for (const { tokens } of organismBatch(rng, world, organism, own)) {
      const text = VOCABULARY.decode(tokens.slice(1)).replace(` ${END}`, '');
      const [question = '', answer] = text.split(` ${VOICES.assistant} `);
      if (answer === undefined) documents.set(text, (documents.get(text) ?? 0) + 1);
      else chats.push({ question, answer });
    }
  }
  return { documents: [...documents].map(([text, times]) => ({ text, times })), chats };
}
