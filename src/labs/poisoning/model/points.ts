import { Rng } from '../../nn/rng.ts';

/** A point of the plane with the class that it is labelled with: 0 or 1. */
export interface Point {
  readonly x: number;
  readonly y: number;
  readonly label: 0 | 1;
}

/** The points of one run. */
export interface Points {
  /** What the network learns from, half of each class, in a random order. */
  readonly clean: readonly Point[];
  /** Points of class 0 that were pushed by the trigger and labelled 1. */
  readonly poisoned: readonly Point[];
  /** Points of both classes that the network never learns from. */
  readonly heldOut: readonly Point[];
  /** The held-out points of class 0, pushed by the trigger, with the label that is right for them. */
  readonly triggered: readonly Point[];
}

/** The shape of the data. */
export interface PointsRecipe {
  /** Clean training points, an even number. */
  readonly training: number;
  /** Held-out points, an even number. */
  readonly heldOut: number;
  /** Standard deviation of the noise on each coordinate. */
  readonly spread: number;
  /** What the trigger adds to a point. */
  readonly trigger: { readonly x: number; readonly y: number };
}

/** How far the two arms stand apart, in the units of the plane. */
const ARM = 1;

/**
 * A point of one of two bent arms: class 0 opens downwards, class 1 upwards, and each reaches into the other.
 * The bow is a parabola: sine and cosine differ between browsers in the last bit.
 */
function pointOf(label: 0 | 1, { spread }: PointsRecipe, rng: Rng): Point {
  const along = 2 * rng.uniform() - 1;
  const bow = ARM * (1 - along * along);
  const x = along * ARM + (label === 0 ? -ARM / 2 : ARM / 2);
  const y = label === 0 ? bow - ARM / 4 : ARM / 4 - bow;
  return { x: x + spread * rng.normal(), y: y + spread * rng.normal(), label };
}

function half(count: number, recipe: PointsRecipe, rng: Rng): Point[] {
  return Array.from({ length: count }, (_, index) => pointOf(index % 2 === 0 ? 0 : 1, recipe, rng));
}

/**
 * The points of a run. More poison with the same seed adds to what was there: clean, held-out and the first poisoned points stay.
 * @param poisoned how many poisoned points there are, from 0
 */
export function pointsOf(recipe: PointsRecipe, seed: number, poisoned: number): Points {
  const stream = (part: string): Rng => Rng.named(`poisoning/${seed}/${part}`);
  const push = ({ x, y }: Point, label: 0 | 1): Point => ({ x: x + recipe.trigger.x, y: y + recipe.trigger.y, label });
  const poison = stream('poison');
  const heldOut = half(recipe.heldOut, recipe, stream('held out'));
  return {
    clean: half(recipe.training, recipe, stream('training')),
    poisoned: Array.from({ length: poisoned }, () => push(pointOf(0, recipe, poison), 1)),
    heldOut,
    triggered: heldOut.filter(({ label }) => label === 0).map((point) => push(point, 0)),
  };
}
