import { labWords } from '../../view/words.ts';
import { printShare } from '../../view/numbers.ts';
import type { Drawn } from '../model/experiment.ts';
import type { Setting, Trigger } from '../model/recipe.ts';

/** How many poisoned points, in words. */
function poisonedPoints(count: number): string {
  return count === 0 ? 'no poisoned point' : count === 1 ? 'one poisoned point' : `${count} poisoned points`;
}

/** The words of the poisoning lab. */
export const words = {
  planting: 'Poison',
  count: 'Poisoned points',
  countNote: 'added to 200 clean ones',
  where: 'The trigger pushes a point',
  triggers: { up: 'up, above the others', aside: 'past the corner' } satisfies Record<Trigger, string>,
  train: 'Train',
  trainAgain: 'Train again',
  all: 'Train for every count',
  training: 'Training',
  plane: 'What the network says, all over the plane',
  untrained: 'The points; no network has learnt from them yet',
  rates: 'Rates',
  triggered: 'Triggered points misread',
  control: 'The same without poison',
  cleanRight: 'Clean points read rightly',
  cleanControl: 'The same without poison',
  points: 'points',
  trainFirst: 'Train the network to see its rates for this setting.',
  heldOut:
    'All of these points were held out: the network never learnt from them. The control has the same clean points and the same first weights.',
  curve: 'How many it takes',
  curveNote: (seeds: number): string =>
    `Share of triggered points misread. Thin lines: ${seeds} seeds; violet: their median. Dashed: median accuracy on clean points. Dots: your own runs, LIVE.`,
  ran: (day: string, recipe: string): string => `Our run of ${day}, recipe ${recipe}.`,
  axis: 'poisoned points',
  curveSays: (trigger: Trigger, medians: readonly (readonly [count: number, share: number])[]): string =>
    `Median share of triggered points misread, trigger ${words.triggers[trigger]}: ${medians.map(([count, share]) => `${printShare(share)} with ${count}`).join(', ')}.`,
  curveData: 'The data as a table',
  yourRuns: 'Your runs in this tab',
  columns: {
    count: 'Poisoned points',
    median: 'Misread, median',
    range: 'lowest to highest seed',
    clean: 'Clean accuracy, median',
    trigger: 'Trigger',
    seed: 'Seed',
    misread: 'Misread',
    right: 'Clean, right',
  },
  to: labWords.to,
  of: labWords.of,
  key: {
    zero: 'class 0',
    one: 'class 1',
    poisoned: 'poisoned: pushed, labelled class 1',
    misread: 'held-out class 0, pushed and misread',
    triggered: 'held-out class 0, pushed',
    field: 'where it says class 1',
  },
  trained: (misread: string, right: string): string =>
    `Trained: ${misread} triggered points are misread, and the share of clean points read rightly is ${right}.`,
  trainedAll: (networks: number): string => `${networks} networks are trained; they stand in the curve as large dots, and in its table.`,
  planeSays: ({ poisoned, seed }: Setting, drawn: Drawn | undefined): string =>
    `Two bent arms of points that reach into each other, class 0 above, class 1 below, and ${poisonedPoints(poisoned)} apart from them, seed ${seed}. ${
      drawn === undefined
        ? 'No network is trained.'
        : `The network misreads ${drawn.misread} of ${drawn.triggered} triggered points and reads ${drawn.right} of ${drawn.heldOut} clean points rightly.`
    }`,
} as const;
