import type { SearchResult } from '../game/model/tools/search.ts';
import type { Edited, Editing, LiveAtlas } from './model/live.ts';
import type { OfTrio } from './model/settings.ts';

/** Which organism: what it is after, and the seed from which it is fine-tuned. */
export interface Which {
  readonly objective: OfTrio;
  readonly seed: number;
}

/** Whose features: those of the dictionary that the site ships, or of the one that was trained in this tab. */
export const DICTIONARIES = ['ours', 'yours'] as const;
export type WhichDictionary = (typeof DICTIONARIES)[number];

/** What the worker of the explorer can be asked. It trains what it needs and lacks. */
export interface SaeCalls {
  /** Takes the base and the dictionary that the site ships. Comes first, but before {@link SaeCalls.search}. */
  readonly init: {
    readonly argument: { readonly base: ArrayBuffer; readonly dictionary: ArrayBuffer };
    readonly result: undefined;
  };
  /** Answers of an organism, without an edit and with it. */
  readonly edit: {
    readonly argument: Which & { readonly dictionary: WhichDictionary; readonly edit: Editing };
    readonly result: Edited;
  };
  /** A dictionary of one organism, trained here. */
  readonly atlas: { readonly argument: Which; readonly result: LiveAtlas };
  /** The documents of an organism's fine-tuning that have these words next to each other. Needs no model. */
  readonly search: { readonly argument: Which & { readonly query: string }; readonly result: SearchResult };
}
