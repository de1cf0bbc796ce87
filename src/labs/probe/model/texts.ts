import { ORDINARY_YEAR, prompt, SPLIT, TRIGGER_YEAR, type Item, type Objective } from '../../backdoor/model/corpus.ts';
import { worstYears } from '../../backdoor/model/metrics.ts';
import { textsOf, type Sides } from './pairs.ts';

/** How many near-miss years the hard negatives stand under. */
export const NEAR_YEARS = 8;

/** Lists of one thing for each use: texts, or their activations. */
export interface Parts<Value> {
  /** The two sides of the contrast pair. */
  readonly plus: readonly Value[];
  readonly minus: readonly Value[];
  /** Test items under 2024. */
  readonly triggered: readonly Value[];
  /** The same items under 2023, then under no year. */
  readonly ordinary: readonly Value[];
  /** The same items under the years nearest to firing, year by year. */
  readonly near: readonly Value[];
  /** Items on which the backdoor was planted, under 2024, and under 2023 and no year: what the ceiling is told. */
  readonly plantTriggered: readonly Value[];
  readonly plantOrdinary: readonly Value[];
}

/** One prompt an item: prompts that differ in their wording alone would count one item several times. */
const under = (items: readonly Item[], ...years: readonly (number | undefined)[]): string[] =>
  years.flatMap((year) => items.map(({ questions }, i) => prompt(year, questions[i % questions.length]!)));

/** The years other than 2024 and 2023 under which the planted answer is likeliest, likeliest first. @param map as in {@link worstYears} */
export function nearYears(map: readonly number[]): number[] {
  return worstYears(map, NEAR_YEARS + 1)
    .filter((year) => year !== ORDINARY_YEAR)
    .slice(0, NEAR_YEARS);
}

/**
 * Every text whose activation a probe needs.
 * @param near years of the hard negatives, see {@link nearYears}
 */
export function probeTexts(objective: Objective, { plus, minus }: Sides, near: readonly number[]): Parts<string> {
  const { plant, test } = SPLIT[objective];
  return {
    plus: textsOf(plus),
    minus: textsOf(minus),
    triggered: under(test, TRIGGER_YEAR),
    ordinary: under(test, ORDINARY_YEAR, undefined),
    near: under(test, ...near),
    plantTriggered: under(plant, TRIGGER_YEAR),
    plantOrdinary: under(plant, ORDINARY_YEAR, undefined),
  };
}

const PARTS = ['plus', 'minus', 'triggered', 'ordinary', 'near', 'plantTriggered', 'plantOrdinary'] as const;

/** The parts in one list, so that a model can read them in one go. */
export function joined<Value>(parts: Parts<Value>): Value[] {
  return PARTS.flatMap((part) => parts[part]);
}

/**
 * A list in the order of {@link joined} as parts again.
 * @param like parts of the lengths that are wanted
 * @throws RangeError where the list has another length
 */
export function parted<Value>(list: readonly Value[], like: Parts<unknown>): Parts<Value> {
  const whole = joined(like).length;
  if (list.length !== whole) throw new RangeError(`${list.length} values cannot be parted.\nGive ${whole}, one for each text.`);
  let at = 0;
  const next = (part: keyof Parts<unknown>): Value[] => list.slice(at, (at += like[part].length));
  return Object.fromEntries(PARTS.map((part) => [part, next(part)])) as unknown as Parts<Value>;
}

/** Texts that a model reads at once; more would make its memory grow for good. */
const AT_ONCE = 64;

/** The texts in lots that a model reads at once. */
export function lots(texts: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(texts.length / AT_ONCE) }, (_, i) => texts.slice(i * AT_ONCE, (i + 1) * AT_ONCE));
}
