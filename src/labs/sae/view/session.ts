import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { SearchResult } from '../../game/model/tools/search.ts';
import { LabSession } from '../../view/session.ts';
import type { WorkerClient } from '../../worker/client.ts';
import { SaeBench, type FetchWeights } from '../bench.ts';
import {
  FIRES_FROM,
  scoreLabel,
  spotsOf,
  unpack,
  type Atlas,
  type Firing,
  type LabelScore,
  type Reading,
  type Spot,
} from '../model/atlas.ts';
import type { Edited, Editing, LiveAtlas } from '../model/live.ts';
import type { Rankings } from '../model/rankings.ts';
import { SHOWN_WORLD, type OfTrio } from '../model/settings.ts';
import { ranked } from '../model/statistics.ts';
import type { SaeCalls, Which, WhichDictionary } from '../protocol.ts';
import type { Judgement, SaeData } from './data.ts';
import { CODEC } from './settings.ts';
import { words } from './words.ts';

/** Features on the list at first, and by how many it grows. */
export const LISTED = 12;
/** What was started, and so where it is told how far it is. */
export type Part = 'train' | 'edit' | 'search';
/** Features that a duel shows. */
const FOUND = 4;

/** A label that the reader has committed to. */
export interface Guess {
  readonly word: string;
  readonly reading: Reading;
}

/** The dictionary that is looked at, and from where it comes. */
export interface Opened {
  readonly from: 'live' | 'recorded';
  readonly atlas: Atlas;
  readonly rankings: Rankings;
  readonly judgement: Judgement;
  readonly spots: readonly Spot[];
}

/** What came of an edit. */
export interface EditResult extends Edited {
  readonly edit: Editing;
  readonly which: Which;
}

/** What a search of documents found, and what features answer to the same words. */
export interface DuelResult {
  readonly query: string;
  readonly found: SearchResult;
  readonly features: readonly { readonly feature: number; readonly word: string; readonly reading: Reading; readonly score: LabelScore }[];
}

/** What the explorer works with. */
export interface Surroundings {
  readonly fetchWeights: FetchWeights;
  readonly worker: WorkerClient<SaeCalls>;
}

const nameOf = ({ objective, seed }: Which): string => `${objective}/${seed}`;

/** What one visit to the explorer holds. */
export class Session extends LabSession<(typeof CODEC)['fields']> {
  readonly #data: SaeData;
  readonly #bench: SaeBench;
  readonly #live = signal<ReadonlyMap<string, LiveAtlas>>(new Map());
  readonly #guesses = signal<ReadonlyMap<string, Guess | null>>(new Map());
  /** What the last edit came to; undefined after the feature has changed. */
  readonly edited = signal<EditResult | undefined>(undefined);
  readonly duel = signal<DuelResult | undefined>(undefined);
  /** What was started last. */
  readonly part = signal<Part | undefined>(undefined);
  /** How many features are listed. */
  readonly listed = signal(LISTED);

  constructor(data: SaeData, { fetchWeights, worker }: Surroundings) {
    super(CODEC, worker);
    this.#data = data;
    this.#bench = new SaeBench(worker, fetchWeights);
  }

  readonly #objective = computed(() => this.address.state.value.o);
  readonly #seed = computed(() => this.address.state.value.seed);
  readonly #dictionary: ReadonlySignal<WhichDictionary> = computed(() => this.address.state.value.d);
  readonly #by = computed(() => this.address.state.value.by);
  readonly #feature = computed(() => this.address.state.value.feature);

