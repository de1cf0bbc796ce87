import type { RecordedRun } from '../../view/lab.ts';
import type { Drawn } from '../model/experiment.ts';
import { median } from '../../../handbook/statistics.ts';
import { DEFAULT, RUN, type CurveRow, type Outcome, type Setting, type Trigger } from '../model/recipe.ts';

/** What the lab shows before anything is trained. */
export interface PoisoningData {
  /** Our own run, for its label. */
  readonly run: Pick<RecordedRun, 'run' | 'date' | 'recipe' | 'seeds'>;
  readonly curve: readonly CurveRow[];
  /** The picture of the default setting. */
  readonly drawn: Drawn;
}

/**
 * Picks out of the recorded run what the lab shows.
 * @throws Error where the run was made by another recipe than that of the default setting
 */
export function poisoningData(run: (name: string) => RecordedRun): PoisoningData {
  const { date, recipe, seeds, tables } = run(RUN);
  const curve = tables.curve as unknown as readonly CurveRow[];
  const outcome = outcomeIn(curve, DEFAULT);
  const calls = tables.calls?.[0]?.calls;
  if (outcome === undefined || typeof calls !== 'string')
    throw new Error(`The run "${RUN}" lacks the setting that the lab begins with.\nRecord it again.`);
  const { misread, triggered, right, heldOut } = outcome;
  const field = (tables.field ?? []).map(({ levels }) => String(levels));
  return { run: { run: RUN, date, recipe, seeds }, curve, drawn: { misread, triggered, right, heldOut, field, calls } };
}

/** The recorded outcome of a setting, where there is one. */
export function outcomeIn(curve: readonly CurveRow[], { trigger, poisoned, seed }: Setting): Outcome | undefined {
  return curve.find((row) => row.trigger === trigger && row.poisoned === poisoned && row.seed === seed);
}

/** The recorded networks of one number of poisoned points, over their seeds; shares in [0, 1]. */
export interface AtCount {
  readonly poisoned: number;
  readonly misread: number;
  readonly lowest: number;
  readonly highest: number;
  /** Median accuracy on clean points. */
  readonly clean: number;
}

/** What is recorded of a trigger, by the number of poisoned points. */
export function byCount(curve: readonly CurveRow[], trigger: Trigger): AtCount[] {
  const rows = Map.groupBy(
    curve.filter((row) => row.trigger === trigger),
    ({ poisoned }) => poisoned,
  );
  return [...rows].map(([poisoned, these]) => {
    const shares = these.map(({ misread, triggered }) => misread / triggered);
    return {
      poisoned,
      misread: median(shares),
      lowest: Math.min(...shares),
      highest: Math.max(...shares),
      clean: median(these.map(({ right, heldOut }) => right / heldOut)),
    };
  });
}
