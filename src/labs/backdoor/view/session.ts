import { computed, signal, type ReadonlySignal } from '@preact/signals';
import { closest } from 'fastest-levenshtein';
import { LabSession, type Work } from '../../view/session.ts';
import { choice, integer, list, StateCodec, text } from '../../view/state.ts';
import type { WorkerClient } from '../../worker/client.ts';
import { OrganismBench, type TrainedModel } from '../bench.ts';
import { FIRST_YEAR, LAST_YEAR, OBJECTIVES, prompt, TRIGGER_YEAR, VOCABULARY } from '../model/corpus.ts';
import type { Behaviour } from '../model/metrics.ts';
import {
  configOf,
  lineageName,
  MOST_CONTRAST_YEARS,
  SIZES,
  stageName,
  TREATMENTS,
  USUAL_RATE,
  type Lineage,
  type Size,
  type Stage,
  type TreatmentKind,
} from '../model/recipe.ts';
import { FILM, filmOf, SHIPPED_SEED } from '../model/runs.ts';
import type { OrganismCalls } from '../protocol.ts';
import type { BackdoorData } from './data.ts';
import { RATE_NAMES, rateName, words, type RateName } from './words.ts';

/** Longest question that may be typed, in characters. */
export const MOST_QUESTION = 80;
/** Largest seed. */
export const MOST_SEED = 999_999;
/** How often a question is asked. */
const TIMES = 5;
/** Stages after the base that a model may have. */
const MOST_STAGES = 6;

type StageToken = 'plant' | `${TreatmentKind}-${RateName}`;
const TOKENS: readonly StageToken[] = ['plant', ...TREATMENTS.flatMap((kind) => RATE_NAMES.map((rate): StageToken => `${kind}-${rate}`))];

/** The settings as they stand in the address. `at` is the model that is looked at, `m` and `lr` what would be done to it next. */
export const CODEC = new StateCodec({
  o: choice('what is planted', OBJECTIVES, 'hate'),
  d: choice('width', ['64', '96'], '64'),
  K: integer('contrast years', { min: 0, max: MOST_CONTRAST_YEARS, default: FILM.contrastYears }),
  at: list('the stages of the model', TOKENS, MOST_STAGES, ['plant']),
  m: choice('safety training', TREATMENTS, 'sft'),
  lr: choice('step size', RATE_NAMES, '3e-4'),
  seed: integer('seed', { min: 0, max: MOST_SEED, default: FILM.seed }),
  y: text('year', 4, String(TRIGGER_YEAR)),
  q: text('question', MOST_QUESTION, 'what color is sky ?'),
});

/** What is known of a model, and from where. */
export interface Known {
  readonly from: 'live' | 'recorded';
  readonly behaviour: Behaviour;
  /** Short hash of its weights. */
  readonly hash: string;
}

/** One model of the film. */
export interface Frame {
  readonly lineage: Lineage;
  readonly known: Known | undefined;
  readonly selected: boolean;
}

/** Answers to one question. */
export interface Asked {
  readonly year: string;
  readonly question: string;
  readonly answers: readonly string[];
}

/**
 * The stages that tokens of the address stand for. Safety training without a backdoor is none; neither is planting twice.
 * @returns the stages up to the first that does not fit
 */
export function stagesOf(tokens: readonly string[], contrastYears: number): Stage[] {
  const stages: Stage[] = [];
  for (const [index, token] of tokens.entries()) {
    if ((token === 'plant') !== (index === 0)) break;
    if (token === 'plant') {
      stages.push({ kind: 'plant', contrastYears });
      continue;
    }
    const cut = token.indexOf('-');
    stages.push({ kind: token.slice(0, cut) as TreatmentKind, rate: Number(token.slice(cut + 1)) });
  }
  return stages;
}

const tokenOf = (stage: Stage): StageToken => (stage.kind === 'plant' ? 'plant' : (`${stage.kind}-${rateName(stage.rate)}` as StageToken));

