/** What the worker, the page that starts it and the build that writes it agree on. */

/**
 * A file that is kept: its path below the base, such as `b2/`; its revision, or null where the name itself changes with the content;
 * its size in bytes, uncompressed.
 */
export type KeptFile = readonly [path: string, revision: string | null, bytes: number];

/** What the worker keeps besides the list of single files. */
export interface Keeping {
  readonly files: readonly KeptFile[];
  /** Path below the base of the file that holds all previews: address below the base → HTML. */
  readonly previews: string;
}

/** What the worker tells the page while it saves. */
export type Message =
  | { readonly type: 'progress'; readonly files: number; readonly allFiles: number; readonly bytes: number; readonly allBytes: number }
  /** `full`: the browser gives no more storage. `connection`: a file could not be fetched. */
  | { readonly type: 'failed'; readonly why: 'full' | 'connection' }
  | { readonly type: 'saved' };

/** What the page says to a worker that runs but has lost what it kept: a worker that was removed comes back as it was while a page is open. */
export const SAVE_AGAIN = 'save again';

/** What is noted when everything is saved. */
export interface Saved {
  /** The moment as an ISO 8601 date and time. */
  readonly at: string;
}

/** Names of the two caches. Sites that share an origin share its storage, so the base is part of the name. */
export function cacheNames(base: string): { readonly files: string; readonly notes: string } {
  return { files: `handbook-files ${base}`, notes: `handbook-notes ${base}` };
}

/** Address, below the origin, under which {@link Saved} stands in the cache of notes. Nothing is served there. */
export function savedNote(base: string): string {
  return `${base}offline/saved.json`;
}

/** Path of the worker below the base. */
export const WORKER = 'sw.js';

/** Path of the zip below the base. */
export const ZIP = 'hidden-objectives.zip';