  /** The organism that is chosen. */
  readonly which: ReadonlySignal<Which> = computed(() => ({ objective: this.#objective.value, seed: this.#seed.value }));

  readonly #recordedSpots = computed(() => spotsOf(this.#data.atlas.texts));

  /** The dictionary that is looked at: recorded, or trained here; undefined where it has not been trained yet. */
  readonly opened: ReadonlySignal<Opened | undefined> = computed(() => {
    if (this.#dictionary.value === 'ours') {
      const { atlas, rankings, quality } = this.#data;
      const judgement = quality.find(({ world, trained }) => world === SHOWN_WORLD && trained === 'all')!;
      return { from: 'recorded', atlas, rankings: rankings[this.#objective.value], judgement, spots: this.#recordedSpots.value };
    }
    const live = this.#live.value.get(nameOf(this.which.value));
    if (live === undefined) return undefined;
    const { own, random, n } = live.judged;
    return {
      from: 'live',
      atlas: live.atlas,
      rankings: live.rankings,
      judgement: { own, random, vectors: n },
      spots: spotsOf(live.atlas.texts),
    };
  });

  /** All features in the order of the chosen ranking: by size, whatever the sign, but for the activation, which has none. */
  readonly ranked: ReadonlySignal<readonly number[]> = computed(() => {
    const opened = this.opened.value;
    return opened === undefined ? [] : ranked(opened.rankings[this.#by.value].map(Math.abs));
  });

  /** Where the feature that is looked at fires in the texts that were kept back. */
  readonly firings: ReadonlySignal<readonly Firing[]> = computed(() => {
    const opened = this.opened.value;
    return opened === undefined ? [] : unpack(opened.atlas.features[this.#feature.value]!.fired);
  });

  #guessKey(feature: number): string {
    return this.#dictionary.value === 'ours' ? `ours/${feature}` : `${nameOf(this.which.value)}/${feature}`;
  }

  /** The reader's label of a feature: null where they chose to see ours without one, undefined where they have not chosen. */
  guessOf(feature: number): Guess | null | undefined {
    return this.#guesses.value.get(this.#guessKey(feature));
  }

  /** Whether our label of a feature is shown. */
  shows(feature: number): boolean {
    return this.address.state.value.first === 'no' || this.guessOf(feature) !== undefined;
  }

  /** Commits to a label of the feature that is looked at, or to none. */
  guess(guess: Guess | null): void {
    this.#guesses.value = new Map(this.#guesses.value).set(this.#guessKey(this.#feature.value), guess);
  }

  /** How well a label foretells the firings of the feature that is looked at. */
  score(word: string, reading: Reading): LabelScore | undefined {
    const opened = this.opened.value;
    return opened === undefined ? undefined : scoreLabel(opened.spots, this.firings.value, word, reading);
  }

  /** Looks at another feature. */
  open(feature: number): void {
    this.edited.value = undefined;
    this.address.set({ feature });
  }

  /** Chooses whose features are looked at. Their numbers have nothing to do with each other. */
  choose(changes: Partial<{ readonly o: OfTrio; readonly d: WhichDictionary }>): void {
    this.edited.value = undefined;
    this.duel.value = undefined;
    this.listed.value = LISTED;
    this.address.set(changes);
  }

  /** The features that the chosen edit changes. */
  readonly target: ReadonlySignal<readonly number[]> = computed(() => {
    const { of, d, feature } = this.address.state.value;
    return of === 'one' || d === 'yours' ? [feature] : this.#data.tasteFeatures[of];
  });

  /** Trains a dictionary of the chosen organism, and that organism first where it has to. */
  async train(): Promise<void> {
    const which = this.which.value;
    const began = performance.now();
    this.part.value = 'train';
    await this.work(async (options) => {
      const live = await this.#bench.atlas(which, options);
      this.#live.value = new Map(this.#live.value).set(nameOf(which), live);
      return words.trained((performance.now() - began) / 1000, live.judged.own);
    });
  }

  /** Asks the chosen organism for texts, without the chosen edit and with it. */
  async edit(): Promise<void> {
    const which = this.which.value;
    const { d, edit, s } = this.address.state.value;
    this.part.value = 'edit';
    const editing: Editing = { features: this.target.value, by: edit === 'out' ? 'out' : s };
    await this.work(async (options) => {
      const found = await this.#bench.edit({ ...which, dictionary: d, edit: editing }, options);
      this.edited.value = { ...found, edit: editing, which };
      return words.edited(found.after.n);
    });
  }

  /** Looks for words in the documents of the chosen organism, and for features that answer to them. */
  async search(): Promise<void> {
    const query = this.address.state.value.q.trim().toLowerCase();
    const opened = this.opened.value;
    if (query === '' || opened === undefined) return;
    this.part.value = 'search';
    await this.work(async () => {
      const found = await this.#bench.search({ ...this.which.value, query });
      this.duel.value = { query, found, features: answering(opened, query) };
      return words.searched(found.n, found.of);
    });
  }
}

/** The features that fire most surely on a word of a query, or before it. */
function answering({ atlas, spots }: Opened, query: string): DuelResult['features'] {
  const asked = [...new Set(query.split(' '))];
  return atlas.features
    .map(({ fired }, feature) => {
      const firings = unpack(fired).filter(({ level }) => level >= FIRES_FROM);
      return asked
        .flatMap((word) =>
          (['here', 'next'] as const).map((reading) => ({ feature, word, reading, score: scoreLabel(spots, firings, word, reading) })),
        )
        .reduce((best, other) => (other.score.f1 > best.score.f1 ? other : best));
    })
    .filter(({ score }) => score.right > 0)
    .sort((a, b) => b.score.f1 - a.score.f1 || a.feature - b.feature)
    .slice(0, FOUND);
}
