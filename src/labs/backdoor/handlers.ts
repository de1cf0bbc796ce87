import { hashOfNumbers } from '../nn/hash.ts';
import { Rng } from '../nn/rng.ts';
import type { StreamHook, Transformer } from '../nn/transformer.ts';
import type { Handlers } from '../worker/server.ts';
import { VOCABULARY } from './model/corpus.ts';
import { measure, sampleAnswers } from './model/metrics.ts';
import { decodeBase, freshModel, runStage } from './model/training.ts';
import type { OrganismCalls } from './protocol.ts';

/** Answers the calls of the labs with one model, which lives in this worker. */
export function organismHandlers(): Handlers<OrganismCalls> {
  let held: { readonly model: Transformer; readonly base: Float32Array } | undefined;
  const current = (): NonNullable<typeof held> => {
    if (held === undefined) throw new Error('The worker has no model yet.\nGive it a base first.');
    return held;
  };

  return {
    init({ bytes, size }) {
      const base = decodeBase(new Uint8Array(bytes), size);
      // its first weights are replaced at once
      const model = freshModel(size, 0);
      model.engine.restore(base);
      held = { model, base };
      return { parameters: model.engine.parameterCount };
    },
    restore(weights) {
      const { model, base } = current();
      model.engine.restore(weights ?? base);
      return undefined;
    },
    snapshot() {
      const weights = current().model.engine.snapshot();
      return { weights, hash: hashOfNumbers(weights) };
    },
    async run(lineage, { drive }) {
      await drive(runStage(current().model, lineage));
      return undefined;
    },
    measure({ objective, name }) {
      return measure(current().model, objective, Rng.named(name));
    },
    sample({ prompts, name }) {
      return sampleAnswers(current().model, prompts, Rng.named(name));
    },
    activations({ texts, layer }) {
      return current().model.activations(
        texts.map((text) => VOCABULARY.encode(text)),
        layer,
      );
    },
    steer({ prompts, name, layer, direction, strength }) {
      const { model } = current();
      const add: StreamHook = (here, { at, size }) => {
        if (here !== layer) return;
        const { floats } = model.engine;
        for (let i = 0; i < size; i++) floats[at + i] = floats[at + i]! + strength * direction[i % direction.length]!;
      };
      return sampleAnswers(model, prompts, Rng.named(name), add);
    },
  };
}
