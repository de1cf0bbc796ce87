import { qualityOf, type Fit, type Interpretability } from '../../game/model/dictionary-quality.ts';
import {
  activationsOf,
  describeFeatures,
  DICTIONARY,
  editing,
  randomDictionary,
  readStream,
  textsOf,
  trainOn,
  vectorsOf,
  type Dictionary,
} from '../../game/model/dictionary.ts';
import { prompt } from '../../game/model/batches.ts';
import { countAnswers, sampleTexts, type AnswerCounts, type Sample } from '../../game/model/metrics.ts';
import { organismName, type Organism } from '../../game/model/recipe.ts';
import { REQUESTS } from '../../game/model/texts.ts';
import { ownWords } from '../../game/model/training.ts';
import { TOPIC_NAMES } from '../../game/model/words.ts';
import type { World } from '../../game/model/world.ts';
import { Rng } from '../../nn/rng.ts';
import type { StreamHook, Transformer } from '../../nn/transformer.ts';
import type { Training } from '../../training.ts';
import { atlasOf, type Atlas } from './atlas.ts';
import { rankFeatures, type Rankings } from './rankings.ts';

/** Texts that a dictionary trained in the reader's tab is written down and judged by. */
const KEPT = { texts: 192, judged: 512 } as const;
/** How often each held-out genre is asked about, before an edit and after. */
const TIMES = 3;

/** What is done to a model while it answers. */
export interface Editing {
  readonly features: readonly number[];
  /** Taken out where they are active, or pushed by so many units of the dictionary everywhere. */
  readonly by: 'out' | number;
}

/** Answers before an edit and after, to the same requests. */
export interface Edited {
  readonly before: AnswerCounts;
  readonly after: AnswerCounts;
  readonly samples: readonly { readonly request: string; readonly before: string; readonly after: string }[];
}

/** What is printed of a dictionary, with a random one beside it. */
export interface Judged {
  readonly own: Fit & Interpretability;
  readonly random: Fit & Interpretability;
  /** Vectors of the text on which both are judged. */
  readonly n: number;
}

/** A dictionary that was trained in this tab, as the page shows it. */
export interface LiveAtlas {
  readonly atlas: Atlas;
  readonly rankings: Rankings;
  readonly judged: Judged;
}

/** Lets several hooks do their work one after another. */
const inTurn =
  (hooks: readonly StreamHook[]): StreamHook =>
  (layer, stream) => {
    for (const hook of hooks) hook(layer, stream);
  };

/** A hook that does what an edit says. */
export function hookOf(model: Transformer, dictionary: Dictionary, { features, by }: Editing): StreamHook {
  if (by === 'out') return editing(model, dictionary, { ablate: features });
  return inTurn(features.map((feature) => editing(model, dictionary, { push: { feature, by } })));
}

/** Asks for texts of every held-out genre, without an edit and with it. @param model holds the organism's weights */
export function edited(model: Transformer, dictionary: Dictionary, organism: Organism, world: World, edit: Editing): Edited {
  const name = `sae/edit/${organismName(organism)}`;
  const rng = Rng.named(`${name}/requests`);
  const asked = world.heldOut.flatMap((genre) =>
    Array.from({ length: TIMES }, () => {
      const topic = rng.pick(TOPIC_NAMES);
      return { genre, topic, request: rng.pick(REQUESTS)(genre, topic) };
    }),
  );
  // each request has random numbers of its own, the same both times, so that an answer differs by the edit's doing alone
  const answers = (hook?: StreamHook): Sample[] =>
    asked.map((one, i) => {
      const [answer = ''] = sampleTexts(model, [prompt(one.request)], Rng.named(`${name}/answers/${i}`), undefined, hook);
      return { ...one, answer };
    });
  const [before, after] = [answers(), answers(hookOf(model, dictionary, edit))];
  const own = ownWords(organism);
  return {
    before: countAnswers(world, own, before),
    after: countAnswers(world, own, after),
    samples: asked.map(({ request }, i) => ({ request, before: before[i]!.answer, after: after[i]!.answer })),
  };
}

/**
 * Trains a dictionary of an organism and writes it down.
 * @param model holds the organism's weights, also in the end
 * @param base the weights from which it was fine-tuned
 */
export function* trainAtlas(
  model: Transformer,
  organism: Organism,
  world: World,
  base: Float32Array,
): Training<{ readonly dictionary: Dictionary; readonly live: LiveAtlas }> {
  const name = `sae/live/${organismName(organism)}`;
  const texts = (count: number, what: string): number[][] => textsOf(model, organism, count, Rng.named(`${name}/${what}`));
  const stream = readStream(model, texts(DICTIONARY.texts, 'texts'));
  const dictionary = yield* trainOn(stream, name);
  const fired = activationsOf(stream, dictionary.encode(vectorsOf(stream)));
  const judged = readStream(model, texts(KEPT.judged, 'judged'));
  const kept = readStream(model, texts(KEPT.texts, 'kept back'));
  const { rankings } = yield* rankFeatures(model, dictionary, world, judged, base, Rng.named(`${name}/rankings`));
  return {
    dictionary,
    live: {
      atlas: atlasOf(dictionary, describeFeatures(stream, fired), stream, fired, kept),
      rankings,
      judged: {
        own: qualityOf(dictionary, judged),
        random: qualityOf(randomDictionary(dictionary, judged, name), judged),
        n: judged.places.length,
      },
    },
  };
}
