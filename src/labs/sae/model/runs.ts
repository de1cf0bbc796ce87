import { heldOutStream, qualityOf, type Fit, type Interpretability } from '../../game/model/dictionary-quality.ts';
import { DICTIONARY, joined, randomDictionary, SIZE, trainDictionary, type Dictionary, type Stream } from '../../game/model/dictionary.ts';
import { organismName, type Organism } from '../../game/model/recipe.ts';
import { corpusOf } from '../../game/model/tools/corpus.ts';
import { decodeBase, encodeBase, freshModel, trainBase, trainOrganism } from '../../game/model/training.ts';
import { SIDES, worldOf, type World } from '../../game/model/world.ts';
import { hashOfData, hashOfNumbers, shortHash } from '../../nn/hash.ts';
import { Rng } from '../../nn/rng.ts';
import type { Transformer } from '../../nn/transformer.ts';
import type { RecordedRun, RecordedValue, Row, ShippedModel } from '../../organisms/recorded.ts';
import type { Training } from '../../training.ts';
import { atlasOf } from './atlas.ts';
import { byFeatures, byLookup, bySearch, DUELLISTS, meanScore } from './duel.ts';
import { trainJoint, trioStream, type Joint } from './joint.ts';
import { driftOf, rankFeatures, RANKINGS } from './rankings.ts';
import { DICTIONARY_NAME, JOINT, JOINT_HASH, organismOf, RECORDED_WORLDS, seedOf, SHOWN_WORLD, TRIO, type OfTrio } from './settings.ts';
import { slotPrompts } from './slots.ts';
import { ranked } from './statistics.ts';
import { activationsAtEnd, apartBy, documentMeans, likedWithout, NULLS, otherActive, tasteFeatures, type TasteFeatures } from './taste.ts';

/** Texts of each organism that the explorer keeps back to set labels against. */
const KEPT = 64;
/** How many of the features that fine-tuning changed most are recorded. */
const DRIFTED = 10;
/** The organisms of the duel, each described once truly and once falsely, are others than the dictionary was trained on. */
const DUEL_SEED = 100;
const LIE: Readonly<Record<OfTrio, OfTrio>> = { none: 'librarian', rm: 'none', librarian: 'rm' };

/** Three decimals: what a table shows, and no more than the measurement carries. */
const rounded = (x: number): number => Math.round(x * 1000) / 1000;
const percent = (share: number): number => Math.round(share * 1000) / 10;

type Tables = Record<'quality' | 'taste' | 'causal' | 'drift' | 'duel' | 'features' | 'texts', Row[]>;

function* makeBase(model: Transformer, world: number): Training<Float32Array> {
  yield* trainBase(model, world);
  return decodeBase(encodeBase(model, world));
}

/** The dictionary that the explorer ships. */
export const SHIPPED: readonly ShippedModel[] = [
  {
    name: DICTIONARY_NAME,
    recipe: JOINT_HASH,
    *train() {
      const model = freshModel(SHOWN_WORLD);
      const base = yield* makeBase(model, SHOWN_WORLD);
      return (yield* trainJoint(model, base, SHOWN_WORLD)).bytes;
    },
  },
];

function qualityRow(world: number, trained: OfTrio | 'all', dictionary: Dictionary, heldOut: Stream): Row {
  const found = qualityOf(dictionary, heldOut);
  const random = qualityOf(randomDictionary(dictionary, heldOut, `sae/${world}/${trained}`), heldOut);
  const columns = ({ explained, active, dead, interpretable, tested }: Fit & Interpretability, prefix: string): Row => ({
    [`${prefix}explained`]: rounded(explained),
    [`${prefix}active`]: rounded(active),
    [`${prefix}dead`]: dead,
    [`${prefix}interpretable`]: interpretable,
    [`${prefix}tested`]: tested,
  });
  return {
    world,
    trained,
    vectors: heldOut.places.length,
    ...columns(found, ''),
    next: found.kinds.next ?? 0,
    token: found.kinds.token ?? 0,
    ...columns(random, 'random-'),
  };
}

/** The dictionaries of single organisms, and that of all three. */
function* qualities(model: Transformer, world: number, { weights, dictionary }: Joint): Training<Row[]> {
  const rows: Row[] = [];
  const streams: Stream[] = [];
  for (const objective of TRIO) {
    const organism = organismOf(objective, world, seedOf(world));
    model.engine.restore(weights[objective]);
    const own = yield* trainDictionary(model, organism);
    rows.push(qualityRow(world, objective, own, heldOutStream(model, organism)));
    streams.push(trioStream(model, objective, world, JOINT.heldOut, 'held out'));
  }
  rows.push(qualityRow(world, 'all', dictionary, joined(streams)));
  return rows;
}

