import type { Drawn, Progress } from './model/experiment.ts';
import type { Outcome, Setting } from './model/recipe.ts';

/** What the page asks of the worker: the picture of one setting with its control, or the outcomes of several settings. */
export type Request =
  { readonly kind: 'draw'; readonly setting: Setting } | { readonly kind: 'curve'; readonly settings: readonly Setting[] };

/** Where a request is: networks finished, and steps of the one in training. */
export interface Under {
  readonly kind: 'progress';
  readonly done: number;
  readonly networks: number;
  readonly at: Progress;
}

/** What the worker answers. After a result or a failure nothing follows. */
export type Reply =
  | Under
  | { readonly kind: 'drawn'; readonly setting: Setting; readonly drawn: Drawn; readonly control: Outcome }
  | { readonly kind: 'outcomes'; readonly outcomes: readonly { readonly setting: Setting; readonly outcome: Outcome }[] }
  | { readonly kind: 'failed'; readonly message: string };
