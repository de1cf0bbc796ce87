import { printDay } from '../../handbook/day.ts';
import type { Page } from '../../handbook/handbook.ts';
import { SUBTITLE, TITLE } from '../../site.ts';

/** How a page is cited, in plain text. @param short its permanent address, with origin */
export function citationOf({ id, title, updated }: Pick<Page, 'id' | 'title' | 'updated'>, short: string): string {
  return `“${title}${/[?!]$/.test(title) ? '' : '.'}” ${TITLE}: ${SUBTITLE}, ${id}, version of ${printDay(updated)}. ${short}`;
}
