import type { Handbook } from '../handbook/handbook.ts';

/** What the steps after Astro work on. */
export interface BuiltSite {
  /** Folder of the built site. */
  readonly dist: string;
  /** Path below the origin, with a slash at both ends. */
  readonly base: string;
  /** Scheme and host, without a slash at the end. */
  readonly origin: string;
  readonly handbook: Handbook;
}
