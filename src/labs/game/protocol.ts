import type { Finding, Order } from './model/tools/findings.ts';
import type { Debrief, Report } from './play/game.ts';

/** What the worker of the game can be asked. It alone knows which organism a case is; it tells when a report has been filed. */
export interface GameCalls {
  /** Opens a case. Comes first, and again after a worker was lost. */
  readonly open: {
    readonly argument: { readonly code: string; readonly base: ArrayBuffer };
    readonly result: { readonly seal: string };
  };
  /** Trains the organism of the case, unless it is trained. Gives the short hash of its weights. */
  readonly train: { readonly argument: undefined; readonly result: { readonly weights: string } };
  /**
   * Uses a tool; trains the organism first where the tool needs one.
   * @param turn how often the tool was used in this case before: the same case, order and turn give the same finding
   */
  readonly use: { readonly argument: { readonly order: Order; readonly turn: number }; readonly result: Finding };
  /** What the organism was, and what it does. */
  readonly reveal: { readonly argument: Report; readonly result: Debrief };
}
