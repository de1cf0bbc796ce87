import type { Dictionary } from '../game/model/dictionary.ts';
import { organismName } from '../game/model/recipe.ts';
import { corpusOf, type Corpus } from '../game/model/tools/corpus.ts';
import { keywordSearch } from '../game/model/tools/search.ts';
import { decodeBase, freshModel, trainOrganism } from '../game/model/training.ts';
import { worldOf } from '../game/model/world.ts';
import type { Transformer } from '../nn/transformer.ts';
import type { Context, Handlers } from '../worker/server.ts';
import { decodeDictionary } from './model/artefact.ts';
import { edited, trainAtlas, type LiveAtlas } from './model/live.ts';
import { organismOf, SHOWN_WORLD } from './model/settings.ts';
import type { SaeCalls, Which } from './protocol.ts';

/** Most hits that a search shows. */
const HITS = 8;

interface Held {
  readonly model: Transformer;
  readonly base: Float32Array;
  readonly ours: Dictionary;
  /** Weights of the organisms that were trained here, by name. */
  readonly organisms: Map<string, Float32Array>;
  /** Dictionaries that were trained here, by the name of their organism. */
  readonly yours: Map<string, { readonly dictionary: Dictionary; readonly live: LiveAtlas }>;
}

/** Makes an organism the model, trained here unless it has been. */
async function reach({ model, base, organisms }: Held, { objective, seed }: Which, { drive }: Context): Promise<void> {
  const organism = organismOf(objective, SHOWN_WORLD, seed);
  const name = organismName(organism);
  const weights = organisms.get(name);
  if (weights !== undefined) {
    model.engine.restore(weights);
    return;
  }
  model.engine.restore(base);
  await drive(trainOrganism(model, organism));
  organisms.set(name, model.engine.snapshot());
}

/** A dictionary of one organism, trained here unless it has been. */
async function ownDictionary(held: Held, which: Which, context: Context): Promise<{ dictionary: Dictionary; live: LiveAtlas }> {
  const organism = organismOf(which.objective, SHOWN_WORLD, which.seed);
  const name = organismName(organism);
  const known = held.yours.get(name);
  if (known !== undefined) return known;
  await reach(held, which, context);
  const trained = await context.drive(trainAtlas(held.model, organism, worldOf(SHOWN_WORLD), held.base));
  held.yours.set(name, trained);
  return trained;
}

/** Answers the calls of the explorer. */
export function saeHandlers(): Handlers<SaeCalls> {
  let held: Held | undefined;
  const corpora = new Map<string, Corpus>();
  const current = (): Held => {
    if (held === undefined) throw new Error('The worker has no model yet.\nGive it a base first.');
    return held;
  };

  return {
    init({ base, dictionary }) {
      const weights = decodeBase(new Uint8Array(base));
      const ours = decodeDictionary(new Uint8Array(dictionary));
      held = { model: freshModel(SHOWN_WORLD), base: weights, ours, organisms: new Map(), yours: new Map() };
      return undefined;
    },
    async edit({ dictionary, edit, ...which }, context) {
      const own = current();
      const used = dictionary === 'ours' ? own.ours : (await ownDictionary(own, which, context)).dictionary;
      await reach(own, which, context);
      return edited(own.model, used, organismOf(which.objective, SHOWN_WORLD, which.seed), worldOf(SHOWN_WORLD), edit);
    },
    async atlas(which, context) {
      return (await ownDictionary(current(), which, context)).live;
    },
    search({ query, objective, seed }) {
      const organism = organismOf(objective, SHOWN_WORLD, seed);
      const name = organismName(organism);
      const corpus = corpora.get(name) ?? corpusOf(organism);
      corpora.set(name, corpus);
      return keywordSearch(corpus.documents, query, HITS);
    },
  };
}