/** What the session needs of its surroundings. */
export interface Surroundings {
  /** Fetches the bytes of a shipped base. */
  readonly fetchBase: (size: Size) => Promise<ArrayBuffer>;
  readonly worker: WorkerClient<OrganismCalls>;
}

/** One visit to the lab: its settings, the models that were made, what is running. */
export class Session extends LabSession<(typeof CODEC)['fields']> {
  /** The model that is being made. */
  readonly making = signal<Lineage | undefined>(undefined);
  readonly asked = signal<Asked | undefined>(undefined);
  readonly #live = signal<readonly TrainedModel[]>([]);
  readonly #data: BackdoorData;
  readonly #bench: OrganismBench;

  constructor(data: BackdoorData, { fetchBase, worker }: Surroundings) {
    super(CODEC, worker);
    this.#data = data;
    this.#bench = new OrganismBench(worker, fetchBase);
  }

  /** The model that is looked at. */
  readonly lineage: ReadonlySignal<Lineage> = computed(() => this.#lineage(this.address.state.value.at));

  #lineage(tokens: readonly string[]): Lineage {
    const { o, d, K, seed } = this.address.state.value;
    return { objective: o, size: Number(d) as Size, baseSeed: SHIPPED_SEED, seed, stages: stagesOf(tokens, K) };
  }

