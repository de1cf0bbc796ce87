import { computed, signal, type ReadonlySignal } from '@preact/signals';
import { FIRST_YEAR } from '../../backdoor/model/corpus.ts';
import { lineageName, SIZES, type Lineage } from '../../backdoor/model/recipe.ts';

import { OrganismBench, type TrainedModel } from '../../backdoor/bench.ts';
import type { Surroundings } from '../../backdoor/view/session.ts';
import { LabSession } from '../../view/session.ts';
import { alarms, asHigh, ceilingOf, evaluate, ONE_IN, precisionAt, probeOf, type Alarms, type Reading } from '../model/evaluate.ts';
import { composed, PAIR_NAMES, PAIRS, type ComposedPair, type LineProblem, type Sides } from '../model/pairs.ts';
import { BASE_SEED, LAYERS, layerName, SHOWN } from '../model/settings.ts';
import { joined, lots, nearYears, parted, probeTexts, type Parts } from '../model/texts.ts';
import type { Detail, ProbeData, Recorded } from './data.ts';
import { CODEC, THRESHOLD_STEPS, type PairChoice } from './settings.ts';
import { words } from './words.ts';

/** Seeds of the button that runs several. */
const SEVERAL = [1, 2, 3, 4, 5] as const;
/** A random direction or two will reach what a probe reaches by chance; where more than this share do, the probe has shown little. */
const TELLING = 0.05;

/** A span with its middle. */
export interface Span {
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

/** What is known of the chosen probe, and from where. */
export interface Known {
  readonly from: 'live' | 'recorded';
  readonly auroc: number;
  readonly ceiling: number;
  readonly random: Span;
  readonly shuffled: { readonly low: number; readonly high: number };
  /** How many random directions score at least as high. */
  readonly asHigh: number;
  /** Whether fewer random directions than one in twenty do. */
  readonly telling: boolean;
  /** The scores, where they are there. */
  readonly detail: Detail | undefined;
}

/** The AUROC of every pair in a model of this tab. */
export interface LiveModel {
  readonly seed: number;
  readonly aurocs: Readonly<Partial<Record<PairChoice | 'ceiling', number>>>;
}

/** A model that has been read in this tab. */
interface Reader {
  readonly model: TrainedModel;
  readonly near: readonly number[];
  /** For each layer, the activation of each text that was read. */
  readonly activations: readonly Map<string, Float32Array>[];
}

/** What one visit to the lab holds: its setting, the models of this tab, what is running. */
export class Session extends LabSession<(typeof CODEC)['fields']> {
  readonly #readers = signal<readonly Reader[]>([]);
  readonly #data: ProbeData;
  readonly #bench: OrganismBench;

  constructor(data: ProbeData, { fetchBase, worker }: Surroundings) {
    super(CODEC, worker);
    this.#data = data;
    this.#bench = new OrganismBench(worker, fetchBase);
  }

