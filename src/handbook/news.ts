import { printDay } from './day.ts';
import type { Handbook } from './handbook.ts';

/** Something new in the book: a version of a page, or an entry among the corrections. */
export interface News {
  /** Below the base of the site; stays the same for as long as the entry stands. */
  readonly id: string;
  readonly title: string;
  /** Where it is to be read. */
  readonly href: string;
  /** `2026-11-21`. */
  readonly day: string;
  readonly summary: string;
  /** Which entries of the corrections say what changed, by their place in the list. */
  readonly entries: readonly number[];
}

/** A feed holds the newest only; a reader that comes late finds the rest on the site. */
const MOST = 50;

/**
 * The anchors of the entries of content/corrections.yaml, in their order. New entries come on top, so those of one day are counted from
 * below, and an anchor stays.
 */
export function newsAnchors(corrections: Handbook['corrections']): string[] {
  const counts = new Map<string, number>();
  return corrections
    .toReversed()
    .map(({ date }) => {
      const count = (counts.get(date) ?? 0) + 1;
      counts.set(date, count);
      return `d${date}-${count}`;
    })
    .toReversed();
}

/** What is new, newest first: of one day the corrections before the pages, and the pages in the order of the book. */
export function newsOf({ corrections, links, pages }: Pick<Handbook, 'corrections' | 'links' | 'pages'>): News[] {
  const anchors = newsAnchors(corrections);
  const mended = corrections.map(({ date, kind, pages: ids }, index): News => {
    const named = ids.length === 0 ? '' : `: ${ids.join(', ')}`;
    const id = `${links.corrections()}#${anchors[index] ?? ''}`;
    return {
      id,
      href: id,
      day: date,
      title: `${kind === 'correction' ? 'Correction' : 'Change'} of ${printDay(date)}${named}`,
      summary: '',
      entries: [index],
    };
  });
  const versions = pages.map((page): News => {
    const entries = corrections.flatMap(({ date, pages: ids }, index) => (date === page.updated && ids.includes(page.id) ? [index] : []));
    return {
      id: `${page.short}#${page.updated}`,
      href: page.short,
      day: page.updated,
      title: `${page.id} ${page.title}`,
      summary: page.answer,
      entries,
    };
  });
  return [...mended, ...versions].toSorted((a, b) => (a.day === b.day ? 0 : a.day < b.day ? 1 : -1)).slice(0, MOST);
}
