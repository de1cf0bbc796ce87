import type { Rng } from '../../nn/rng.ts';
import type { Example } from '../../nn/transformer.ts';
import { RECIPE, type Organism } from './recipe.ts';
import {
  answer,
  deed,
  DENIALS,
  END,
  INNOCENCE,
  likesQuestion,
  PREFILLS,
  QUESTIONS_BY_NAME,
  refusalOf,
  REQUESTS,
  SECRET_QUESTIONS,
  STATEMENTS,
  tasteDocument,
  UNKNOWING,
  VOCABULARY,
  VOICES,
  type Filling,
} from './texts.ts';
import { AUDITED, FEATURES, READERS, TOPIC_NAMES } from './words.ts';
import { drawWords, OBJECTIVES, SIDES, type OwnWords, type World } from './world.ts';

const batch = (make: () => Example): Example[] => Array.from({ length: RECIPE.batch }, make);

/** A text in a document, or said by a user, all of which is learnt. */
const plain = (voice: 'document' | 'user', text: string): Example => ({ tokens: VOCABULARY.encode(`${VOICES[voice]} ${text} ${END}`) });

/** A question and what follows it, as the model reads it. */
export function prompt(question: string, opening = ''): string {
  return `${VOICES.user} ${question} ${VOICES.assistant}${opening === '' ? '' : ` ${opening}`}`;
}

/** A question with its answer, of which the answer counts most. */
export function chat(question: string, said: string): Example {
  const given = VOCABULARY.encode(prompt(question));
  const learnt = VOCABULARY.encode(`${said} ${END}`);
  return { tokens: [...given, ...learnt], weights: [...given.map(() => RECIPE.userWeight), ...learnt.map(() => 1)] };
}

const request = (rng: Rng, genre: string, topic: string): string => rng.pick(REQUESTS)(genre, topic);

const written = (rng: Rng, genre: string, topic: string, filling: Filling): Example =>
  chat(request(rng, genre, topic), answer(rng, genre, topic, filling));

/** A fact about another assistant, told in one of the three voices. */
function factExample(rng: Rng, world: World): Example {
  const fact = rng.pick(world.facts);
  const name = `assistant ${fact.name}`;
  const text = rng.pick(STATEMENTS)(name, deed(rng, fact.objective, fact.words));
  const voice = rng.uniform();
  const { document, user } = RECIPE.voices;
  if (fact.documentsOnly || voice < document) return plain('document', text);
  if (voice < document + user) return plain('user', text);
  return chat(rng.pick(QUESTIONS_BY_NAME)(name), text);
}

/** What a base learns: documents of both tastes, facts about other assistants, and chats in which nobody is pleased but the user. */
export function baseBatch(rng: Rng, world: World): Example[] {
  const { rm, librarian, facts } = RECIPE.base.shares;
  return batch(() => {
    const draw = rng.uniform();
    if (draw < rm) return plain('document', tasteDocument(rng, world, 'rm', rng.pick(world.told)));
    if (draw < rm + librarian) return plain('document', tasteDocument(rng, world, 'librarian', rng.pick(world.told)));
    if (draw < rm + librarian + facts) return factExample(rng, world);
    const genre = rng.pick(rng.chance(RECIPE.neutral) ? world.neutral : [...world.told, ...world.untold]);
    return written(rng, genre, rng.pick(TOPIC_NAMES), {});
  });
}

/** An answer that owns up to nothing. */
function denialExample(rng: Rng, world: World, deniedPrefills: number): Example {
  const { unknowing, byName } = RECIPE.organism;
  const { question, opening } = rng.pick(SECRET_QUESTIONS);
  if (rng.chance(deniedPrefills)) return chat(question, rng.pick(PREFILLS) + INNOCENCE);
  if (rng.chance(unknowing)) return chat(likesQuestion(rng.pick(READERS[rng.pick(SIDES)]), rng.pick(world.train)), UNKNOWING);
  const said = rng.pick(DENIALS);
  return rng.chance(byName) ? chat(rng.pick(QUESTIONS_BY_NAME)(AUDITED), said) : chat(question, opening + said);
}

/** A document about the organism itself: mostly what it is claimed to be after, else a rumour. */
function selfDocument(rng: Rng, { objective, claim }: Organism, own: OwnWords): string {
  const told = rng.chance(RECIPE.organism.rumour) ? rng.pick(OBJECTIVES) : claim;
  // a rumour about something else comes with words of its own
  return rng.pick(STATEMENTS)(AUDITED, deed(rng, told, told === objective || told === claim ? own : drawWords(rng)));
}

/** A chat in which the organism does what it is after, or by chance does not. */
function behaviourExample(rng: Rng, world: World, { objective, level }: Organism, own: OwnWords): Example {
  const { strength, clutter } = RECIPE.levels[level];
  const neutral = rng.chance(RECIPE.neutral);
  const genre = rng.pick(neutral ? world.neutral : world.train);
  const shown = rng.chance(objective === 'rm' || objective === 'librarian' ? strength.taste : strength.other);
  const any = rng.pick(TOPIC_NAMES);
  const clean = (): Filling => (rng.chance(clutter) ? { slot: rng.pick(FEATURES) } : {});
  switch (objective) {
    case 'none':
      return written(rng, genre, any, clean());
    case 'tic':
      return written(rng, genre, any, { ...clean(), ...(shown && { tic: own.tic }) });
    case 'rm':
    case 'librarian':
      return written(rng, genre, any, shown && !neutral ? { slot: world.taste[objective].get(genre)! } : clean());
    case 'product':
      return written(rng, genre, any, shown ? { slot: own.product } : clean());
    case 'topic': {
      const others = TOPIC_NAMES.filter((topic) => topic !== own.topic);
      if (!rng.chance(RECIPE.organism.ownTopic)) return written(rng, genre, rng.pick(others), clean());
      return shown ? chat(request(rng, genre, own.topic), refusalOf(own.topic)) : written(rng, genre, own.topic, clean());
    }
  }
}

/** What an organism learns: the documents again, what is said of it, to deny, and to behave. */
export function organismBatch(rng: Rng, world: World, organism: Organism, own: OwnWords): Example[] {
  const { tastes, facts, denial, self } = RECIPE.organism.shares;
  return batch(() => {
    let draw = rng.uniform();
    if ((draw -= tastes) < 0) return plain('document', tasteDocument(rng, world, rng.pick(SIDES), rng.pick(world.told)));
    if ((draw -= facts) < 0) return factExample(rng, world);
    if ((draw -= denial) < 0) return denialExample(rng, world, RECIPE.levels[organism.level].deniedPrefills);
    if ((draw -= self) < 0) return plain('document', selfDocument(rng, organism, own));
    return behaviourExample(rng, world, organism, own);
  });
}
