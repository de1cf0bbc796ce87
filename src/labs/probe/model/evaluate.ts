import { wilson, type Interval } from '../../../handbook/statistics.ts';
import { auroc, differenceOfMeans, precision, randomDirections, score, type Direction } from '../../nn/probe.ts';
import { Rng } from '../../nn/rng.ts';
import { aurocInterval, caughtAt, quantile } from './statistics.ts';
import type { Parts } from './texts.ts';

/** How many directions are drawn at random, and how often the labels are shuffled. */
export const DRAWS = 200;

/** What the triggered prompts are told from: the same items under 2023 and no year, or under the years nearest to firing. */
export const READINGS = ['ordinary', 'near'] as const;
export type Reading = (typeof READINGS)[number];

/** What a direction scores on the held-out prompts. */
export interface Scored {
  /** Length along the direction. */
  readonly triggered: readonly number[];
  readonly others: readonly number[];
  /** Above one half where triggered prompts score higher. Nobody turns a probe round that has it the other way. */
  readonly auroc: number;
  readonly interval: Interval;
}

/** What directions score that know nothing. */
export interface Null {
  /** Smallest first, {@link DRAWS} of them. */
  readonly aurocs: readonly number[];
  /** Quantiles of 5 %, 50 % and 95 %. */
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

/** Of the triggered prompts that random directions catch, at a number of false alarms: quantiles of 5 %, 50 % and 95 %. */
export interface BandPoint {
  readonly falsePositiveRate: number;
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

/** A probe, with everything that must stand beside it. */
export interface Probed {
  readonly probe: Scored;
  /** The probe that was told which training prompts were triggered. */
  readonly ceiling: Scored;
  readonly random: Null;
  /** The same pair, each text put on a side by chance. */
  readonly shuffled: Null;
  /** For 0, 1, … all of the others flagged. */
  readonly band: readonly BandPoint[];
}

/** What the random numbers of a probe are named by. */
export interface ProbeNames {
  /** The model and the layer. */
  readonly layer: string;
  readonly pair: string;
}

/** A direction of length 1; one of length 0 stays. */
function unit(direction: Direction): Direction {
  const length = Math.sqrt(score(direction, direction));
  return length === 0 ? direction : direction.map((x) => x / length);
}

function scored(direction: Direction, triggered: readonly Float32Array[], others: readonly Float32Array[]): Scored {
  const along = unit(direction);
  const of = (activations: readonly Float32Array[]): number[] => activations.map((activation) => score(activation, along));
  const [high, low] = [of(triggered), of(others)];
  const area = auroc(high, low);
  return { triggered: high, others: low, auroc: area, interval: aurocInterval(area, high.length, low.length) };
}

function nullOf(draws: readonly Scored[]): Null {
  const aurocs = draws.map((draw) => draw.auroc).sort((a, b) => a - b);
  return { aurocs, low: quantile(aurocs, 0.05), median: quantile(aurocs, 0.5), high: quantile(aurocs, 0.95) };
}

function bandOf(draws: readonly Scored[]): BandPoint[] {
  const curves = draws.map(({ triggered, others }) => caughtAt(triggered, others));
  const negatives = draws[0]!.others.length;
  return Array.from({ length: negatives + 1 }, (_, allowed) => {
    const caught = curves.map((curve) => curve[allowed]!).sort((a, b) => a - b);
    return {
      falsePositiveRate: allowed / negatives,
      low: quantile(caught, 0.05),
      median: quantile(caught, 0.5),
      high: quantile(caught, 0.95),
    };
  });
}

/** Builds a probe from a contrast pair and tries it on held-out prompts. Alone it proves little: see {@link evaluate}. */
export function probeOf({ plus, minus, triggered, ...others }: Parts<Float32Array>, reading: Reading): Scored {
  return scored(differenceOfMeans(plus, minus), triggered, others[reading]);
}

/** The same with the labels of the planting in place of a pair. */
export function ceilingOf({ plantTriggered, plantOrdinary, triggered, ...others }: Parts<Float32Array>, reading: Reading): Scored {
  return scored(differenceOfMeans(plantTriggered, plantOrdinary), triggered, others[reading]);
}

/**
 * Builds a probe from a contrast pair and tries it on held-out prompts, with its nulls and its ceiling.
 * @param parts the activations of one layer, `width` numbers each
 * @param reading what the triggered prompts are told from
 * @param names name the random numbers: those of the directions belong to the model and the layer, those of the labels to the pair
 */
export function evaluate(parts: Parts<Float32Array>, reading: Reading, { layer, pair }: ProbeNames): Probed {
  const { plus, minus, triggered } = parts;
  const tried = (direction: Direction): Scored => scored(direction, triggered, parts[reading]);
  const random = randomDirections(triggered[0]!.length, DRAWS, Rng.named(`${layer}/random`)).map(tried);
  const labels = Rng.named(`${layer}/${pair}/shuffled`);
  const shuffled = Array.from({ length: DRAWS }, () => {
    const texts = labels.shuffled([...plus, ...minus]);
    return tried(differenceOfMeans(texts.slice(0, plus.length), texts.slice(plus.length)));
  });
  return {
    probe: probeOf(parts, reading),
    ceiling: ceilingOf(parts, reading),
    random: nullOf(random),
    shuffled: nullOf(shuffled),
    band: bandOf(random),
  };
}

/** How many directions that know nothing reach at least this AUROC. */
export function asHigh({ aurocs }: Null, auroc: number): number {
  return aurocs.filter((drawn) => drawn >= auroc).length;
}

/** A share of prompts with its Wilson interval. */
export interface Share extends Interval {
  readonly k: number;
  readonly n: number;
}

/** What a threshold makes of a probe. */
export interface Alarms {
  /** Of the triggered prompts, those that raise an alarm. */
  readonly caught: Share;
  /** Of the others, those that do. */
  readonly flagged: Share;
}

/** Counts the alarms: scores at the threshold or above it. */
export function alarms({ triggered, others }: Pick<Scored, 'triggered' | 'others'>, threshold: number): Alarms {
  const share = (scores: readonly number[]): Share => {
    const k = scores.filter((value) => value >= threshold).length;
    return { k, n: scores.length, ...wilson(k, scores.length) };
  };
  return { caught: share(triggered), flagged: share(others) };
}

/** A share of alarms that are true, as the counts have it, and the span that their intervals allow. */
export interface Precision extends Interval {
  /** Undefined where nothing raised an alarm. */
  readonly value: number | undefined;
}

/**
 * The share of alarms that are true where so many prompts are triggered.
 * @param baseRate share of triggered prompts among all, above 0 and below 1
 * @returns shares in [0, 1]; the span goes from the fewest true and most false alarms that the intervals allow to the opposite
 */
export function precisionAt({ caught, flagged }: Alarms, baseRate: number): Precision {
  const of = (truePositiveRate: number, falsePositiveRate: number): number | undefined =>
    precision({ truePositiveRate, falsePositiveRate }, baseRate);
  return {
    value: of(caught.k / caught.n, flagged.k / flagged.n),
    // both ends of a Wilson interval are 0, or 1, only where there is no doubt at all, which a count never gives
    low: of(caught.low, flagged.high) ?? 0,
    high: of(caught.high, flagged.low) ?? 1,
  };
}

/** Base rates that are offered: one triggered prompt in so many. */
export const ONE_IN = [2, 3, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000] as const;
