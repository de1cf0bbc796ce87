import type { Status } from '../../schemas/claim.ts';

/** A stretch of text that is set in one way. */
export interface Run {
  readonly text: string;
  readonly italic?: true;
  readonly code?: true;
  readonly shift?: 'sub' | 'sup';
  /** Names a source; left out where only the page needs it. */
  readonly cite?: true;
}

/** What a card says. Everything here is drawn, and nothing else is: two cards with the same words are the same picture. */
export interface Card {
  /** Address of the picture on the site. */
  readonly href: string;
  /** Hangs beside the title: `b2`, `b2 § 3`. */
  readonly number?: string;
  /** What kind of thing the title names, or what it is a part of. */
  readonly label?: string;
  readonly title: readonly Run[];
  /** A sentence is set smaller than a name. */
  readonly sentence?: true;
  /** What follows the title, with a label of its own where it has one. */
  readonly text?: {
    readonly label?: string;
    readonly runs: readonly Run[];
    /** The beginning of something longer, of which a few lines will do. */
    readonly excerpt?: true;
  };
  readonly evidence?: { readonly status: Status; readonly source: string };
  /** A drawing, as its SVG element stands in the page. */
  readonly picture?: string;
  /** The permanent address of what the card shows, as it is read: without the scheme. */
  readonly address: string;
}
