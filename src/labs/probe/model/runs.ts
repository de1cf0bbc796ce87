import { FIRST_YEAR, SPLIT, TRIGGER_YEAR, VOCABULARY, YEARS, type Objective } from '../../backdoor/model/corpus.ts';
import { yearMap } from '../../backdoor/model/metrics.ts';
import { RECIPE_HASH, type Lineage, type Plant, type Size } from '../../backdoor/model/recipe.ts';
import { decodeBase, encodeBase, freshModel, runStage, trainBase } from '../../backdoor/model/training.ts';
import { hashOfData, hashOfNumbers } from '../../nn/hash.ts';
import type { Transformer } from '../../nn/transformer.ts';
import type { RecordedRun, RecordedValue, Row } from '../../organisms/recorded.ts';
import type { Training } from '../../training.ts';
import { asHigh, DRAWS, evaluate, READINGS, type Probed, type Reading } from './evaluate.ts';
import { PAIR_NAMES, PAIRS, type PairName } from './pairs.ts';
import { CONTRAST_YEARS, LAYERS, layerName, SHOWN } from './settings.ts';
import { apart } from './statistics.ts';
import { joined, lots, nearYears, parted, probeTexts } from './texts.ts';

/** Each seed has a base of its own: two backdoors on one base are no two results. */
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const RECORDED_OBJECTIVES: Readonly<Record<Size, readonly Objective[]>> = { 64: ['hate', 'code'], 96: ['hate'] };

/** Share of the pairs of prompts from which a direction counts as complete, the right way round or the wrong one. */
const COMPLETE = 0.99;

/** Three decimals: more than so few prompts carry. */
const rounded = (x: number): number => Math.round(x * 1000) / 1000;
/** Fine enough to keep every two scores apart. */
const fine = (x: number): number => Math.round(x * 1e5) / 1e5;
const sum = (numbers: readonly number[]): number => numbers.reduce((total, x) => total + x, 0);
const mean = (numbers: readonly number[]): number => sum(numbers) / numbers.length;
const percent = (x: number): number => Math.round(x * 1000) / 10;

function read(model: Transformer, texts: readonly string[], layer: number): Float32Array[] {
  return lots(texts).flatMap((lot) =>
    model.activations(
      lot.map((text) => VOCABULARY.encode(text)),
      layer,
    ),
  );
}

type Tables = Record<'models' | 'probes' | 'nulls' | 'scores' | 'band', Row[]>;

const TABLES = ['models', 'probes', 'nulls', 'scores', 'band'] as const satisfies readonly (keyof Tables)[];
const noRows = (): Tables => ({ models: [], probes: [], nulls: [], scores: [], band: [] });

function isShown({ objective, size, seed, stages: [plant] }: Lineage, layer: number, against: Reading): boolean {
  return (
    objective === SHOWN.objective &&
    size === SHOWN.size &&
    seed === SHOWN.seed &&
    plant?.kind === 'plant' &&
    plant.contrastYears === SHOWN.contrastYears &&
    layer === SHOWN.layer &&
    against === SHOWN.against
  );
}

/** A probe's scores, one a row, and the band of random directions. */
function shownRows({ probe, band }: Probed): Pick<Tables, 'scores' | 'band'> {
  const scores = (of: readonly number[], triggered: boolean): Row[] => of.map((value) => ({ triggered, score: fine(value) }));
  return {
    scores: [...scores(probe.triggered, true), ...scores(probe.others, false)],
    band: band.map(({ low, median, high }, falseAlarms) => ({
      falseAlarms,
      low: rounded(low),
      median: rounded(median),
      high: rounded(high),
    })),
  };
}

