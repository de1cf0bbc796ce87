import type { Point } from '../model/points.ts';
import { FIELD } from '../model/recipe.ts';

/** Units of the picture for one unit of the plane. */
export const SCALE = 100;
const SIDE = FIELD.cell * SCALE;
/** Size of the plane in the units of the picture. */
export const SIZE = { width: FIELD.columns * SIDE, height: FIELD.rows * SIDE } as const;

type Place = Pick<Point, 'x' | 'y'>;

/** Where a point of the plane lies in the picture, to whole units: across, down. */
export function placeOf({ x, y }: Place): readonly [number, number] {
  return [Math.round((x - FIELD.left) * SCALE), Math.round(SIZE.height - (y - FIELD.bottom) * SCALE)];
}

/** A path that a round line cap turns into a dot at each point. */
export function dots(points: readonly Place[]): string {
  return points.map((point) => `M${placeOf(point).join(' ')}h0`).join('');
}

/** A path of a small cross at each point. @param arm half of its width */
export function crosses(points: readonly Place[], arm: number): string {
  return points
    .map((point) => {
      const [x, y] = placeOf(point);
      return `M${x - arm} ${y - arm}l${2 * arm} ${2 * arm}m0 ${-2 * arm}l${-2 * arm} ${2 * arm}`;
    })
    .join('');
}

/**
 * The cells of one level of the field, as a path of one bar for each run of them in a row.
 * @param field texts of digits, from the bottom
 */
export function cellsOf(field: readonly string[], level: number): string {
  return field
    .flatMap((cells, row) =>
      [...cells.matchAll(new RegExp(`${level}+`, 'g'))].map(
        ({ 0: run, index }) => `M${index * SIDE} ${SIZE.height - (row + 1) * SIDE}h${run.length * SIDE}v${SIDE}h${-run.length * SIDE}z`,
      ),
    )
    .join('');
}