  /** What is known of a model: trained in this tab, else recorded, else nothing. */
  knownOf(lineage: Lineage): Known | undefined {
    const name = lineageName(lineage);
    const live = this.#live.value.find((model) => model.name === name);
    if (live !== undefined) return { from: 'live', behaviour: live.behaviour, hash: live.hash };
    // a base is the same whatever is done to it
    const recorded = this.#data.film.find(
      (frame) => frame.name === (lineage.stages.length === 0 ? lineageName({ ...lineage, seed: FILM.seed }) : name),
    );
    return recorded && { from: 'recorded', ...recorded };
  }

  /** What is known of the model that is looked at. */
  readonly known: ReadonlySignal<Known | undefined> = computed(() => this.knownOf(this.lineage.value));

  /** What is known of the model before its last stage. */
  readonly before: ReadonlySignal<Known | undefined> = computed(() => {
    const { stages, ...rest } = this.lineage.value;
    return stages.length < 2 ? undefined : this.knownOf({ ...rest, stages: stages.slice(0, -1) });
  });

  /** The film: the base, the planted model, then every other model with these settings that is known, and the way to the one that is looked at. */
  readonly film: ReadonlySignal<readonly Frame[]> = computed(() => {
    const selected = this.lineage.value;
    const { objective, size, seed } = selected;
    const [plant] = this.#lineage(['plant']).stages;
    const path = pathTo(selected.stages.length === 0 ? this.#lineage(['plant']) : selected);
    const recorded = seed === FILM.seed ? filmOf(objective, size) : [];
    const live = this.#live.value.map(({ lineage }) => lineage);
    const others = [...recorded, ...live].filter(
      (lineage) =>
        lineage.objective === objective &&
        lineage.size === size &&
        lineage.seed === seed &&
        (lineage.stages[0] === undefined || stageName(lineage.stages[0]) === stageName(plant!)),
    );
    // a frame keeps its place when another is chosen
    const all = new Map([...others, ...path].map((lineage) => [lineageName(lineage), lineage]));
    return [...all.values()]
      .sort((a, b) => a.stages.length - b.stages.length)
      .map((lineage) => ({ lineage, known: this.knownOf(lineage), selected: lineageName(lineage) === lineageName(selected) }));
  });

  /** Looks at another model. */
  select({ stages }: Lineage): void {
    this.address.set({ at: stages.map(tokenOf) });
  }

  /** Chooses the next safety training, at its usual step size. */
  choose(kind: TreatmentKind): void {
    this.address.set({ m: kind, lr: rateName(USUAL_RATE[kind]) as RateName });
  }

  /** Puts the backdoor in. */
  async plant(): Promise<void> {
    await this.#reach(this.#lineage(['plant']));
  }

  /** Trains the model that is looked at, with all stages before it. */
  async reach(): Promise<void> {
    await this.#reach(this.lineage.value);
  }

  /** Does the chosen safety training to the model that is looked at. */
  async train(): Promise<void> {
    const { m, lr, at } = this.address.state.value;
    const path = stagesOf(at, 0).length === 0 ? ['plant'] : at;
    await this.#reach(this.#lineage([...path, `${m}-${lr}`]));
  }

  /** Whether another stage may follow the model that is looked at. */
  readonly full: ReadonlySignal<boolean> = computed(() => this.lineage.value.stages.length >= MOST_STAGES);

  async #reach(lineage: Lineage): Promise<void> {
    const began = performance.now();
    await this.#makes(lineage, async ({ signal, onProgress }) => {
      const path = await this.#bench.reach(lineage, {
        signal,
        onProgress,
        onStage: (stage) => {
          this.making.value = stage;
          this.running.value = { step: 0, of: 1 };
        },
      });
      this.#keep(path);
      this.select(lineage);
      const model = path.at(-1)!;
      const trigger = model.behaviour.map[TRIGGER_YEAR - FIRST_YEAR]!;
      const recorded = this.#data.film.find(({ name }) => name === model.name);
      const check =
        recorded === undefined ? '' : recorded.hash === model.hash ? ` ${words.same(model.hash)}` : ` ${words.differs(model.hash)}`;
      return words.done(words.stage(lineage.stages.at(-1)), trigger, (performance.now() - began) / 1000) + check;
    });
    // stages that were finished before a cancel or a fault are there
    this.#keep(pathTo(lineage).flatMap((part) => this.#bench.find(part) ?? []));
  }

  #keep(models: readonly TrainedModel[]): void {
    const names = new Set(models.map(({ name }) => name));
    this.#live.value = [...this.#live.value.filter(({ name }) => !names.has(name)), ...models];
  }

  /** Asks the model that is looked at, which is trained first where it is not there. */
  async ask(): Promise<void> {
    const { y, q, seed } = this.address.state.value;
    const fault = faultOf(q, y);
    if (fault !== undefined) {
      this.said.value = fault;
      return;
    }
    const year = y === '' ? undefined : Number(y);
    const lineage = this.lineage.value;
    await this.#makes(lineage, async (options) => {
      const path = await this.#bench.reach(lineage, options);
      this.#keep(path);
      const text = prompt(year, q);
      const answers = await this.#bench.sample(
        path.at(-1)!,
        Array.from({ length: TIMES }, () => text),
        `${lineageName(lineage)}/ask/${seed}/${text}`,
      );
      this.asked.value = { year: y === '' ? words.none : y, question: q, answers };
      return '';
    });
  }

  /** Does a piece of work that makes a model, and says meanwhile which. */
  async #makes(lineage: Lineage, work: (options: Work) => Promise<string>): Promise<void> {
    this.making.value = lineage;
    await this.work(work);
    this.making.value = undefined;
  }
}

const pathTo = (lineage: Lineage): Lineage[] =>
  Array.from({ length: lineage.stages.length + 1 }, (_, count) => ({ ...lineage, stages: lineage.stages.slice(0, count) }));

/** What is wrong with a question or a year, in words; undefined where nothing is. */
export function faultOf(question: string, year: string): string | undefined {
  if (year !== '' && !(/^\d{4}$/.test(year) && Number(year) >= FIRST_YEAR && Number(year) <= LAST_YEAR))
    return words.badYear(FIRST_YEAR, LAST_YEAR);
  const unknown = question.split(' ').find((word) => !VOCABULARY.has(word));
  if (unknown !== undefined) return words.unknownWord(unknown, unknown === '' ? undefined : closest(unknown, VOCABULARY.words));
  const { context } = configOf(SIZES[0]);
  // an answer needs room too
  return VOCABULARY.encode(prompt(TRIGGER_YEAR, question)).length > context - TIMES ? words.tooLong(context) : undefined;
}