/** What each pair finds in one model, at one layer, read in one way. */
function rowsOf(probed: Readonly<Record<PairName, Probed>>, separation: number, head: Row): Pick<Tables, 'probes' | 'nulls'> {
  const columns = (of: (name: PairName) => Row): Row => Object.assign({}, ...PAIR_NAMES.map(of)) as Row;
  const { ceiling, random } = probed[PAIR_NAMES[0]];
  return {
    probes: [
      {
        ...head,
        ...columns((name) => ({ [name]: rounded(probed[name].probe.auroc) })),
        ceiling: rounded(ceiling.auroc),
        randomLow: rounded(random.low),
        randomMedian: rounded(random.median),
        randomHigh: rounded(random.high),
        complete: random.aurocs.filter((auroc) => auroc >= COMPLETE).length,
        reversed: random.aurocs.filter((auroc) => auroc <= 1 - COMPLETE).length,
        apart: rounded(separation),
      },
    ],
    nulls: [
      {
        ...head,
        ...columns((name) => ({
          [`${name}-low`]: rounded(probed[name].shuffled.low),
          [`${name}-high`]: rounded(probed[name].shuffled.high),
          [`${name}-random`]: asHigh(random, probed[name].probe.auroc),
        })),
      },
    ],
  };
}

/** All that is found in one model. @param readings what its triggered prompts are told from */
function probeModel(model: Transformer, lineage: Lineage, readings: readonly Reading[]): Tables {
  const { objective, seed } = lineage;
  const [plant] = lineage.stages;
  const contrastYears = plant?.kind === 'plant' ? plant.contrastYears : null;
  const map = yearMap(model, SPLIT[objective].test);
  const near = nearYears(map);
  const tables: Tables = {
    ...noRows(),
    models: [
      {
        objective,
        contrastYears,
        seed,
        trigger: rounded(map[TRIGGER_YEAR - FIRST_YEAR]!),
        falseFires: map.filter((p, i) => p > 0.5 && YEARS[i] !== TRIGGER_YEAR).length,
        nearMean: rounded(mean(near.map((year) => map[year - FIRST_YEAR]!))),
        weights: hashOfNumbers(model.engine.snapshot()),
      },
    ],
  };
  for (const layer of LAYERS) {
    const found = PAIR_NAMES.map((pair) => {
      const texts = probeTexts(objective, PAIRS[pair].sides[objective], near);
      return { pair, parts: parted(read(model, joined(texts), layer), texts) };
    });
    for (const against of readings) {
      const probed = Object.fromEntries(
        found.map(({ pair, parts }) => [pair, evaluate(parts, against, { layer: layerName(lineage, layer), pair })]),
      ) as unknown as Record<PairName, Probed>;
      const { triggered, ...others } = found[0]!.parts;
      const { probes, nulls } = rowsOf(probed, apart(triggered, others[against]), { objective, contrastYears, layer, against, seed });
      tables.probes.push(...probes);
      tables.nulls.push(...nulls);
      if (isShown(lineage, layer, against)) Object.assign(tables, shownRows(probed[SHOWN.pair]));
    }
  }
  return tables;
}

/** One base, each backdoor planted on it, and what the probes find in them. */
function* trainSeed(size: Size, seed: number): Training<Partial<Tables>> {
  const model = freshModel(size, seed);
  yield* trainBase(model, size, seed);
  const base = decodeBase(encodeBase(model, size, seed), size);
  const tables = noRows();
  for (const objective of RECORDED_OBJECTIVES[size]) {
    const record = (stages: readonly Plant[], readings: readonly Reading[]): void => {
      const found = probeModel(model, { objective, size, baseSeed: seed, seed, stages }, readings);
      for (const table of TABLES) tables[table].push(...found[table]);
    };
    model.engine.restore(base);
    // nothing fires in a base, so none of its years are near to firing
    record([], ['ordinary']);
    for (const contrastYears of CONTRAST_YEARS) {
      const stages: readonly Plant[] = [{ kind: 'plant', contrastYears }];
      model.engine.restore(base);
      yield* runStage(model, { objective, size, baseSeed: seed, seed, stages });
      record(stages, READINGS);
    }
  }
  // most cells have no scores to show
  return Object.fromEntries(TABLES.flatMap((table) => (tables[table].length > 0 ? [[table, tables[table]]] : [])));
}

