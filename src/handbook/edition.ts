import type { Editions } from '../schemas/reference.ts';
import type { Handbook } from './handbook.ts';

/** One edition, as `content/editions.yaml` records it. */
export type Edition = Editions['editions'][number];

/** The quarter of a day: `2026q4`. @param day as `2026-11-21` */
export function quarterOf(day: string): string {
  const [year = '', month = ''] = day.split('-');
  return `${year}q${Math.ceil(Number(month) / 3)}`;
}

/** The name of an edition as it is read: `2026 Q4`. */
export function printEdition(id: string): string {
  return id.toUpperCase().replace('Q', ' Q');
}

/** The newest day on which a page changed: the day of an edition, and the only clock that two builds agree on. */
export function newestDay(pages: readonly { readonly updated: string }[]): string {
  return pages.reduce((newest, { updated }) => (updated > newest ? updated : newest), '');
}

/**
 * The record of an edition that is frozen now: which pages are new since the edition before it, and which changed.
 * @param before the editions so far, the newest first
 */
export function editionOf(id: string, commit: string, { pages }: Pick<Handbook, 'pages'>, before: readonly Edition[]): Edition {
  const known = new Set(before.flatMap((edition) => edition.new));
  const since = before[0]?.date ?? '';
  return {
    id,
    date: newestDay(pages),
    commit,
    new: pages.filter((page) => !known.has(page.id)).map((page) => page.id),
    changed: pages.filter((page) => known.has(page.id) && page.updated > since).map((page) => page.id),
  };
}

/** The entries of the list of corrections that came between the edition before and this one. */
export function correctionsIn(
  edition: Edition,
  { editions, corrections }: Pick<Handbook, 'editions' | 'corrections'>,
): Handbook['corrections'] {
  const since = editions[editions.indexOf(edition) + 1]?.date ?? '';
  return corrections.filter(({ date }) => date > since && date <= edition.date);
}
