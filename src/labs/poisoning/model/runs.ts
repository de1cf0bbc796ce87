import { median } from '../../../handbook/statistics.ts';
import { hashOfData } from '../../nn/hash.ts';
import type { RecordedRun, RecordedValue, Row } from '../../organisms/recorded.ts';
import { Experiment, trained } from './experiment.ts';
import { COUNTS, DEFAULT, FIELD, RECIPE, RUN, SEEDS, TRIGGERS, type CurveRow } from './recipe.ts';

/** A number over several seeds: the median in per cent to one decimal, with the lowest and the highest. */
function overSeeds(shares: readonly number[]): RecordedValue {
  const percent = (share: number): number => Math.round(1000 * share) / 10;
  return {
    value: percent(median(shares)),
    unit: '%',
    low: percent(Math.min(...shares)),
    high: percent(Math.max(...shares)),
    n: shares.length,
  };
}

/**
 * A network for every trigger, number of poisoned points and seed, and the picture of one of them. The values `<trigger>-<poisoned>` are
 * shares of triggered points that were misread, `clean-<trigger>-<poisoned>` clean accuracy; each is the median over the seeds.
 */
const POISONED_POINTS: RecordedRun = {
  run: RUN,
  title: 'Poisoned points on a plane',
  recipe: hashOfData({ ...RECIPE, field: FIELD, counts: COUNTS, seeds: SEEDS, default: DEFAULT }),
  seeds: SEEDS,
  cells: [
    ...TRIGGERS.flatMap((trigger) =>
      SEEDS.map((seed) => ({
        name: `${trigger} ${seed}`,
        *train() {
          const settings = COUNTS.map((poisoned) => ({ trigger, poisoned, seed }));
          const experiments = yield* trained(settings);
          return { curve: settings.map((setting, index): Row => ({ ...setting, ...experiments[index]?.measure() })) };
        },
      })),
    ),
    {
      name: 'picture',
      *train() {
        const [experiment] = yield* trained([DEFAULT]);
        const { field, calls } = experiment?.draw() ?? { field: [], calls: '' };
        return { field: field.map((levels, row): Row => ({ row, levels })), calls: [{ calls }] };
      },
    },
  ],
  summarise({ curve = [] }) {
    const rows = curve as unknown as readonly CurveRow[];
    const values: Record<string, RecordedValue> = {
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
    return values;
  },
};

/** The recorded runs of the poisoning lab. */
export const RUNS: readonly RecordedRun[] = [POISONED_POINTS];
