import { AUTHOR, CARD_SIZE, TITLE } from '../site.ts';
import type { FigureEntry } from './figures.ts';
import { frame, framed, LAB_HEIGHT, type Framed } from './framed.ts';
import type { LabEntry } from './handbook.ts';
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

/** A figure in its frame. @param height in px at the width of the frame */
function framedFigure(figure: FigureEntry, { origin, links }: Place, height: number): Framed {
  return { src: `${origin}${links.embed(figure.page.id, figure.id)}`, name: figureName(figure), height };
}

/** What to paste into a page to show a figure. */
export function snippet(figure: FigureEntry, place: Place, height: number): string {
  return framed({ ...framedFigure(figure, place, height), script: `${place.origin}${place.links.embedScript()}` });
}

/** What a reply says beside the frame. */
interface Replied {
  readonly framed: Framed;
  /** Address of its card below the origin. */
  readonly card: string;
}

/** It is a file, and so the same for every `maxwidth`: the frame may be made narrower, not its reply. */
function reply({ framed: what, card }: Replied, { origin, links }: Place): OEmbed {
  return {
    version: '1.0',
    type: 'rich',
    title: what.name,
    author_name: AUTHOR,
    author_url: `${origin}${links.citing()}`,
    provider_name: TITLE,
    provider_url: `${origin}${links.home()}`,
    cache_age: CACHE_AGE,
    thumbnail_url: `${origin}${card}`,
    thumbnail_width: CARD_SIZE.width,
    thumbnail_height: CARD_SIZE.height,
    html: frame(what, String(EMBED_WIDTH)),
    width: EMBED_WIDTH,
    height: what.height,
  };
}

/** The oEmbed reply for a figure. @param height of the frame in px at `EMBED_WIDTH` */
export function oembed(figure: FigureEntry, place: Place, height: number): OEmbed {
  return reply({ framed: framedFigure(figure, place, height), card: place.links.card(figure.page.id, `fig-${figure.id}`) }, place);
}

/** A lab in its frame, in the state in which it begins. */
function framedLab({ title, embedHref }: LabEntry, { origin }: Place): Framed {
  return { src: `${origin}${embedHref}`, name: title, height: LAB_HEIGHT };
}

/** What to paste into a page to run a lab there. */
export function labSnippet(lab: LabEntry, place: Place): string {
  return framed({ ...framedLab(lab, place), script: `${place.origin}${place.links.embedScript()}` });
}

/** The oEmbed reply for a lab. */
export function labOembed(lab: LabEntry, place: Place): OEmbed {
  return reply({ framed: framedLab(lab, place), card: place.links.card('labs', lab.id) }, place);
}
