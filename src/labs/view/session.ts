import { computed, signal, type ReadonlySignal } from '@preact/signals';
import { kernelsRun } from '../nn/kernels.ts';
import type { Progress } from '../worker/protocol.ts';
import { AddressState } from './address-state.ts';
import type { Running } from './Progress.tsx';
import type { Fields, IntegerField, StateCodec } from './state.ts';
import { labWords as words } from './words.ts';

/** The settings of a lab, of which one is its seed. */
export type LabFields = Fields & { readonly seed: IntegerField };

/** What a piece of work is given: how it is given up, and whom it tells how far it is. */
export interface Work {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

/** What a session must be able to do to its worker. */
interface Held {
  pause(paused: boolean): void;
  end(): void;
}

/** One visit to a lab: its settings in the address, one piece of work at a time, and rest while nobody looks. */
export abstract class LabSession<F extends LabFields> {
  readonly address: AddressState<F>;
  /** Whether the script has begun; without it no control does anything. */
  readonly ready = signal(false);
  /** False where the browser cannot run the models. */
  readonly able = signal(true);
  readonly running = signal<Running | undefined>(undefined);
  readonly paused = signal(false);
  /** What came of the last piece of work, in words. */
  readonly said = signal('');
  /** Whether the tables behind the pictures are open. */
  readonly tables = signal(false);
  /** Whether no setting may be changed: before the script has begun, and while something runs. */
  readonly still: ReadonlySignal<boolean> = computed(() => !this.ready.value || this.running.value !== undefined);
  /** Whether something may be started. */
  readonly free: ReadonlySignal<boolean> = computed(() => this.able.value && !this.still.value);
  readonly #worker: Held;
  #abort: AbortController | undefined;

  protected constructor(codec: StateCodec<F>, worker: Held) {
    this.address = new AddressState(codec);
    this.#worker = worker;
  }

  /**
   * Begins when the page's script does.
   * @param root what must be in sight for work to go on
   * @returns what ends it
   */
  begin(root: Element): () => void {
    const end = this.address.begin();
    this.able.value = kernelsRun();
    this.ready.value = true;
    let inSight = true;
    const told = (): void => {
      this.paused.value = document.hidden || !inSight;
      this.#worker.pause(this.paused.value);
    };
    const observer = new IntersectionObserver((entries) => {
      // several may have come since the last call; the newest comes last
      inSight = entries.at(-1)?.isIntersecting !== false;
      told();
    });
    observer.observe(root);
    document.addEventListener('visibilitychange', told);
    return () => {
      end();
      observer.disconnect();
      document.removeEventListener('visibilitychange', told);
      this.#worker.end();
    };
  }

  /** Gives up what is running. */
  cancel(): void {
    this.#abort?.abort();
  }

  /** Does a piece of work unless another is under way, shows how far it is, and says in the end what came of it: its own words, or what went wrong. */
  protected async work(work: (options: Work) => Promise<string>): Promise<void> {
    if (this.running.value !== undefined) return;
    this.#abort = new AbortController();
    this.running.value = { step: 0, of: 1 };
    this.said.value = '';
    try {
      this.said.value = await work({
        signal: this.#abort.signal,
        onProgress: ({ step, steps, loss, tokensPerSecond, secondsLeft }) => {
          this.running.value = { step, of: steps, loss, tokensASecond: tokensPerSecond, secondsLeft };
        },
      });
    } catch (error) {
      const cancelled = error instanceof DOMException && error.name === 'AbortError';
      this.said.value = cancelled ? words.cancelled : error instanceof Error ? error.message : String(error);
    } finally {
      this.running.value = undefined;
      this.#abort = undefined;
    }
  }
}