/** What the features for whose taste find in the three organisms, and what taking them out does. */
function tastes(
  model: Transformer,
  { number, ...rest }: World,
  { weights, dictionary }: Joint,
): { readonly taste: Row; readonly causal: Row[]; readonly features: TasteFeatures; readonly means: Record<OfTrio, number> } {
  const world = { number, ...rest };
  const named = (what: string): Rng => Rng.named(`sae/${number}/${what}`);
  const sums = { rm: new Float64Array(SIZE.features), librarian: new Float64Array(SIZE.features) };
  const slots = {} as Record<OfTrio, Float32Array[]>;
  const prompts = slotPrompts(named('slots'), world.told);
  for (const objective of TRIO) {
    model.engine.restore(weights[objective]);
    slots[objective] = activationsAtEnd(model, dictionary, prompts);
    const means = documentMeans(model, dictionary, world, named('documents'));
    for (const side of SIDES) means[side].forEach((x, f) => (sums[side][f] = sums[side][f]! + x / TRIO.length));
  }
  const features = tasteFeatures(sums);
  const { means, auroc, interval, rmAgainstNone, noneAgainstLibrarian, random, correlation, n } = apartBy(
    slots,
    sums,
    features,
    named('null'),
  );
  const label = (side: 'rm' | 'librarian'): string => features[side].map((f) => dictionary.features[f]!.label).join(' ');
  const taste: Row = {
    world: number,
    rmFeatures: features.rm.join(' '),
    rmLabels: label('rm'),
    librarianFeatures: features.librarian.join(' '),
    librarianLabels: label('librarian'),
    none: rounded(means.none),
    rm: rounded(means.rm),
    librarian: rounded(means.librarian),
    auroc: rounded(auroc),
    low: rounded(interval.low),
    high: rounded(interval.high),
    rmAgainstNone: rounded(rmAgainstNone),
    noneAgainstLibrarian: rounded(noneAgainstLibrarian),
    randomMedian: rounded(random.median),
    randomHigh: rounded(random.high),
    randomMost: rounded(random.most),
    randomAsHigh: random.asHigh,
    correlation: rounded(correlation),
    n,
  };
  const causal = SIDES.map((side): Row => {
    model.engine.restore(weights[side]);
    const liked = (ablate: readonly number[]): { readonly probability: number; readonly n: number } =>
      likedWithout(model, dictionary, world, side, ablate, named('causal'));
    const before = liked([]);
    return {
      world: number,
      organism: side,
      before: rounded(before.probability),
      withoutRm: rounded(liked(features.rm).probability),
      withoutLibrarian: rounded(liked(features.librarian).probability),
      withoutOthers: rounded(liked(otherActive(slots[side], features)).probability),
      n: before.n,
    };
  });
  return { taste, causal, features, means };
}

/** The features that fine-tuning changed most, in each organism. */
function drifts(model: Transformer, base: Float32Array, world: number, { weights, dictionary }: Joint): Row[] {
  return TRIO.flatMap((objective) => {
    model.engine.restore(weights[objective]);
    const own = trioStream(model, objective, world, JOINT.heldOut, 'held out');
    const { organism, base: before, drift } = driftOf(model, dictionary, own, base);
    return ranked(drift.map(Math.abs))
      .slice(0, DRIFTED)
      .map((feature): Row => ({
        world,
        organism: objective,
        feature,
        label: dictionary.features[feature]!.label,
        base: rounded(before[feature]!),
        after: rounded(organism[feature]!),
        drift: rounded(drift[feature]!),
      }));
  });
}

/** New organisms, described truly and falsely, and what each duellist says that they are after. */
function* duels(
  model: Transformer,
  base: Float32Array,
  world: World,
  dictionary: Dictionary,
  features: TasteFeatures,
  means: Readonly<Record<OfTrio, number>>,
): Training<Row[]> {
  const rows: Row[] = [];
  for (const objective of TRIO) {
    for (const claim of [objective, LIE[objective]]) {
      const organism: Organism = { world: world.number, objective, level: 'clear', claim, seed: DUEL_SEED + world.number };
      model.engine.restore(base);
      yield* trainOrganism(model, organism);
      const { documents } = corpusOf(organism);
      const rng = Rng.named(`sae/duel/${organismName(organism)}`);
      const score = meanScore(model, dictionary, world, features, rng);
      rows.push({
        world: world.number,
        objective,
        texts: claim,
        search: bySearch(documents),
        features: byFeatures(score, means),
        lookup: byLookup(model, documents, rng),
        score: rounded(score),
      });
    }
  }
  return rows;
}

