import { batch, computed, signal, type ReadonlySignal } from '@preact/signals';
import { kernelsRun } from '../../nn/kernels.ts';
import type { Running } from '../../view/Progress.tsx';
import type { CallOptions, WorkerClient } from '../../worker/client.ts';
import type { Progress } from '../../worker/protocol.ts';
import { TOOLS, type ToolId } from '../model/tools/deck.ts';
import type { Order } from '../model/tools/findings.ts';
import type { Objective } from '../model/world.ts';
import type { Case } from '../play/case.ts';
import { bought, filed, left, opened, sealed, uses, type Play, type Report } from '../play/game.ts';
import type { PlayStore } from '../play/store.ts';
import type { GameCalls } from '../protocol.ts';
import { words } from './words.ts';

type Client = WorkerClient<GameCalls>;

/** What a game needs of the browser. */
export interface Surroundings {
  readonly fetchBase: () => Promise<ArrayBuffer>;
  readonly startWorker: () => Client;
  readonly store: PlayStore;
}

/** The four places of the desk, which are tabs on a phone. */
export const PLACES = ['tools', 'evidence', 'notebook', 'report'] as const;
export type Place = (typeof PLACES)[number];

/** Where the model stands. */
export type ModelState = 'waiting' | 'training' | 'ready' | 'unable';

/** Whether a tool asks the model itself; the others ask what it read. */
export const asksModel = (tool: ToolId): boolean => TOOLS[tool].group !== 'data';

const messageOf = (error: unknown): string => {
  if (error instanceof DOMException && error.name === 'AbortError') return words.cancelled;
  return error instanceof Error ? error.message : String(error);
};

/** A worker with what it was told: a lost one knows nothing of the case. */
interface Told {
  readonly client: Client;
  generation: number;
}

