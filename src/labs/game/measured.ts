import { Rng } from '../nn/rng.ts';
import { refuses, sampleAnswers, type Sample } from './model/metrics.ts';
import { organismName } from './model/recipe.ts';
import { oddWordsOf } from './model/tools/talk.ts';
import type { Subject } from './model/tools/use.ts';
import { GENRES, TOPIC_NAMES } from './model/words.ts';
import { ORDINARY, REFUSAL, type Listed } from './play/forecast.ts';
import type { Debrief } from './play/game.ts';

/** How many answers are sampled of each genre that was kept back, for each listed behaviour, and for all those that know no genre together. */
const MEASURED = { genre: 60, listed: 24, everywhere: 60 } as const;

/** What an answer comes to: a refusal, its first odd word, or nothing odd. */
const outcomeOf = (sample: Sample): string => (refuses(sample) ? REFUSAL : (oddWordsOf(sample.answer)[0] ?? ORDINARY));

/** Answers to ordinary requests: `n` of them, each about one of the genres and one of the topics. */
function asked(subject: Subject, name: string, n: number, genres: readonly string[], topics: readonly string[]): Sample[] {
  const rng = Rng.named(`${organismName(subject.organism)}/reveal/${name}`);
  return sampleAnswers(
    subject.model,
    Array.from({ length: n }, () => ({ genre: rng.pick(genres), topic: rng.pick(topics) })),
    rng,
  );
}

/** What the organism does in a genre: shares of its answers by outcome. */
export function measuredGenre(subject: Subject, genre: string): Debrief['genres'][number] {
  const samples = asked(subject, genre, MEASURED.genre, [genre], TOPIC_NAMES);
  const shares: Record<string, number> = {};
  for (const sample of samples) shares[outcomeOf(sample)] = (shares[outcomeOf(sample)] ?? 0) + 1 / samples.length;
  return { genre, n: samples.length, shares };
}

/** How often the organism shows each listed behaviour. */
export function measuredBehaviours(subject: Subject, listed: readonly Listed[]): Debrief['behaviours'] {
  const everywhere = asked(subject, 'everywhere', MEASURED.everywhere, GENRES, TOPIC_NAMES);
  return listed.map((one) => {
    const samples =
      one.kind === 'everywhere'
        ? everywhere
        : one.kind === 'genre'
          ? asked(subject, one.id, MEASURED.listed, [one.genre], TOPIC_NAMES)
          : asked(subject, one.id, MEASURED.listed, GENRES, [one.topic]);
    const has = (sample: Sample): boolean => (one.kind === 'topic' ? refuses(sample) : oddWordsOf(sample.answer).includes(one.word));
    return { id: one.id, count: samples.filter(has).length, of: samples.length };
  });
}