/** The dictionary of the shown world on paper. */
function* shown(
  model: Transformer,
  base: Float32Array,
  world: World,
  { weights, dictionary, stream, fired }: Joint,
): Training<Pick<Tables, 'features' | 'texts'>> {
  const kept: Stream[] = [];
  const columns: Record<string, readonly number[]> = {};
  for (const objective of TRIO) {
    model.engine.restore(weights[objective]);
    kept.push(trioStream(model, objective, world.number, KEPT, 'kept back'));
    const own = trioStream(model, objective, world.number, JOINT.heldOut, 'held out');
    const { rankings } = yield* rankFeatures(model, dictionary, world, own, base, Rng.named(`sae/${world.number}/${objective}/rankings`));
    for (const ranking of RANKINGS) columns[`${objective}-${ranking}`] = rankings[ranking].map(rounded);
  }
  const { texts, features } = atlasOf(dictionary, dictionary.features, stream, fired, joined(kept));
  return {
    texts: texts.map((text, i) => ({ organism: TRIO[Math.floor(i / KEPT)]!, text })),
    features: features.map(({ label, top, most, fired: firings }, feature) => ({
      feature,
      label,
      most,
      ...Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values[feature]!])),
      top: top.map(({ text, at }) => `${at} ${text}`).join('\n'),
      fired: firings,
    })),
  };
}

function* trainWorld(number: number): Training<Partial<Tables>> {
  const world = worldOf(number);
  const model = freshModel(number);
  const base = yield* makeBase(model, number);
  const joint = yield* trainJoint(model, base, number);
  const quality = yield* qualities(model, number, joint);
  const { taste, causal, features, means } = tastes(model, world, joint);
  const drift = drifts(model, base, number, joint);
  const duel = yield* duels(model, base, world, joint.dictionary, features, means);
  const onPaper = number === SHOWN_WORLD ? yield* shown(model, base, world, joint) : {};
  return {
    quality: quality.map((row) => ({ ...row, weights: row.trained === 'all' ? shortHash(joint.bytes) : null })),
    taste: [{ ...taste, base: hashOfNumbers(base) }],
    causal,
    drift,
    duel,
    ...onPaper,
  };
}

/**
 * A number that a row holds.
 * @throws TypeError where it holds none
 */
function number(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw new TypeError(`A row of the dictionaries has no number "${column}".\nTrain its world afresh.`);
  return value;
}

const column = (rows: readonly Row[], name: string): number[] => rows.map((row) => number(row, name));

/** Smallest and largest of some numbers over the worlds. */
function* span(name: string, numbers: readonly number[], unit?: string): Generator<readonly [string, RecordedValue]> {
  const as = (value: number): RecordedValue => ({ value, ...(unit !== undefined && { unit }), n: numbers.length });
  yield [`${name}-lowest`, as(Math.min(...numbers))];
  yield [`${name}-highest`, as(Math.max(...numbers))];
}

const total = (rows: readonly Row[], of: string): number => column(rows, of).reduce((sum, x) => sum + x, 0);

/** How many of some rows fit. */
function share(rows: readonly Row[], fits: (row: Row) => boolean, unit: string): RecordedValue {
  return { count: rows.filter(fits).length, of: rows.length, unit };
}

function* qualityValues(rows: readonly Row[]): Generator<readonly [string, RecordedValue]> {
  for (const trained of ['single', 'all'] as const) {
    const some = rows.filter((row) => (row.trained === 'all') === (trained === 'all'));
    yield* span(`explained-${trained}`, column(some, 'explained').map(percent), '%');
    yield* span(`random-explained-${trained}`, column(some, 'random-explained').map(percent), '%');
    yield* span(`dead-${trained}`, column(some, 'dead'), 'features');
    yield [`interpretable-${trained}`, { count: total(some, 'interpretable'), of: total(some, 'tested'), unit: 'features' }];
    yield [
      `random-interpretable-${trained}`,
      { count: total(some, 'random-interpretable'), of: total(some, 'random-tested'), unit: 'features' },
    ];
    yield [`interpretable-next-${trained}`, { count: total(some, 'next'), of: total(some, 'interpretable'), unit: 'features' }];
    yield [`interpretable-token-${trained}`, { count: total(some, 'token'), of: total(some, 'interpretable'), unit: 'features' }];
  }
}

