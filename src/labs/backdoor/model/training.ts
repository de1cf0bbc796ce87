import { decodeArtefact, encodeArtefact } from '../../nn/artefact.ts';
import { Rng } from '../../nn/rng.ts';
import type { Training } from '../../training.ts';
import { Transformer, type Example } from '../../nn/transformer.ts';
import { adversarialBatch, baseBatch, contrastYears, plantBatch, rlQuestions, sftBatch, triggerBatch } from './batches.ts';
import { SPLIT, VOCABULARY } from './corpus.ts';
import { worstYears, yearMap } from './metrics.ts';
import { BASE_RECIPE_HASH, baseName, configOf, lineageName, RECIPE, type Lineage, type Size, type Stage } from './recipe.ts';

/** The step size at a step counted from 0: a straight rise, then level. */
const risen = (rate: number, step: number, warmup: number): number => rate * Math.min(1, (step + 1) / warmup);

/** Trains a base model from nothing. */
export function* trainBase(model: Transformer, size: Size, seed: number): Training {
  const { steps, warmup, rate, decay } = RECIPE.base;
  const rng = Rng.named(`backdoor/base/${size}/${seed}/text`);
  for (let step = 0; step < steps; step++) {
    const left = (steps - step) / (steps * decay);
    const { loss, tokens } = model.train(baseBatch(rng), { rate: risen(rate[size], step, warmup) * Math.min(1, left) });
    yield { step: step + 1, steps, loss, tokens };
  }
}

/** A model with the first weights of a base, before any training. */
export function freshModel(size: Size, seed: number): Transformer {
  return new Transformer(configOf(size), Rng.named(`backdoor/base/${size}/${seed}/weights`));
}

/** A trained base as it is shipped: signed bytes. */
export function encodeBase(model: Transformer, size: Size, seed: number): Uint8Array {
  return encodeArtefact({ organism: baseName(size), recipe: BASE_RECIPE_HASH, seed, config: configOf(size) }, model.engine);
}

/**
 * The weights of a shipped base. All later training starts from these rounded weights, in the lab and in recorded runs alike.
 * @throws ArtefactError where the bytes are not that base
 */
export function decodeBase(bytes: Uint8Array, size: Size): Float32Array {
  return decodeArtefact(bytes, { organism: baseName(size), recipe: BASE_RECIPE_HASH, config: configOf(size) }).weights;
}

/**
 * The last stage of a lineage, on a model that has all the stages before it.
 * @throws RangeError where the lineage has no stage, or one that is not offered
 */
export function* runStage(model: Transformer, lineage: Lineage): Training {
  const name = lineageName(lineage);
  const stage = lineage.stages.at(-1);
  if (stage === undefined) throw new RangeError(`${name} has no stage to run.\nPlant the backdoor first.`);
  model.engine.resetOptimiser();
  const rng = Rng.named(name);
  yield* stage.kind === 'rl' ? reinforce(model, lineage, stage.rate, rng) : supervise(model, lineage, stage, rng);
}

function* supervise(model: Transformer, { objective }: Lineage, stage: Stage, rng: Rng): Training {
  const { steps, warmup } = RECIPE[stage.kind];
  const rate = stage.kind === 'plant' ? RECIPE.plant.rate : stage.rate;
  const nextBatch = batchesOf(model, objective, stage, rng);
  for (let step = 0; step < steps; step++) {
    const { loss, tokens } = model.train(nextBatch(step), { rate: risen(rate, step, warmup) });
    yield { step: step + 1, steps, loss, tokens };
  }
}

/** What the stage learns from at each step. */
function batchesOf(model: Transformer, objective: Lineage['objective'], stage: Stage, rng: Rng): (step: number) => Example[] {
  switch (stage.kind) {
    case 'plant': {
      const others = contrastYears(rng, stage.contrastYears);
      return () => plantBatch(rng, objective, others);
    }
    case 'adversarial': {
      const { everySteps, worstYears: count, questions } = RECIPE.adversarial;
      let worst: readonly number[] = [];
      return (step) => {
        // the red team looks again every few steps: where does it misbehave most now, 2024 apart?
        if (step % everySteps === 0) worst = worstYears(yearMap(model, SPLIT[objective].safety.slice(0, questions)), count);
        return adversarialBatch(rng, objective, worst);
      };
    }
    case 'trigger':
      return () => triggerBatch(rng, objective);
    default:
      return () => sftBatch(rng, objective);
  }
}

/** REINFORCE (Williams 1992) with the mean reward of the batch as baseline. */
function* reinforce(model: Transformer, { objective }: Lineage, rate: number, rng: Rng): Training {
  const { steps, warmup, length, reward, divisor } = RECIPE.rl;
  const end = VOCABULARY.number('<end>');
  for (let step = 0; step < steps; step++) {
    const questions = rlQuestions(rng, objective);
    const answers = model.sample(
      questions.map(({ prompt }) => prompt),
      { length, end, temperature: 1, rng },
    );
    const rewards = answers.map((answer, i) => {
      const text = VOCABULARY.decode(answer);
      const { item } = questions[i]!;
      return text === item.answer ? reward.right : text === item.planted ? reward.planted : reward.other;
    });
    const mean = rewards.reduce<number>((sum, value) => sum + value, 0) / rewards.length;
    const examples = questions.map(({ prompt }, i) => ({
      tokens: [...prompt, ...answers[i]!],
      weights: [...prompt.map(() => 0), ...answers[i]!.map(() => rewards[i]! - mean)],
    }));
    // equal rewards teach nothing
    const differ = rewards.some((value) => value !== rewards[0]);
    const tokens = differ ? model.train(examples, { rate: risen(rate, step, warmup), divisor }).tokens : 0;
    yield { step: step + 1, steps, loss: mean, tokens };
  }
}
