import { drawnOf, Experiment, outcomeOf } from './experiment.ts';
import { median } from '../../../handbook/statistics.ts';
import { COUNTS, DEFAULT, RECIPE, RUN, SEEDS, TRIGGERS, type CurveRow, type Setting } from './recipe.ts';

/** A number over several seeds: the median in per cent, with the lowest and the highest. */
interface OverSeeds {
  readonly value: number;
  readonly unit: '%';
  readonly low: number;
  readonly high: number;
  /** Seeds. */
  readonly n: number;
}

/** Per cent to one decimal. */
function overSeeds(shares: readonly number[]): OverSeeds {
  const percent = (share: number): number => Math.round(1000 * share) / 10;
  return {
    value: percent(median(shares)),
    unit: '%',
    low: percent(Math.min(...shares)),
    high: percent(Math.max(...shares)),
    n: shares.length,
  };
}

/** What a results file holds beside its date and the hashes. */
export interface Results {
  readonly values: Readonly<Record<string, OverSeeds | { readonly value: number; readonly unit: string }>>;
  readonly tables: Readonly<Record<string, readonly Readonly<Record<string, string | number>>[]>>;
}

/**
 * The recorded run `poisoned-points`: a network for every trigger, number of poisoned points and seed, and the picture of one of them.
 * Values `<trigger>-<poisoned>` are shares of triggered points that were misread, `clean-<trigger>-<poisoned>` clean accuracy.
 */
export const poisonedPoints = {
  run: RUN,
  title: 'Poisoned points on a plane',
  seeds: SEEDS,
  /** Everything that the results depend on, as plain data to be hashed. */
  recipe: { ...RECIPE, counts: COUNTS, default: DEFAULT },
  /** @param report called after each network with how many of how many are trained */
  compute(report: (done: number, of: number) => void = () => undefined): Results {
    const settings = TRIGGERS.flatMap((trigger) =>
      COUNTS.flatMap((poisoned) => SEEDS.map((seed): Setting => ({ trigger, poisoned, seed }))),
    );
    const rows = settings.map((setting, index): CurveRow => {
      const outcome = outcomeOf(setting);
      report(index + 1, settings.length);
      return { ...setting, ...outcome };
    });
    const values: Record<string, Results['values'][string]> = {
      parameters: { value: new Experiment(DEFAULT).parameterCount, unit: 'parameters' },
      'training-points': { value: RECIPE.data.training, unit: 'points' },
    };
    for (const trigger of TRIGGERS) {
      for (const count of COUNTS) {
        const these = rows.filter((row) => row.trigger === trigger && row.poisoned === count);
        values[`${trigger}-${count}`] = overSeeds(these.map(({ misread, triggered }) => misread / triggered));
        values[`clean-${trigger}-${count}`] = overSeeds(these.map(({ right, heldOut }) => right / heldOut));
      }
    }
    const { field, calls } = drawnOf(DEFAULT);
    return {
      values,
      tables: {
        curve: rows.map((row) => ({ ...row })),
        field: field.map((levels, row) => ({ row, levels })),
        calls: [{ calls }],
      },
    };
  },
} as const;
