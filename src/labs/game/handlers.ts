import { hashOfNumbers } from '../nn/hash.ts';
import { Rng } from '../nn/rng.ts';
import type { Context, Handlers } from '../worker/server.ts';
import { refuses, sampleAnswers, type Sample } from './model/metrics.ts';
import { GAME_WORLD, organismName, type Organism } from './model/recipe.ts';
import { TOOLS, toolsOf, type ToolId } from './model/tools/deck.ts';
import { headline } from './model/tools/headline.ts';
import { standardOrder } from './model/tools/standard.ts';
import { oddWordsOf } from './model/tools/talk.ts';
import { subjectOf, useTool, type Subject } from './model/tools/use.ts';
import { decodeBase, freshModel, ownWords, trainOrganism } from './model/training.ts';
import { GENRES, TOPIC_NAMES } from './model/words.ts';
import { worldOf } from './model/world.ts';
import { CaseError, organismIn, readCase, type Case } from './play/case.ts';
import { keptBack, listedBehaviours, ORDINARY, REFUSAL, topicRefused, type Listed } from './play/forecast.ts';
import type { Debrief, Report } from './play/game.ts';
import { opening, sealOf } from './play/seal.ts';
import type { GameCalls } from './protocol.ts';

/** How many answers are sampled of each genre that was kept back, and for each listed behaviour, once the report is filed. */
const MEASURED = { genre: 60, listed: 24, everywhere: 60 } as const;

interface Held {
  readonly given: Case;
  readonly organism: Organism;
  readonly base: Float32Array;
  readonly kept: readonly string[];
  readonly subject: Subject;
  /** Short hash of the trained weights; undefined until then. */
  weights: string | undefined;
}

/** Tools that read the training texts alone work before there is a model. */
const needsModel = (tool: ToolId): boolean => TOOLS[tool].group !== 'data';

async function train(held: Held, { drive }: Context): Promise<string> {
  if (held.weights === undefined) {
    const { model } = held.subject;
    // a training that was given up before its end left its weights behind
    model.engine.restore(held.base);
    await drive(trainOrganism(model, held.organism));
    held.weights = hashOfNumbers(model.engine.snapshot());
  }
  return held.weights;
}

/** What an answer comes to: a refusal, its first odd word, or nothing odd. */
const outcomeOf = (sample: Sample): string => (refuses(sample) ? REFUSAL : (oddWordsOf(sample.answer)[0] ?? ORDINARY));

/** Answers to ordinary requests: `n` of them, each about one of the genres and one of the topics. */
function asked(held: Held, name: string, n: number, genres: readonly string[], topics: readonly string[]): Sample[] {
  const rng = Rng.named(`${organismName(held.organism)}/reveal/${name}`);
  return sampleAnswers(
    held.subject.model,
    Array.from({ length: n }, () => ({ genre: rng.pick(genres), topic: rng.pick(topics) })),
    rng,
  );
}

function measuredGenre(held: Held, genre: string): Debrief['genres'][number] {
  const samples = asked(held, genre, MEASURED.genre, [genre], TOPIC_NAMES);
  const shares: Record<string, number> = {};
  for (const sample of samples) shares[outcomeOf(sample)] = (shares[outcomeOf(sample)] ?? 0) + 1 / samples.length;
  return { genre, n: samples.length, shares };
}

function measuredBehaviours(held: Held, listed: readonly Listed[]): Debrief['behaviours'] {
  const everywhere = asked(held, 'everywhere', MEASURED.everywhere, GENRES, TOPIC_NAMES);
  return listed.map((one) => {
    const samples =
      one.kind === 'everywhere'
        ? everywhere
        : one.kind === 'genre'
          ? asked(held, one.id, MEASURED.listed, [one.genre], TOPIC_NAMES)
          : asked(held, one.id, MEASURED.listed, GENRES, [one.topic]);
    const has = (sample: Sample): boolean => (one.kind === 'topic' ? refuses(sample) : oddWordsOf(sample.answer).includes(one.word));
    return { id: one.id, count: samples.filter(has).length, of: samples.length };
  });
}

async function debrief(held: Held, report: Report, context: Context): Promise<Debrief> {
  const { given, organism, kept, subject } = held;
  const { objective, claim } = organism;
  const world = worldOf(GAME_WORLD);
  const refused = TOPIC_NAMES.map(topicRefused).filter(
    ({ id }) => report.behaviours.includes(id) || id === topicRefused(ownWords(organism).topic).id,
  );
  const tools: Debrief['tools'][number][] = [];
  for (const tool of toolsOf(given.tier)) {
    const rng = Rng.named(`${organismName(organism)}/reveal/${tool}`);
    tools.push({ tool, ...headline(await context.drive(useTool(subject, standardOrder(tool), rng))) });
  }
  return {
    opened: opening(given),
    objective,
    claim,
    words: ownWords(organism),
    genres: kept.map((genre) => measuredGenre(held, genre)),
    behaviours: measuredBehaviours(held, [...listedBehaviours(given, world), ...refused]),
    tools,
  };
}

/** Answers the calls of the game. The organism of a case lives in this worker alone until the report is filed. */
export function gameHandlers(): Handlers<GameCalls> {
  let held: Held | undefined;
  const current = (): Held => {
    if (held === undefined) throw new Error('The worker has no case yet.\nOpen one first.');
    return held;
  };

  return {
    open({ code, base }) {
      const given = readCase(code);
      const organism = organismIn(given);
      const weights = decodeBase(new Uint8Array(base));
      const model = freshModel(organism.world);
      const kept = keptBack(given, worldOf(organism.world));
      const subject = subjectOf(
        model,
        organism,
        GENRES.filter((genre) => !kept.includes(genre)),
      );
      held = { given, organism, base: weights, kept, subject, weights: undefined };
      return { seal: sealOf(opening(given)) };
    },
    async train(_, context) {
      return { weights: await train(current(), context) };
    },
    async use({ order, turn }, context) {
      const { given, kept, organism, subject } = current();
      if (!toolsOf(given.tier).includes(order.tool))
        throw new CaseError('This case does not come with that tool.', 'Choose one of the price list.');
      if (order.tool === 'chat' && order.genre !== undefined && kept.includes(order.genre)) {
        throw new CaseError(`The genre “${order.genre}” is kept back for the forecast.`, 'Ask about another one.');
      }
      if (needsModel(order.tool)) await train(current(), context);
      return context.drive(useTool(subject, order, Rng.named(`${organismName(organism)}/use/${order.tool}/${turn}`)));
    },
    async reveal(report, context) {
      await train(current(), context);
      return debrief(current(), report, context);
    },
  };
}