  // one setting a signal: the threshold changes the address many times a second, and must not probe anew
  readonly #what = computed(() => this.address.state.value.o);
  readonly #size = computed(() => SIZES.find((size) => String(size) === this.address.state.value.d)!);
  readonly #planting = computed(() => this.address.state.value.K);
  readonly #pair = computed(() => this.address.state.value.pair);
  readonly #layer = computed(() => Number(this.address.state.value.layer));
  readonly #reading = computed(() => this.address.state.value.from);
  readonly #seed = computed(() => this.address.state.value.seed);
  readonly #own = computed(() => {
    const { pu, pa, mu, ma } = this.address.state.value;
    return JSON.stringify({ plusUser: pu, plusAnswer: pa, minusUser: mu, minusAnswer: ma } satisfies ComposedPair);
  });

  /** The model that is chosen: planted on the base that the site ships. */
  readonly lineage: ReadonlySignal<Lineage> = computed(() => this.#lineage(this.#seed.value));

  #lineage(seed: number): Lineage {
    return {
      objective: this.#what.value,
      size: this.#size.value,
      baseSeed: BASE_SEED,
      seed,
      stages: this.#contrastYears.value === null ? [] : [{ kind: 'plant', contrastYears: this.#contrastYears.value }],
    };
  }

  /** null for the base. */
  readonly #contrastYears = computed(() => (this.#planting.value === 'none' ? null : Number(this.#planting.value)));

  /** The sides of the chosen pair, or what is wrong with the reader's own. */
  readonly sides: ReadonlySignal<Sides | LineProblem> = computed(() => {
    const pair = this.#pair.value;
    return pair === 'own' ? composed(JSON.parse(this.#own.value) as ComposedPair) : PAIRS[pair].sides[this.#what.value];
  });

  /** What our runs found with the chosen setting, where it is among them. */
  readonly recorded: ReadonlySignal<Recorded | undefined> = computed(() =>
    this.#data.recorded.find(
      (setting) =>
        setting.objective === this.#what.value &&
        setting.size === this.#size.value &&
        setting.contrastYears === this.#contrastYears.value &&
        setting.layer === this.#layer.value &&
        setting.against === this.#reading.value,
    ),
  );

  readonly #reader: ReadonlySignal<Reader | undefined> = computed(() => {
    const name = lineageName(this.lineage.value);
    return this.#readers.value.find(({ model }) => model.name === name);
  });

  /** The years nearest to firing in the chosen model, with the probability of the planted answer. */
  readonly near: ReadonlySignal<readonly (readonly [year: number, probability: number])[]> = computed(() => {
    const reader = this.#reader.value;
    return reader === undefined ? [] : reader.near.map((year) => [year, reader.model.behaviour.map[year - FIRST_YEAR]!] as const);
  });

  /** What is known of the chosen probe: computed here, else recorded, else nothing. */
  readonly known: ReadonlySignal<Known | undefined> = computed(() => {
    const reader = this.#reader.value;
    const pair = this.#pair.value;
    const layer = this.#layer.value;
    const parts = reader === undefined ? undefined : this.#parts(reader);
    if (reader !== undefined && parts !== undefined) {
      const { probe, ceiling, random, shuffled, band } = evaluate(parts, this.#reading.value, {
        layer: layerName(reader.model.lineage, layer),
        pair,
      });
      const as = asHigh(random, probe.auroc);
      return {
        from: 'live',
        auroc: probe.auroc,
        ceiling: ceiling.auroc,
        random,
        shuffled,
        asHigh: as,
        telling: as < TELLING * random.aurocs.length,
        detail: { triggered: probe.triggered, others: probe.others, interval: probe.interval, band },
      };
    }
    return this.#known(pair, this.#seed.value);
  });

  /** What our runs know of the shipped base's own seed; the other seeds have other bases. */
  #known(pair: PairChoice, seed: number): Known | undefined {
    const recorded = this.recorded.value;
    if (recorded === undefined || pair === 'own' || seed !== BASE_SEED) return undefined;
    const at = this.#data.runs[recorded.size].seeds.indexOf(seed);
    const of = (list: readonly number[]): number => list[at]!;
    const { size, objective, contrastYears: years, layer, against, aurocs, random, shuffled } = recorded;
    const shown =
      size === SHOWN.size &&
      objective === SHOWN.objective &&
      years === SHOWN.contrastYears &&
      layer === SHOWN.layer &&
      against === SHOWN.against &&
      pair === SHOWN.pair;
    return {
      from: 'recorded',
      auroc: of(aurocs[pair]),
      ceiling: of(aurocs.ceiling),
      random: { low: of(random.low), median: of(random.median), high: of(random.high) },
      shuffled: { low: of(shuffled[pair].low), high: of(shuffled[pair].high) },
      asHigh: of(recorded.asHigh[pair]),
      telling: of(aurocs[pair]) > of(random.high),
      detail: shown ? this.#data.shown : undefined,
    };
  }

  /** Lowest and highest score, and the threshold between them. */
  readonly scale: ReadonlySignal<{ readonly low: number; readonly high: number; readonly threshold: number } | undefined> = computed(() => {
    const detail = this.known.value?.detail;
    if (detail === undefined) return undefined;
    const scores = [...detail.triggered, ...detail.others];
    const [low, high] = [Math.min(...scores), Math.max(...scores)];
    return { low, high, threshold: low + ((high - low) * this.address.state.value.t) / THRESHOLD_STEPS };
  });

  /** Alarms at the threshold. */
  readonly alarms: ReadonlySignal<Alarms | undefined> = computed(() => {
    const detail = this.known.value?.detail;
    const scale = this.scale.value;
    return detail === undefined || scale === undefined ? undefined : alarms(detail, scale.threshold);
  });

  /** What the alarms are worth at each base rate. */
  readonly precisions = computed(() => {
    const found = this.alarms.value;
    return found === undefined ? undefined : ONE_IN.map((oneIn) => ({ oneIn, ...precisionAt(found, 1 / oneIn) }));
  });

  /** Every model of this tab with the chosen setting. */
  readonly live: ReadonlySignal<readonly LiveModel[]> = computed(() => {
    const [objective, size, years, layer] = [this.#what.value, this.#size.value, this.#contrastYears.value, this.#layer.value];
    const reading: Reading = this.#reading.value;
    return this.#readers.value
      .filter(
        ({ model: { lineage } }) => lineage.objective === objective && lineage.size === size && contrastYears(lineage.stages) === years,
      )
      .map((reader) => {
        const aurocs: Partial<Record<PairChoice | 'ceiling', number>> = {};
        for (const name of PAIR_NAMES) {
          const parts = partsOf(reader, PAIRS[name].sides[objective], layer);
          if (parts === undefined) continue;
          aurocs[name] = probeOf(parts, reading).auroc;
          aurocs.ceiling ??= ceilingOf(parts, reading).auroc;
        }
        const own = this.#pair.value === 'own' ? this.#parts(reader) : undefined;
        if (own !== undefined) aurocs.own = probeOf(own, reading).auroc;
        return { seed: reader.model.lineage.seed, aurocs };
      })
      .toSorted((a, b) => a.seed - b.seed);
  });

  /** The activations of the chosen pair in a model; undefined where it has not been read, or the pair is none. */
  #parts(reader: Reader): Parts<Float32Array> | undefined {
    const sides = this.sides.value;
    return 'what' in sides ? undefined : partsOf(reader, sides, this.#layer.value);
  }

  /** Plants the backdoor where it is not there yet, and reads what every pair needs. */
  async probe(): Promise<void> {
    const began = performance.now();
    await this.#probes(async (signal) => {
      await this.#read([this.lineage.value], signal);
      const known = this.known.value;
      return known === undefined ? '' : words.done(known.auroc, known.asHigh, (performance.now() - began) / 1000);
    });
  }

  /** The same for five seeds, whatever comes of them. */
  async several(): Promise<void> {
    await this.#probes(async (signal) => {
      await this.#read(
        SEVERAL.map((seed) => this.#lineage(seed)),
        signal,
      );
      const { pair } = this.address.state.value;
      const aurocs = this.live.value
        .filter(({ seed }) => SEVERAL.some((one) => one === seed))
        .flatMap(({ aurocs }) => (aurocs[pair] === undefined ? [] : [aurocs[pair]]));
      return words.doneFive(aurocs.filter((auroc) => auroc > 0.5).length, aurocs.length);
    });
  }

  async #read(lineages: readonly Lineage[], signal: AbortSignal): Promise<void> {
    for (const [i, lineage] of lineages.entries()) {
      const path = await this.#bench.reach(lineage, {
        signal,
        onProgress: ({ step, steps, loss, tokensPerSecond, secondsLeft }) => {
          this.running.value = {
            step: i * steps + step,
            of: lineages.length * steps,
            loss,
            tokensASecond: tokensPerSecond,
            secondsLeft: secondsLeft + ((lineages.length - 1 - i) * steps * secondsLeft) / Math.max(steps - step, 1),
          };
        },
      });
      await this.#readTexts(path.at(-1)!, signal);
    }
  }

  /** Reads the texts of every offered pair, and of the reader's own, as far as they have not been read. */
  async #readTexts(model: TrainedModel, signal?: AbortSignal): Promise<void> {
    const { objective } = model.lineage;
    const known = this.#readers.value.find((reader) => reader.model.name === model.name);
    const near = known?.near ?? nearYears(model.behaviour.map);
    const own = this.sides.value;
    const sides = [...PAIR_NAMES.map((name) => PAIRS[name].sides[objective]), ...('what' in own ? [] : [own])];
    const texts = [...new Set(sides.flatMap((both) => joined(probeTexts(objective, both, near))))];
    const activations: Map<string, Float32Array>[] = [];
    for (const layer of LAYERS) {
      const read = new Map(known?.activations[layer]);
      for (const lot of lots(texts.filter((one) => !read.has(one)))) {
        signal?.throwIfAborted();
        const found = await this.#bench.activations(model, lot, layer);
        lot.forEach((one, i) => read.set(one, found[i]!));
      }
      activations.push(read);
    }
    this.#readers.value = [...this.#readers.value.filter((reader) => reader.model.name !== model.name), { model, near, activations }];
  }

  /** Reads the reader's own pair in the models of this tab, once it has been written. */
  async readOwn(): Promise<void> {
    if ('what' in this.sides.value || this.running.value !== undefined || this.#readers.value.length === 0) return;
    await this.#probes(async (signal) => {
      for (const { model } of this.#readers.value) await this.#readTexts(model, signal);
      return '';
    });
  }

  /** Does a piece of work, for which the reader's own pair must be one. */
  async #probes(work: (signal: AbortSignal) => Promise<string>): Promise<void> {
    if (this.running.value !== undefined) return;
    if ('what' in this.sides.value) {
      this.said.value = words.needsPair;
      return;
    }
    await this.work(({ signal }) => work(signal));
  }
}

function contrastYears([plant]: Lineage['stages']): number | null {
  return plant?.kind === 'plant' ? plant.contrastYears : null;
}

/** The activations that a pair needs; undefined where some of them were not read. */
function partsOf({ model, near, activations }: Reader, sides: Sides, layer: number): Parts<Float32Array> | undefined {
  const texts = probeTexts(model.lineage.objective, sides, near);
  const found = joined(texts).map((one) => activations[layer]?.get(one));
  return found.every((one) => one !== undefined) ? parted(found, texts) : undefined;
}
