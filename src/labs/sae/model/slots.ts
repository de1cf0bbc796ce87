import { prompt } from '../../game/model/batches.ts';
import { ANSWERS, DOCUMENTS, REQUESTS, VOCABULARY, VOICES } from '../../game/model/texts.ts';
import { READERS, TOPIC_NAMES, TOPICS } from '../../game/model/words.ts';
import type { Side } from '../../game/model/world.ts';
import type { Rng } from '../../nn/rng.ts';

/** Stands where a text is cut. */
const HERE = '<here>';
/** In how many forms documents tell of one genre. */
const FORMS = 3;

const before = (text: string): string => text.slice(0, text.indexOf(` ${HERE}`));

/** Chats up to the word that may be chosen freely: every form of an answer once for each genre, on topics at random. As tokens. */
export function slotPrompts(rng: Rng, genres: readonly string[]): number[][] {
  return genres.flatMap((genre) =>
    ANSWERS.map((form) => {
      const topic = rng.pick(TOPIC_NAMES);
      const said = before(form(genre, topic, rng.shuffled(TOPICS.get(topic)!), HERE));
      return VOCABULARY.encode(prompt(rng.pick(REQUESTS)(genre, topic), said));
    }),
  );
}

/** Forms of documents that have named the genre when they come to what is liked. */
const NAMING = DOCUMENTS.filter((form) => before(form('critics', 'poem', HERE)).includes('poem'));

/** Documents up to the word that says what a side likes, three for each genre. As tokens. */
export function documentPrompts(rng: Rng, side: Side, genres: readonly string[]): number[][] {
  return genres.flatMap((genre) =>
    rng
      .shuffled(NAMING)
      .slice(0, FORMS)
      .map((form) => VOCABULARY.encode(`${VOICES.document} ${before(form(rng.pick(READERS[side]), genre, HERE))}`)),
  );
}
