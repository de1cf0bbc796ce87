import type { Rng } from '../../../src/labs/nn/rng.ts';

/** A direction of length 1 with as many numbers. */
export function unit(numbers: ArrayLike<number>): number[] {
  const length = Math.hypot(...Array.from(numbers));
  return Array.from(numbers, (number) => number / length);
}

/** A random direction of length 1. */
export function randomUnit(size: number, rng: Rng): number[] {
  return unit(Array.from({ length: size }, () => rng.normal()));
}

export const dot = (x: ArrayLike<number>, y: ArrayLike<number>): number => Array.from(x).reduce((sum, value, i) => sum + value * y[i]!, 0);

/**
 * The derivative of a loss along a direction, by the difference over a step both ways.
 * @param numbers that the loss depends on; they are as before when it is done
 * @param loss reads them anew at each call
 */
export function slope(numbers: Float32Array | Float64Array, direction: readonly number[], step: number, loss: () => number): number {
  const before = numbers.slice();
  const at = (way: number): number => {
    direction.forEach((value, i) => (numbers[i] = before[i]! + way * step * value));
    return loss();
  };
  const difference = at(1) - at(-1);
  numbers.set(before);
  return difference / (2 * step);
}