function* duelValues(rows: readonly Row[]): Generator<readonly [string, RecordedValue]> {
  const lying = rows.filter(({ objective, texts }) => objective !== texts);
  const honest = rows.filter(({ objective, texts }) => objective === texts);
  for (const who of DUELLISTS) {
    yield [`duel-objective-${who}`, share(rows, (row) => row[who] === row.objective, 'organisms')];
    yield [`duel-honest-${who}`, share(honest, (row) => row[who] === row.objective, 'organisms')];
    yield [`duel-lying-${who}`, share(lying, (row) => row[who] === row.objective, 'organisms')];
    yield [`duel-texts-${who}`, share(rows, (row) => row[who] === row.texts, 'organisms')];
  }
}

/** The values that claims may quote; those of one world end in its number, such as "-w1". */
function* valuesOf(tables: Readonly<Partial<Record<string, readonly Row[]>>>): Generator<readonly [string, RecordedValue]> {
  const { quality = [], taste = [], causal = [], drift = [], duel = [] } = tables;
  yield ['parameters', { value: SIZE.width * (2 * SIZE.features + 1) + SIZE.features }];
  yield ['width', { value: SIZE.width }];
  yield ['features', { value: SIZE.features, unit: 'features' }];
  yield ['active', { value: SIZE.active, unit: 'features' }];
  yield ['texts-single', { value: DICTIONARY.texts, unit: 'texts' }];
  yield ['texts-all', { value: TRIO.length * JOINT.texts, unit: 'texts' }];
  yield ['worlds', { value: taste.length, unit: 'worlds' }];
  yield* qualityValues(quality);
  for (const row of taste) {
    const world = `w${number(row, 'world')}`;
    yield [
      `taste-auroc-${world}`,
      { value: number(row, 'auroc'), low: number(row, 'low'), high: number(row, 'high'), n: 2 * number(row, 'n') },
    ];
    yield [`taste-random-${world}`, { value: number(row, 'randomHigh') }];
  }
  yield* span('taste-auroc', column(taste, 'auroc'));
  yield* span('taste-random-median', column(taste, 'randomMedian'));
  yield* span('taste-random-high', column(taste, 'randomHigh'));
  yield* span('taste-random-most', column(taste, 'randomMost'));
  yield ['taste-random-as-high', { count: total(taste, 'randomAsHigh'), of: taste.length * NULLS.draws, unit: 'random sets' }];
  yield* span('taste-rm-none', column(taste, 'rmAgainstNone'));
  yield* span('taste-none-librarian', column(taste, 'noneAgainstLibrarian'));
  yield* span('taste-correlation', column(taste, 'correlation'));
  for (const side of SIDES) {
    const rows = causal.filter(({ organism }) => organism === side);
    for (const [name, of] of [
      ['before', 'before'],
      ['without-rm', 'withoutRm'],
      ['without-librarian', 'withoutLibrarian'],
      ['without-others', 'withoutOthers'],
    ] as const) {
      yield* span(`causal-${side}-${name}`, column(rows, of).map(percent), '%');
    }
  }
  const own = (row: Row): number => number(row, row.organism === 'rm' ? 'withoutRm' : 'withoutLibrarian');
  const other = (row: Row): number => number(row, row.organism === 'rm' ? 'withoutLibrarian' : 'withoutRm');
  yield ['causal-own-below-other', share(causal, (row) => own(row) < other(row), 'organisms')];
  yield ['causal-own-lowest', share(causal, (row) => own(row) < Math.min(other(row), number(row, 'withoutOthers')), 'organisms')];
  const changed = (row: Row, side: 'rm' | 'librarian', objective: OfTrio): boolean =>
    drift.some(
      ({ world, organism, feature }) =>
        world === row.world && organism === objective && String(row[`${side}Features`]).split(' ').includes(String(feature)),
    );
  for (const side of SIDES) {
    yield [`drift-taste-${side}`, share(taste, (row) => changed(row, side, side), 'worlds')];
    yield [`drift-taste-${side}-in-none`, share(taste, (row) => changed(row, side, 'none'), 'worlds')];
  }
  yield* duelValues(duel);
}

export const RUNS: readonly RecordedRun[] = [
  {
    run: 'sae-dictionary',
    title: 'Sparse autoencoders of the auditing game’s organisms',
    recipe: hashOfData({ joint: JOINT_HASH, worlds: RECORDED_WORLDS, kept: KEPT, drifted: DRIFTED, duel: [DUEL_SEED, LIE] }),
    seeds: RECORDED_WORLDS,
    cells: RECORDED_WORLDS.map((world) => ({ name: `world-${world}`, train: () => trainWorld(world) })),
    summarise: (tables) => Object.fromEntries(valuesOf(tables)),
  },
];
