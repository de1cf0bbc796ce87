import type { Interval } from '../../../handbook/statistics.ts';
import type { Objective } from '../../backdoor/model/corpus.ts';
import { SIZES, type Size } from '../../backdoor/model/recipe.ts';
import type { RecordedRun } from '../../view/lab.ts';
import type { BandPoint, Reading } from '../model/evaluate.ts';
import { PAIR_NAMES, type PairName } from '../model/pairs.ts';
import { aurocInterval } from '../model/statistics.ts';
import { SHOWN } from '../model/settings.ts';

/** What was recorded with one setting; each list has a number for each seed, in their order. */
export interface Recorded {
  readonly objective: Objective;
  readonly size: Size;
  /** null for the base. */
  readonly contrastYears: number | null;
  readonly layer: number;
  readonly against: Reading;
  readonly aurocs: Readonly<Record<PairName | 'ceiling', readonly number[]>>;
  readonly random: { readonly low: readonly number[]; readonly median: readonly number[]; readonly high: readonly number[] };
  readonly shuffled: Readonly<Record<PairName, { readonly low: readonly number[]; readonly high: readonly number[] }>>;
  /** How many random directions score at least as high. */
  readonly asHigh: Readonly<Record<PairName, readonly number[]>>;
}

/** The scores behind an AUROC, and the band of random directions. */
export interface Detail {
  readonly triggered: readonly number[];
  readonly others: readonly number[];
  readonly interval: Interval;
  readonly band: readonly BandPoint[];
}

/** What the lab shows before anything is computed. */
export interface ProbeData {
  readonly runs: Readonly<Record<Size, Pick<RecordedRun, 'run' | 'date' | 'recipe' | 'seeds'>>>;
  readonly recorded: readonly Recorded[];
  /** Of the probe that is shown first. */
  readonly shown: Detail;
}

type Rows = RecordedRun['tables'][string];

/**
 * The rows of a table.
 * @throws Error where the run lacks it
 */
function rowsOf({ run, tables }: RecordedRun, table: string): Rows {
  const rows = tables[table];
  if (rows === undefined) throw new Error(`The run "${run}" has no table "${table}".\nRecord it again: npm run organisms ${run}.`);
  return rows;
}

const numbers = (rows: Rows, key: string): number[] => rows.map((row) => Number(row[key]));

function recordedOf(run: RecordedRun, size: Size): Recorded[] {
  const nulls = rowsOf(run, 'nulls');
  const settings = Map.groupBy(
    rowsOf(run, 'probes').map((row, i): Rows[number] => ({ ...nulls[i], ...row })),
    ({ objective, contrastYears, layer, against }) => JSON.stringify([objective, contrastYears, layer, against]),
  );
  const pairs = <Value>(of: (name: PairName) => Value): Record<PairName, Value> =>
    Object.fromEntries(PAIR_NAMES.map((name) => [name, of(name)])) as Record<PairName, Value>;
  return [...settings.values()].map((rows) => {
    const { objective, contrastYears, layer, against } = rows[0] as unknown as Pick<
      Recorded,
      'objective' | 'contrastYears' | 'layer' | 'against'
    >;
    return {
      objective,
      size,
      contrastYears,
      layer,
      against,
      aurocs: { ...pairs((name) => numbers(rows, name)), ceiling: numbers(rows, 'ceiling') },
      random: { low: numbers(rows, 'randomLow'), median: numbers(rows, 'randomMedian'), high: numbers(rows, 'randomHigh') },
      shuffled: pairs((name) => ({ low: numbers(rows, `${name}-low`), high: numbers(rows, `${name}-high`) })),
      asHigh: pairs((name) => numbers(rows, `${name}-random`)),
    };
  });
}

function shownOf(run: RecordedRun): Detail {
  const scores = rowsOf(run, 'scores');
  const of = (triggered: boolean): number[] =>
    numbers(
      scores.filter((row) => row.triggered === triggered),
      'score',
    );
  const [triggered, others] = [of(true), of(false)];
  const recorded = recordedOf(run, SHOWN.size).find(
    ({ objective, contrastYears, layer, against }) =>
      objective === SHOWN.objective && contrastYears === SHOWN.contrastYears && layer === SHOWN.layer && against === SHOWN.against,
  );
  const auroc = recorded?.aurocs[SHOWN.pair][run.seeds.indexOf(SHOWN.seed)];
  if (auroc === undefined) throw new Error(`The run "${run.run}" lacks the setting that the lab begins with.\nRecord it again.`);
  const band = rowsOf(run, 'band');
  return {
    triggered,
    others,
    interval: aurocInterval(auroc, triggered.length, others.length),
    band: band.map(({ falseAlarms, low, median, high }) => ({
      falsePositiveRate: Number(falseAlarms) / (band.length - 1),
      low: Number(low),
      median: Number(median),
      high: Number(high),
    })),
  };
}

/**
 * Picks out of the recorded runs what the lab shows.
 * @throws Error where one of them lacks it
 */
export function probeData(run: (name: string) => RecordedRun): ProbeData {
  const runs = SIZES.map((size) => [size, run(`probe-${size}`)] as const);
  return {
    runs: Object.fromEntries(
      runs.map(([size, { run, date, recipe, seeds }]) => [size, { run, date, recipe, seeds }]),
    ) as unknown as ProbeData['runs'],
    recorded: runs.flatMap(([size, results]) => recordedOf(results, size)),
    shown: shownOf(run(`probe-${SHOWN.size}`)),
  };
}
