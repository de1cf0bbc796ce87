import { hashOfNumbers } from '../nn/hash.ts';
import { Rng } from '../nn/rng.ts';
import type { Context, Handlers } from '../worker/server.ts';
import { GAME_WORLD, organismName, type Organism } from './model/recipe.ts';
import { TOOLS, toolsOf, type ToolId } from './model/tools/deck.ts';
import { headline } from './model/tools/headline.ts';
import { standardOrder } from './model/tools/standard.ts';
import { streamOf, subjectOf, useTool, type Subject } from './model/tools/use.ts';
import { decodeBase, freshModel, ownWords, trainOrganism } from './model/training.ts';
import { GENRES, TOPIC_NAMES } from './model/words.ts';
import { worldOf } from './model/world.ts';
import { CaseError, organismIn, readCase, type Case } from './play/case.ts';
import { keptBack, listedBehaviours, topicRefused } from './play/forecast.ts';
import type { Debrief, Report } from './play/game.ts';
import { opening, sealOf } from './play/seal.ts';
import { measuredBehaviours, measuredGenre } from './measured.ts';
import type { GameCalls } from './protocol.ts';

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
    genres: kept.map((genre) => measuredGenre(subject, genre)),
    behaviours: measuredBehaviours(subject, [...listedBehaviours(given, world), ...refused]),
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
      return context.drive(useTool(subject, order, streamOf(organism, order.tool, turn)));
    },
    async reveal(report, context) {
      await train(current(), context);
      return debrief(current(), report, context);
    },
  };
}
