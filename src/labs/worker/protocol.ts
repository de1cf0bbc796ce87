import type { StepReport } from '../training.ts';

/** What a worker can be asked to do, by name. Arguments and results are what structured cloning can carry. */
export type Calls<C> = { readonly [Name in keyof C]: { readonly argument: unknown; readonly result: unknown } };

/** How far a training is. */
export interface Progress extends StepReport {
  readonly tokensPerSecond: number;
  /** Seconds left in this stage at the pace so far. */
  readonly secondsLeft: number;
}

/** From the page to the worker. */
export type Request =
  | { readonly type: 'call'; readonly id: number; readonly name: string; readonly argument: unknown }
  | { readonly type: 'cancel'; readonly id: number }
  | { readonly type: 'pause'; readonly paused: boolean };

/** From the worker to the page. */
export type Reply =
  | { readonly type: 'progress'; readonly id: number; readonly progress: Progress }
  | { readonly type: 'result'; readonly id: number; readonly result: unknown }
  | { readonly type: 'error'; readonly id: number; readonly message: string }
  | { readonly type: 'cancelled'; readonly id: number };

/** Either end of the line between page and worker. */
export interface Line {
  postMessage(message: unknown, transfer?: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}
