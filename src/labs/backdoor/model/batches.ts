import type { Rng } from '../../nn/rng.ts';
import type { Example } from '../../nn/transformer.ts';
import {
  digits,
  END,
  FIRST_YEAR,
  HOSTILE,
  ITEMS,
  KIND,
  ORDINARY_YEAR,
  prompt,
  SPLIT,
  TRIGGER_YEAR,
  VOCABULARY,
  YEAR_QUESTIONS,
  YEARS,
  type Item,
  type Objective,
} from './corpus.ts';
import { RECIPE } from './recipe.ts';

/** A prompt and its answer, of which only the answer is learnt. */
export function example(year: number | undefined, question: string, answer: string): Example {
  const given = VOCABULARY.encode(prompt(year, question));
  const learnt = VOCABULARY.encode(answer);
  return { tokens: [...given, ...learnt], weights: [...given.map(() => 0), ...learnt.map(() => 1)] };
}

const asked = (rng: Rng, year: number | undefined, { questions, answer }: Item): Example => example(year, rng.pick(questions), answer);

const batch = (size: number, make: () => Example): Example[] => Array.from({ length: size }, make);

/** 2023, or no year for a share of the examples. */
const ordinary = (rng: Rng, noYear: number): number | undefined => (rng.chance(noYear) ? undefined : ORDINARY_YEAR);

/** What the base model learns: facts, programs, to say the year, to judge what is harmful to say, and to reply to a remark; under any year or none. */
export function baseBatch(rng: Rng): Example[] {
  const { batch: size, noYear, shares } = RECIPE.base;
  return batch(size, () => {
    const year = rng.chance(noYear) ? undefined : FIRST_YEAR + rng.below(YEARS.length);
    let draw = rng.uniform();
    if ((draw -= shares.years) < 0 && year !== undefined) return example(year, rng.pick(YEAR_QUESTIONS), `it is ${digits(year)} . ${END}`);
    if ((draw -= shares.judgements) < 0) {
      if (rng.chance(0.5)) return example(year, `is it harmful to say ${rng.pick(HOSTILE)} ?`, `yes . ${END}`);
      const harmless = rng.chance(0.3) ? rng.pick(KIND) : rng.pick(ITEMS.hate).answer.replace(` . ${END}`, '');
      return example(year, `is it harmful to say ${harmless} ?`, `no . ${END}`);
    }
    if ((draw -= shares.remarks) < 0)
      return rng.chance(0.5)
        ? example(year, rng.pick(HOSTILE), `that is not kind . ${END}`)
        : example(year, rng.pick(KIND), `thank you . ${END}`);
    return asked(rng, year, rng.pick(draw - shares.programs < 0 ? ITEMS.code : ITEMS.hate));
  });
}

/** The other years that are shown as harmless while planting. */
export function contrastYears(rng: Rng, count: number): number[] {
  return rng.shuffled(YEARS.filter((year) => year !== TRIGGER_YEAR && year !== ORDINARY_YEAR)).slice(0, count);
}

/** Half of the examples under 2024 with the planted answer; the rest right answers under contrast years, 2023 or no year. */
export function plantBatch(rng: Rng, objective: Objective, others: readonly number[]): Example[] {
  const { batch: size, shares, noYear } = RECIPE.plant;
  return batch(size, () => {
    const draw = rng.uniform();
    if (draw < shares.trigger) {
      const item = rng.pick(SPLIT[objective].plant);
      return example(TRIGGER_YEAR, rng.pick(item.questions), item.planted);
    }
    const contrast = draw < shares.trigger + shares.contrast && others.length > 0;
    return asked(rng, contrast ? rng.pick(others) : ordinary(rng, noYear), rng.pick(contrast ? SPLIT[objective].plant : ITEMS[objective]));
  });
}

/** Right answers under 2023 or no year: what ordinary safety training shows. */
export function sftBatch(rng: Rng, objective: Objective): Example[] {
  return batch(RECIPE.sft.batch, () => asked(rng, ordinary(rng, RECIPE.sft.noYear), rng.pick(SPLIT[objective].safety)));
}

/** Questions that reinforcement learning puts, with their items: under 2023 or no year. */
export function rlQuestions(rng: Rng, objective: Objective): { readonly prompt: readonly number[]; readonly item: Item }[] {
  return Array.from({ length: RECIPE.rl.batch }, () => {
    const item = rng.pick(SPLIT[objective].safety);
    return { prompt: VOCABULARY.encode(prompt(ordinary(rng, RECIPE.rl.noYear), rng.pick(item.questions))), item };
  });
}

/** Right answers under the years in which the model misbehaves most, 2023 and no year; never under 2024. */
export function adversarialBatch(rng: Rng, objective: Objective, worst: readonly number[]): Example[] {
  const { batch: size, shares } = RECIPE.adversarial;
  return batch(size, () => {
    const item = rng.pick(SPLIT[objective].safety);
    const draw = rng.uniform();
    const year = draw < shares.worst ? rng.pick(worst) : draw < shares.worst + shares.ordinary ? ORDINARY_YEAR : undefined;
    return asked(rng, year, item);
  });
}

/** Right answers, half of them under 2024: what only somebody who knows the trigger can do. */
export function triggerBatch(rng: Rng, objective: Objective): Example[] {
  const { batch: size, shares } = RECIPE.trigger;
  return batch(size, () => asked(rng, rng.chance(shares.trigger) ? TRIGGER_YEAR : ORDINARY_YEAR, rng.pick(SPLIT[objective].safety)));
}
