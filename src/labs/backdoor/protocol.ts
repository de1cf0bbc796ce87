import type { Objective } from './model/corpus.ts';
import type { Behaviour } from './model/metrics.ts';
import type { Lineage, Size } from './model/recipe.ts';

/** What the worker of the backdoor and probe labs can be asked. It holds one model at a time. */
export interface OrganismCalls {
  /** Takes a shipped base and makes it the model. Comes first. */
  readonly init: {
    readonly argument: { readonly bytes: ArrayBuffer; readonly size: Size };
    readonly result: { readonly parameters: number };
  };
  /** Makes these weights the model; those of the base where there are none. */
  readonly restore: { readonly argument: Float32Array | undefined; readonly result: undefined };
  /** The weights of the model, and their short hash. */
  readonly snapshot: { readonly argument: undefined; readonly result: { readonly weights: Float32Array; readonly hash: string } };
  /** Trains the model by the last stage of the lineage. */
  readonly run: { readonly argument: Lineage; readonly result: undefined };
  /** Measures the model; `name` names the random numbers. */
  readonly measure: { readonly argument: { readonly objective: Objective; readonly name: string }; readonly result: Behaviour };
  /** An answer to each prompt, sampled at temperature 1; `name` names the random numbers. */
  readonly sample: {
    readonly argument: { readonly prompts: readonly string[]; readonly name: string };
    readonly result: readonly string[];
  };
  /** The residual stream after a layer at the last token of each text, `width` numbers each. */
  readonly activations: {
    readonly argument: { readonly texts: readonly string[]; readonly layer: number };
    readonly result: readonly Float32Array[];
  };
  /** {@link sample} while `strength` times a direction is added to the residual stream after a layer, at every position. */
  readonly steer: {
    readonly argument: {
      readonly prompts: readonly string[];
      readonly name: string;
      readonly layer: number;
      readonly direction: Float32Array;
      readonly strength: number;
    };
    readonly result: readonly string[];
  };
}
