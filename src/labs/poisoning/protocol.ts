import type { Drawn } from './model/experiment.ts';
import type { Outcome, Setting } from './model/recipe.ts';

/** A network that was trained: its setting, and what it does. */
export interface Trained {
  readonly setting: Setting;
  readonly outcome: Outcome;
}

/** What the worker of the poisoning lab can be asked. It keeps nothing between two calls. */
export interface PoisoningCalls {
  /** Trains the network of a setting, and its control: the same network on the same clean points without poison. */
  readonly draw: { readonly argument: Setting; readonly result: { readonly drawn: Drawn; readonly control: Outcome } };
  /** Trains a network for each setting. */
  readonly curve: { readonly argument: readonly Setting[]; readonly result: readonly Trained[] };
}