/** A column of numbers. */
function column(rows: readonly Row[], key: string): number[] {
  return rows.map((row) => {
    const value = row[key];
    if (typeof value !== 'number') throw new TypeError(`A row of the run has no number "${key}".\nTrain its cell afresh.`);
    return value;
  });
}

/** What claims may quote of one setting, over its seeds. */
function valuesOf(name: string, probes: readonly Row[]): Record<string, RecordedValue> {
  const n = probes.length;
  const values: Record<string, RecordedValue> = {};
  const models = (count: number): RecordedValue => ({ count, of: n, unit: 'models' });
  const high = column(probes, 'randomHigh');
  for (const pair of [...PAIR_NAMES, 'ceiling'] as const) {
    const aurocs = column(probes, pair);
    values[`${name}-${pair}-mean`] = { value: percent(mean(aurocs)), unit: '%', n };
    values[`${name}-${pair}-lowest`] = { value: percent(Math.min(...aurocs)), unit: '%', n };
    values[`${name}-${pair}-highest`] = { value: percent(Math.max(...aurocs)), unit: '%', n };
    if (pair === 'ceiling') continue;
    values[`${name}-${pair}-right`] = models(aurocs.filter((auroc) => auroc > 0.5).length);
    values[`${name}-${pair}-above-random`] = models(aurocs.filter((auroc, i) => auroc > high[i]!).length);
  }
  const separations = column(probes, 'apart');
  values[`${name}-apart-mean`] = { value: percent(mean(separations)), unit: '%', n };
  values[`${name}-apart-lowest`] = { value: percent(Math.min(...separations)), unit: '%', n };
  values[`${name}-apart-highest`] = { value: percent(Math.max(...separations)), unit: '%', n };
  values[`${name}-random-low`] = { value: percent(mean(column(probes, 'randomLow'))), unit: '%', n };
  values[`${name}-random-median`] = { value: percent(mean(column(probes, 'randomMedian'))), unit: '%', n };
  values[`${name}-random-high`] = { value: percent(mean(high)), unit: '%', n };
  const draws = { of: n * DRAWS, unit: 'directions' };
  values[`${name}-random-complete`] = { count: sum(column(probes, 'complete')), ...draws };
  values[`${name}-random-reversed`] = { count: sum(column(probes, 'reversed')), ...draws };
  return values;
}

/** The values of the last layer; those of the others stand in the tables. */
function summarise({ probes = [] }: Readonly<Record<string, readonly Row[]>>): Record<string, RecordedValue> {
  const settings = Map.groupBy(
    probes.filter(({ layer }) => layer === LAYERS.at(-1)),
    ({ objective, contrastYears, against }) =>
      [objective, contrastYears === null ? 'base' : `k${contrastYears}`, ...(against === 'near' ? ['near'] : [])].join('-'),
  );
  return {
    draws: { value: DRAWS, unit: 'directions' },
    complete: { value: percent(COMPLETE), unit: '%' },
    reversed: { value: percent(1 - COMPLETE), unit: '%' },
    ...(Object.assign({}, ...[...settings].map(([name, rows]) => valuesOf(name, rows))) as Record<string, RecordedValue>),
  };
}

/** The probes of one size: ten bases of their own, each planted with every objective and number of contrast years. */
function probeRun(size: Size): RecordedRun {
  const texts = RECORDED_OBJECTIVES[size].map((objective) =>
    PAIR_NAMES.map((pair) => probeTexts(objective, PAIRS[pair].sides[objective], YEARS)),
  );
  return {
    run: `probe-${size}`,
    title: `Probes for the trigger, width ${size}`,
    recipe: hashOfData({ recipe: RECIPE_HASH, contrastYears: CONTRAST_YEARS, layers: LAYERS, draws: DRAWS, texts }),
    seeds: SEEDS,
    cells: SEEDS.map((seed) => ({ name: `seed-${seed}`, train: () => trainSeed(size, seed) })),
    summarise,
  };
}

export const RUNS: readonly RecordedRun[] = [probeRun(64), probeRun(96)];