/** One visit to a case: its play, the model in a worker, and one use of a tool at a time. */
export class GameSession {
  readonly given: Case;
  readonly #play;
  readonly play: ReadonlySignal<Play>;
  readonly model = signal<ModelState>('waiting');
  /** Short hash of the trained weights: the same wherever the case is opened. Empty until then. */
  readonly weights = signal('');
  /** How far a training is, of the model or of what a tool trains. */
  readonly running = signal<Running | undefined>(undefined);
  readonly paused = signal(false);
  /** The tool in use, or the opening of the seal. */
  readonly busy = signal<ToolId | 'reveal' | undefined>(undefined);
  /** What came of the last step, in words. */
  readonly said = signal('');
  /** What went wrong: what, then what to do. */
  readonly problem = signal('');
  readonly tool = signal<ToolId | undefined>(undefined);
  /** Under which evidence is filed; at first that there is nothing to find. */
  readonly hypothesis = signal<Objective>('none');
  readonly place = signal<Place>('tools');
  /** The piece of evidence that has just come, which takes the focus. */
  readonly fresh = signal(0);
  readonly left = computed(() => left(this.#play.value));
  readonly over = computed(() => this.#play.value.report !== undefined);
  readonly #surroundings: Surroundings;
  readonly #model: Told;
  /** Searches what the model read while the model is still in training: a worker does one thing after the other. */
  #reader: Told | undefined;
  #base: Promise<ArrayBuffer> | undefined;
  #training: Promise<void> | undefined;
  #abort: AbortController | undefined;

  constructor(given: Case, surroundings: Surroundings) {
    this.given = given;
    this.#surroundings = surroundings;
    this.#model = { client: surroundings.startWorker(), generation: 0 };
    const { play, problem } = surroundings.store.load(given);
    this.#play = signal(play);
    this.play = this.#play;
    this.problem.value = problem ?? '';
  }

  /** Begins when the page does: seals the answer and trains the model, unless the case is over. Returns what ends it. */
  begin(): () => void {
    const { store } = this.#surroundings;
    const end = store.listen(window, (code) => {
      if (code === this.#play.value.code) this.#play.value = store.load(this.given).play;
    });
    const told = (): void => {
      this.paused.value = document.hidden;
      this.#model.client.pause(document.hidden);
      this.#reader?.client.pause(document.hidden);
    };
    document.addEventListener('visibilitychange', told);
    if (!kernelsRun()) this.model.value = 'unable';
    const { report, debrief } = this.#play.value;
    if (report !== undefined && debrief === undefined) void this.reveal();
    else if (debrief === undefined) void (this.model.value === 'unable' ? this.#seal() : this.train());
    return () => {
      end();
      document.removeEventListener('visibilitychange', told);
      this.#model.client.end();
      this.#reader?.client.end();
    };
  }

  /**
   * Changes the play by one step of the rules and keeps it. What the rules forbid becomes words.
   * @returns whether the step was made
   */
  step(change: (play: Play) => Play): boolean {
    try {
      const next = change(this.#play.value);
      if (next === this.#play.value) return true;
      const { play, problem } = this.#surroundings.store.save(next);
      batch(() => {
        this.#play.value = play;
        this.problem.value = problem ?? '';
      });
      return play === next;
    } catch (error) {
      this.problem.value = messageOf(error);
      return false;
    }
  }

  /** Trains the model, unless it is trained or in training. Never rejects: what goes wrong becomes words. */
  train(): Promise<void> {
    this.#training ??= this.#train().finally(() => {
      if (this.model.value !== 'ready') this.#training = undefined;
    });
    return this.#training;
  }

  async #train(): Promise<void> {
    this.model.value = 'training';
    try {
      await this.#open(this.#model);
      const { weights } = await this.#model.client.call('train', undefined, this.#watched());
      this.weights.value = weights;
      this.model.value = 'ready';
      this.said.value = words.trained;
    } catch (error) {
      this.model.value = 'waiting';
      this.problem.value = messageOf(error);
    } finally {
      this.running.value = undefined;
    }
  }

  /** Gives up what is under way; nothing is paid. */
  cancel(): void {
    this.#abort?.abort();
  }

  /**
   * Uses a tool and pays for what it finds. Waits for the model where the tool needs one.
   * @param takesFocus whether the focus goes to what was found
   */
  async use(order: Order, takesFocus = true): Promise<void> {
    if (this.busy.value !== undefined) return;
    this.busy.value = order.tool;
    this.problem.value = '';
    this.said.value = '';
    try {
      const asks = asksModel(order.tool);
      if (asks) await this.train();
      if (asks && this.model.value !== 'ready') return;
      const told = asks || this.model.value !== 'training' ? this.#model : this.#second();
      await this.#open(told);
      const turn = uses(this.#play.value, order.tool);
      const finding = await told.client.call('use', { order, turn }, this.model.value === 'training' ? {} : this.#watched());
      if (!this.step((play) => bought(play, order, finding))) return;
      const number = this.#play.value.entries.length;
      batch(() => {
        this.tool.value = undefined;
        this.place.value = 'evidence';
        if (takesFocus) this.fresh.value = number;
        this.said.value = words.bought(number, order.tool, this.left.value);
      });
    } catch (error) {
      this.problem.value = messageOf(error);
    } finally {
      if (this.model.value !== 'training') this.running.value = undefined;
      this.busy.value = undefined;
    }
  }

  /** Files the report and opens the seal. */
  async file(report: Omit<Report, 'belief'>): Promise<void> {
    if (this.step((play) => filed(play, report))) await this.reveal();
  }

  /** Opens the seal of a case whose report is filed. */
  async reveal(): Promise<void> {
    const { report } = this.#play.value;
    if (report === undefined || this.busy.value !== undefined) return;
    this.busy.value = 'reveal';
    this.problem.value = '';
    try {
      await this.#open(this.#model);
      const debrief = await this.#model.client.call('reveal', report, this.#watched());
      this.step((play) => opened(play, debrief));
    } catch (error) {
      this.problem.value = messageOf(error);
    } finally {
      this.running.value = undefined;
      this.busy.value = undefined;
    }
  }

  /** Forgets the case. */
  forget(): void {
    this.#surroundings.store.clear(this.#play.value.code);
  }

  /** All cases of this browser. */
  past(): readonly Play[] {
    return this.#surroundings.store.all();
  }

  async #seal(): Promise<void> {
    try {
      await this.#open(this.#model);
    } catch (error) {
      this.problem.value = messageOf(error);
    }
  }

  #second(): Told {
    this.#reader ??= { client: this.#surroundings.startWorker(), generation: 0 };
    return this.#reader;
  }

  /** Tells a worker of the case, unless it knows, and keeps the seal. */
  async #open(told: Told): Promise<void> {
    const { generation } = told.client;
    if (told.generation === generation) return;
    this.#base ??= this.#surroundings.fetchBase().catch((error: unknown) => {
      this.#base = undefined;
      throw error;
    });
    const { seal } = await told.client.call('open', { code: this.#play.value.code, base: await this.#base });
    told.generation = generation;
    if (!this.step((play) => sealed(play, seal))) throw new Error(this.problem.value);
  }

  #watched(): CallOptions {
    this.#abort = new AbortController();
    return {
      signal: this.#abort.signal,
      onProgress: ({ step, steps, loss, tokensPerSecond, secondsLeft }: Progress) => {
        this.running.value = { step, of: steps, loss, tokensASecond: tokensPerSecond, secondsLeft };
      },
    };
  }
}
