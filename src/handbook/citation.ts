import type { CslChapter } from '../reader/citation-styles.ts';
import { AUTHOR, LANGUAGE, SUBTITLE, TITLE } from '../site.ts';
import { printDay } from './day.ts';
import { printEdition } from './edition.ts';
import type { Page } from './handbook.ts';

/** The files in which a page's citation can be had, by their endings. */
export const CITATION_FILES = {
  bib: { name: 'BibTeX', type: 'application/x-bibtex' },
  ris: { name: 'RIS', type: 'application/x-research-info-systems' },
  json: { name: 'CSL-JSON', type: 'application/vnd.citationstyles.csl+json' },
} as const;
export type CitationFile = keyof typeof CITATION_FILES;

/** Where a site stands, as far as a citation needs to know. */
export interface CitedSite {
  /** Scheme and host, without a slash at the end. */
  readonly origin: string;
  /** Name of the edition, such as `2026q4`; undefined in the living site. */
  readonly edition?: string | undefined;
}

/** A page as it is cited: under its permanent short address, with the day of its version. */
export function citationOf(page: Pick<Page, 'id' | 'title' | 'updated' | 'short'>, { origin, edition }: CitedSite): CslChapter {
  const [year = 0, month = 0, day = 0] = page.updated.split('-').map(Number);
  const frozen = edition === undefined ? '' : `edition ${printEdition(edition)}, `;
  return {
    id: `hiddenobjectives-${page.id}`,
    type: 'chapter',
    title: page.title,
    'container-title': `${TITLE}: ${SUBTITLE}`,
    author: [{ literal: AUTHOR }],
    issued: { 'date-parts': [[year, month, day]] },
    publisher: TITLE,
    language: LANGUAGE,
    note: `Page ${page.id}, ${frozen}version of ${printDay(page.updated)}`,
    URL: `${origin}${page.short}`,
  };
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** What LaTeX takes for a command, written so that it prints. */
const SIGNS: Readonly<Record<string, string>> = { '\\': '\\textbackslash{}', '~': '\\textasciitilde{}', '^': '\\textasciicircum{}' };

function latex(text: string): string {
  return text.replace(/[\\{}&%$#_~^]/g, (sign) => SIGNS[sign] ?? `\\${sign}`);
}

/** Braces words whose capitals a bibliography style would lower: all but a capital that begins the title. */
function withKeptCapitals(title: string): string {
  let first = true;
  return title.replace(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu, (word) => {
    const kept = /\p{Lu}/u.test(first ? word.slice(1) : word);
    first = false;
    return kept ? `{${word}}` : word;
  });
}

/**
 * The citation as BibTeX: `@incollection`, which BibTeX and BibLaTeX both set as a titled part of a book (`@inbook` names the book in
 * `title` in the one and the part in the other).
 */
export function toBibtex(item: CslChapter): string {
  const [[year, month, day] = [0, 1, 1]] = item.issued['date-parts'];
  const fields = {
    author: `{{${item.author.map(({ literal }) => latex(literal)).join('} and {')}}}`,
    title: `{${withKeptCapitals(latex(item.title))}}`,
    booktitle: `{${latex(item['container-title'])}}`,
    publisher: `{${latex(item.publisher)}}`,
    year: `{${year}}`,
    month: MONTHS[month - 1] ?? '',
    day: `{${day}}`,
    language: `{${item.language}}`,
    note: `{${latex(item.note)}}`,
    url: `{${item.URL}}`,
  };
  const lines = Object.entries(fields).map(([name, value]) => `  ${name.padEnd(9)} = ${value}`);
  return `@incollection{${item.id},\n${lines.join(',\n')}\n}\n`;
}

/** The citation in the RIS format of reference managers, with its full date. */
export function toRis(item: CslChapter): string {
  const [[year, month, day] = [0, 1, 1]] = item.issued['date-parts'];
  const two = (number: number): string => String(number).padStart(2, '0');
  const tags = [
    ['TY', 'CHAP'],
    ['ID', item.id],
    ...item.author.map(({ literal }) => ['AU', literal]),
    ['TI', item.title],
    ['T2', item['container-title']],
    ['PB', item.publisher],
    ['PY', String(year)],
    ['DA', `${year}/${two(month)}/${two(day)}`],
    ['LA', item.language],
    ['N1', item.note],
    ['UR', item.URL],
    ['ER', ''],
  ];
  // the format's own line ending
  return tags.map(([tag, value]) => `${tag}  - ${value}\r\n`).join('');
}

/** The citation as CSL-JSON: a list of one item. */
export function toCslJson(item: CslChapter): string {
  return `${JSON.stringify([item], undefined, 2)}\n`;
}
