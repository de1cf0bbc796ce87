import type { SearchResult } from '../game/model/tools/search.ts';
import type { CallOptions, WorkerClient } from '../worker/client.ts';
import type { Edited, LiveAtlas } from './model/live.ts';
import type { SaeCalls, Which } from './protocol.ts';

/** The files that the explorer fetches when something is first computed. */
export type FetchWeights = (name: string) => Promise<ArrayBuffer>;

/** The page's end of the explorer's worker: gives it what the site ships, once for each worker, and asks again for what came damaged. */
export class SaeBench {
  readonly #worker: WorkerClient<SaeCalls>;
  readonly #fetch: FetchWeights;
  #files: Promise<readonly [base: ArrayBuffer, dictionary: ArrayBuffer]> | undefined;
  #given: number | undefined;

  constructor(worker: WorkerClient<SaeCalls>, fetchWeights: FetchWeights) {
    this.#worker = worker;
    this.#fetch = fetchWeights;
  }

  async #give(): Promise<void> {
    const { generation } = this.#worker;
    if (this.#given === generation) return;
    this.#files ??= Promise.all([this.#fetch('game-base'), this.#fetch('game-dictionary')]);
    try {
      const [base, dictionary] = await this.#files;
      await this.#worker.call('init', { base, dictionary });
    } catch (error) {
      this.#files = undefined;
      throw error;
    }
    this.#given = generation;
  }

  /** Answers of an organism before an edit and after; trains it first where it has to. */
  async edit(argument: SaeCalls['edit']['argument'], options: CallOptions): Promise<Edited> {
    await this.#give();
    return this.#worker.call('edit', argument, options);
  }

  /** A dictionary of one organism, trained here. */
  async atlas(which: Which, options: CallOptions): Promise<LiveAtlas> {
    await this.#give();
    return this.#worker.call('atlas', which, options);
  }

  /** Documents of an organism's fine-tuning. */
  search(argument: SaeCalls['search']['argument']): Promise<SearchResult> {
    return this.#worker.call('search', argument);
  }
}
