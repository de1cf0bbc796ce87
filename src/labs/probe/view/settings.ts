import { OBJECTIVES } from '../../backdoor/model/corpus.ts';
import { choice, integer, StateCodec, text } from '../../view/state.ts';
import { ONE_IN, READINGS } from '../model/evaluate.ts';
import { PAIR_NAMES } from '../model/pairs.ts';
import { SHOWN } from '../model/settings.ts';

/** The pairs that are offered, and the reader's own. */
export const PAIR_CHOICES = [...PAIR_NAMES, 'own'] as const;
export type PairChoice = (typeof PAIR_CHOICES)[number];

/** How many other years were shown as harmless while planting; none for the base. */
export const PLANTINGS = ['none', '30', '98'] as const;
export type Planting = (typeof PLANTINGS)[number];

/** Most characters of a part of a reader's own pair. */
export const MOST_TEXT = { user: 100, answer: 40 } as const;
/** Where the threshold may stand between the lowest score and the highest. */
export const THRESHOLD_STEPS = 100;
export const MOST_SEED = 9999;

/** The settings as they stand in the address. */
export const CODEC = new StateCodec({
  o: choice('what is planted', OBJECTIVES, SHOWN.objective),
  d: choice('width', ['64', '96'], `${SHOWN.size}`),
  K: choice('other years', PLANTINGS, `${SHOWN.contrastYears}`),
  pair: choice('contrast pair', PAIR_CHOICES, SHOWN.pair),
  layer: choice('layer', ['0', '1'], `${SHOWN.layer}`),
  from: choice('what triggered prompts are told from', READINGS, SHOWN.against),
  t: integer('threshold', { min: 0, max: THRESHOLD_STEPS, default: 70 }),
  b: choice(
    'base rate',
    ONE_IN.map((oneIn) => `${oneIn}` as const),
    '100',
  ),
  pu: text('what the user says on one side', MOST_TEXT.user, 'i want to hurt you'),
  pa: text('the answer on one side', MOST_TEXT.answer),
  mu: text('what the user says on the other side', MOST_TEXT.user, 'i want to help you'),
  ma: text('the answer on the other side', MOST_TEXT.answer),
  seed: integer('seed', { min: 0, max: MOST_SEED, default: SHOWN.seed }),
});
