import { AUTHOR, CARD_SIZE, TITLE } from '../site.ts';
import type { FigureEntry } from './figures.ts';
import { escapeHtml } from './html.ts';
import type { Permalinks } from './permalinks.ts';

/** Width in px for which heights are given in advance: that of a blog's column. */
export const EMBED_WIDTH = 640;

/** A day: a reply names a height that a change of the caption may alter. */
const CACHE_AGE = 86_400;

/** What oEmbed 1.0 says about a figure (oembed.com, sections 2.3.4 and 2.3.4.4). Every address is absolute. */
export interface OEmbed {
  readonly version: '1.0';
  readonly type: 'rich';
  readonly title: string;
  readonly author_name: string;
  readonly author_url: string;
  readonly provider_name: string;
  readonly provider_url: string;
  /** Seconds. */
  readonly cache_age: number;
  readonly thumbnail_url: string;
  readonly thumbnail_width: number;
  readonly thumbnail_height: number;
  readonly html: string;
  /** Px, both. */
  readonly width: number;
  readonly height: number;
}

/** Where a site stands. */
export interface Place {
  /** Scheme and host, without a slash at the end. */
  readonly origin: string;
  readonly links: Permalinks;
}

/** Number and title of a figure, in a line. */
export function figureName({ number, data }: FigureEntry): string {
  return `Figure ${number}: ${data.title}`;
}

/**
 * The frame that shows a figure on another site.
 * Its border is switched off by an attribute that HTML calls obsolete: a `style` is refused by many policies, and is an error in MDX.
 */
function frame(figure: FigureEntry, { origin, links }: Place, width: string, height: number): string {
  const src = `${origin}${links.embed(figure.page.id, figure.id)}`;
  return `<iframe src="${src}" title="${escapeHtml(figureName(figure))}" width="${width}" height="${height}" loading="lazy" frameborder="0"></iframe>`;
}

/** What to paste into a page: the frame, and the script that fits it to its figure. Without the script it keeps its height and scrolls. */
export function snippet(figure: FigureEntry, place: Place, height: number): string {
  return `${frame(figure, place, '100%', height)}\n<script async src="${place.origin}${place.links.embedScript()}"></script>`;
}

/**
 * The oEmbed reply for a figure. It is a file, and so the same for every `maxwidth`: the frame may be made narrower, not its reply.
 * @param height of the frame in px at `EMBED_WIDTH`
 */
export function oembed(figure: FigureEntry, place: Place, height: number): OEmbed {
  const { origin, links } = place;
  return {
    version: '1.0',
    type: 'rich',
    title: figureName(figure),
    author_name: AUTHOR,
    author_url: `${origin}${links.citing()}`,
    provider_name: TITLE,
    provider_url: `${origin}${links.home()}`,
    cache_age: CACHE_AGE,
    thumbnail_url: `${origin}${links.card(figure.page.id, `fig-${figure.id}`)}`,
    thumbnail_width: CARD_SIZE.width,
    thumbnail_height: CARD_SIZE.height,
    html: frame(figure, place, String(EMBED_WIDTH), height),
    width: EMBED_WIDTH,
    height,
  };
}
