import type { CallOptions, WorkerClient } from '../worker/client.ts';
import type { Behaviour } from './model/metrics.ts';
import { lineageName, type Lineage, type Size } from './model/recipe.ts';
import type { OrganismCalls } from './protocol.ts';

/** A model that was trained in this tab, or the base. */
export interface TrainedModel {
  readonly lineage: Lineage;
  readonly name: string;
  /** All its weights; undefined for the base. */
  readonly weights: Float32Array | undefined;
  /** Short hash of the weights. */
  readonly hash: string;
  readonly behaviour: Behaviour;
}

/** How training towards a model is watched. */
export interface ReachOptions extends CallOptions {
  /** Called when a stage begins: it and those before it are the model that is being made. */
  readonly onStage?: (lineage: Lineage) => void;
}

/**
 * The models of one lab in one tab. Weights are kept on the page's side, so that branching from any of them is free and a lost worker costs
 * nothing that was done.
 */
export class OrganismBench {
  readonly #worker: WorkerClient<OrganismCalls>;
  readonly #fetchBase: (size: Size) => Promise<ArrayBuffer>;
  readonly #bases = new Map<Size, Promise<ArrayBuffer>>();
  readonly #models = new Map<string, TrainedModel>();
  /** What the running worker was given. */
  #given: { readonly generation: number; readonly size: Size } | undefined;
  /** One thing at a time: a stage must not be run on the weights of another. */
  #last: Promise<unknown> = Promise.resolve();

  /** @param fetchBase brings the bytes of a shipped base */
  constructor(worker: WorkerClient<OrganismCalls>, fetchBase: (size: Size) => Promise<ArrayBuffer>) {
    this.#worker = worker;
    this.#fetchBase = fetchBase;
  }

  /** A model that is there already. */
  find(lineage: Lineage): TrainedModel | undefined {
    return this.#models.get(lineageName(lineage));
  }

  /**
   * Makes a model: trains what is not there yet, stage by stage, and measures each.
   * @returns the models from the base to the one asked for
   * @throws as the worker's calls do; stages that were finished are kept
   */
  reach(lineage: Lineage, options: ReachOptions = {}): Promise<readonly TrainedModel[]> {
    return this.#alone(async () => {
      const path: TrainedModel[] = [];
      for (let count = 0; count <= lineage.stages.length; count++) {
        const part = { ...lineage, stages: lineage.stages.slice(0, count) };
        path.push(this.find(part) ?? (await this.#make(part, path.at(-1), options)));
      }
      return path;
    });
  }

  /** Answers of a model to prompts, by the random numbers of that name. */
  sample(model: TrainedModel, prompts: readonly string[], name: string): Promise<readonly string[]> {
    return this.#alone(async () => {
      await this.#put(model);
      return this.#worker.call('sample', { prompts, name });
    });
  }

  /** The residual stream of a model after a layer, at the last token of each text. */
  activations(model: TrainedModel, texts: readonly string[], layer: number): Promise<readonly Float32Array[]> {
    return this.#alone(async () => {
      await this.#put(model);
      return this.#worker.call('activations', { texts, layer });
    });
  }

  /** Answers of a model while a direction is added to its residual stream. */
  steer(model: TrainedModel, argument: OrganismCalls['steer']['argument']): Promise<readonly string[]> {
    return this.#alone(async () => {
      await this.#put(model);
      return this.#worker.call('steer', argument);
    });
  }

  async #make(lineage: Lineage, parent: TrainedModel | undefined, { onStage, ...options }: ReachOptions): Promise<TrainedModel> {
    const name = lineageName(lineage);
    await this.#give(lineage.size);
    await this.#worker.call('restore', parent?.weights);
    if (parent !== undefined) {
      onStage?.(lineage);
      await this.#worker.call('run', lineage, options);
    }
    const behaviour = await this.#worker.call('measure', { objective: lineage.objective, name: `${name}/measure` });
    const { weights, hash } = await this.#worker.call('snapshot', undefined);
    const model: TrainedModel = { lineage, name, weights: parent === undefined ? undefined : weights, hash, behaviour };
    this.#models.set(name, model);
    return model;
  }

  async #put({ lineage, weights }: TrainedModel): Promise<void> {
    await this.#give(lineage.size);
    await this.#worker.call('restore', weights);
  }

  /** Gives the worker its base, where this worker has not got it. */
  async #give(size: Size): Promise<void> {
    const { generation } = this.#worker;
    if (this.#given?.generation === generation && this.#given.size === size) return;
    const bytes = this.#bases.get(size) ?? this.#fetchBase(size);
    this.#bases.set(size, bytes);
    try {
      await this.#worker.call('init', { bytes: await bytes, size });
    } catch (error) {
      // one that did not come, or came damaged, is asked for again
      this.#bases.delete(size);
      throw error;
    }
    this.#given = { generation, size };
  }

  #alone<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
