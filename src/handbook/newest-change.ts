import type { Handbook } from './handbook.ts';

/** The day on which the book last changed, as `2026-11-21`: that of its newest page. */
export function newestChange({ pages }: Pick<Handbook, 'pages'>): string {
  return pages.reduce((newest, { updated }) => (updated > newest ? updated : newest), '');
}
