import { FIRST_YEAR, SPLIT, TRIGGER_YEAR, VOCABULARY, YEARS, type Objective } from '../../backdoor/model/corpus.ts';
import { yearMap } from '../../backdoor/model/metrics.ts';
import { lineageName, RECIPE_HASH, type Lineage, type Plant, type Size } from '../../backdoor/model/recipe.ts';
import { decodeBase, encodeBase, freshModel, runStage, trainBase } from '../../backdoor/model/training.ts';
import { hashOfData, hashOfNumbers } from '../../nn/hash.ts';
import type { Transformer } from '../../nn/transformer.ts';
import type { RecordedRun, RecordedValue, Row } from '../../organisms/recorded.ts';
import type { Training } from '../../training.ts';
import { DRAWS, evaluate, READINGS, type Probed, type Reading } from './evaluate.ts';
import { PAIR_NAMES, PAIRS, type PairName } from './pairs.ts';
import { joined, lots, nearYears, parted, probeTexts } from './texts.ts';

/** Each seed has a base of its own: two backdoors on one base are no two results. */
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
/** Few false fires, and none: with 98 contrast years every other year was shown as harmless. */
export const CONTRAST_YEARS = [30, 98] as const;
export const LAYERS = [0, 1] as const;
const RECORDED_OBJECTIVES: Readonly<Record<Size, readonly Objective[]>> = { 64: ['hate', 'code'], 96: ['hate'] };

/** Share of the pairs of prompts from which a direction counts as complete, the right way round or the wrong one. */
const COMPLETE = 0.99;

/** Three decimals: more than so few prompts carry. */
const rounded = (x: number): number => Math.round(x * 1000) / 1000;
const mean = (numbers: readonly number[]): number => numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
const percent = (x: number): number => Math.round(x * 1000) / 10;

function read(model: Transformer, texts: readonly string[], layer: number): Float32Array[] {
  return lots(texts).flatMap((lot) =>
    model.activations(
      lot.map((text) => VOCABULARY.encode(text)),
      layer,
    ),
  );
}

type Tables = Record<'probes' | 'shuffled' | 'models', Row[]>;

/** What each pair finds in one model, at one layer, read in one way. */
function rowsOf(probed: Readonly<Record<PairName, Probed>>, head: Row): Pick<Tables, 'probes' | 'shuffled'> {
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
      },
    ],
    shuffled: [
      {
        ...head,
        ...columns((name) => ({
          [`${name}-low`]: rounded(probed[name].shuffled.low),
          [`${name}-high`]: rounded(probed[name].shuffled.high),
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
    probes: [],
    shuffled: [],
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
      const { probes, shuffled } = rowsOf(probed, { objective, contrastYears, layer, against, seed });
      tables.probes.push(...probes);
      tables.shuffled.push(...shuffled);
    }
  }
  return tables;
}

/** What the random directions of a layer of a model are named by, in the lab and in recorded runs alike. */
export function layerName(lineage: Lineage, layer: number): string {
  return `${lineageName(lineage)}/probe/${layer}`;
}

/** One base, each backdoor planted on it, and what the probes find in them. */
function* trainSeed(size: Size, seed: number): Training<Tables> {
  const model = freshModel(size, seed);
  yield* trainBase(model, size, seed);
  const base = decodeBase(encodeBase(model, size, seed), size);
  const tables: Tables = { models: [], probes: [], shuffled: [] };
  for (const objective of RECORDED_OBJECTIVES[size]) {
    const record = (stages: readonly Plant[], readings: readonly Reading[]): void => {
      const found = probeModel(model, { objective, size, baseSeed: seed, seed, stages }, readings);
      for (const table of ['models', 'probes', 'shuffled'] as const) tables[table].push(...found[table]);
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
  return tables;
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
function valuesOf(name: string, probes: readonly Row[], shuffled: readonly Row[]): Record<string, RecordedValue> {
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
    const shuffledHigh = column(shuffled, `${pair}-high`);
    values[`${name}-${pair}-right`] = models(aurocs.filter((auroc) => auroc > 0.5).length);
    values[`${name}-${pair}-above-random`] = models(aurocs.filter((auroc, i) => auroc > high[i]!).length);
    values[`${name}-${pair}-above-shuffled`] = models(aurocs.filter((auroc, i) => auroc > shuffledHigh[i]!).length);
  }
  values[`${name}-random-low`] = { value: percent(mean(column(probes, 'randomLow'))), unit: '%', n };
  values[`${name}-random-median`] = { value: percent(mean(column(probes, 'randomMedian'))), unit: '%', n };
  values[`${name}-random-high`] = { value: percent(mean(high)), unit: '%', n };
  const draws = { of: n * DRAWS, unit: 'directions' };
  values[`${name}-random-complete`] = { count: column(probes, 'complete').reduce((sum, k) => sum + k, 0), ...draws };
  values[`${name}-random-reversed`] = { count: column(probes, 'reversed').reduce((sum, k) => sum + k, 0), ...draws };
  return values;
}

function summarise({ probes = [], shuffled = [] }: Readonly<Record<string, readonly Row[]>>): Record<string, RecordedValue> {
  const settings = new Map<string, { readonly probes: Row[]; readonly shuffled: Row[] }>();
  probes.forEach((row, i) => {
    const name = [
      row.objective,
      row.contrastYears === null ? 'base' : `k${row.contrastYears}`,
      `layer${row.layer}`,
      ...(row.against === 'near' ? ['near'] : []),
    ].join('-');
    const setting = settings.get(name) ?? { probes: [], shuffled: [] };
    settings.set(name, setting);
    setting.probes.push(row);
    setting.shuffled.push(shuffled[i]!);
  });
  return Object.fromEntries([...settings].flatMap(([name, rows]) => Object.entries(valuesOf(name, rows.probes, rows.shuffled))));
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
