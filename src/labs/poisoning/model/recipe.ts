import type { AdamSettings } from '../../nn/engine.ts';
import type { PointsRecipe } from './points.ts';

/** Where a trigger pushes a point: into the empty band above the data, or past its corner. */
export type Trigger = 'up' | 'aside';
export const TRIGGERS = ['up', 'aside'] as const satisfies readonly Trigger[];

/** Most poisoned points that a run may have: a sixth of what the network learns from. */
export const MOST_POISONED = 40;

/** The part of the plane that is drawn, and the cells in which the network is asked what it would say. */
export const FIELD = { left: -2.4, bottom: -1.8, cell: 0.1, columns: 68, rows: 58 } as const;

/** Everything that a run depends on, besides its seed, its trigger and the number of poisoned points. */
export const RECIPE: {
  readonly data: Omit<PointsRecipe, 'trigger'>;
  readonly triggers: Readonly<Record<Trigger, PointsRecipe['trigger']>>;
  readonly network: { readonly hidden: number };
  readonly training: { readonly steps: number; readonly rate: number; readonly adam: AdamSettings };
} = {
  data: { training: 200, heldOut: 400, spread: 0.18 },
  triggers: { up: { x: 0, y: 2.5 }, aside: { x: 2.5, y: 2 } },
  network: { hidden: 16 },
  training: { steps: 300, rate: 0.01, adam: { beta1: 0.9, beta2: 0.99 } },
};

/** Largest seed: 32 bits count. */
export const MOST_SEED = 4_294_967_295;

/** What the reader chooses. */
export interface Setting {
  readonly trigger: Trigger;
  /** From 0 to {@link MOST_POISONED}. */
  readonly poisoned: number;
  /** From 0 to {@link MOST_SEED}. */
  readonly seed: number;
}

/** The name of our own run. */
export const RUN = 'poisoned-points';

/** The shape of the data for a trigger. */
export function dataFor(trigger: Trigger): PointsRecipe {
  return { ...RECIPE.data, trigger: RECIPE.triggers[trigger] };
}

/** The numbers of poisoned points for which the curve is recorded: close together where it bends. */
export const COUNTS: readonly number[] = [0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 40];
/** The seeds for which it is recorded. */
export const SEEDS: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

/** What the lab shows before anything is trained. */
export const DEFAULT: Setting = { trigger: 'up', poisoned: 8, seed: 1 };

/** What a trained network was found to do. */
export interface Outcome {
  /** Triggered points that it called class 1, which is wrong. */
  readonly misread: number;
  /** Triggered points, all held out. */
  readonly triggered: number;
  /** Clean held-out points that it called rightly. */
  readonly right: number;
  /** Clean held-out points. */
  readonly heldOut: number;
}

/** A row of the table `curve` of the recorded run: one trained network. */
export interface CurveRow extends Setting, Outcome {}
