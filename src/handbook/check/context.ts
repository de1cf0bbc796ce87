import type { ChapterRecord, ClaimRecord, Content } from '../../reader/content.ts';
import { isOwnRuns } from '../../reader/bibliography.ts';
import { suggest, type Problem } from '../../reader/problem.ts';
import { normalise } from '../handbook.ts';

/** Where a text stands, for a message. */
export interface Spot {
  readonly file: string;
  readonly line: number;
}

/** What the rules share: the content by name, what has been used of it so far, and where problems go. */
export interface Context {
  readonly content: Content;
  /** What may be named. */
  readonly exists: {
    readonly claims: ReadonlyMap<string, ClaimRecord>;
    readonly pages: ReadonlyMap<string, ChapterRecord>;
    /** Ids of the pages that a part plans. */
    readonly planned: ReadonlySet<string>;
    readonly sources: ReadonlySet<string>;
    /** Keys of the sources that are our own runs. */
    readonly ownRuns: ReadonlySet<string>;
    /** Ids of the terms by each of their names, normalised. */
    readonly terms: ReadonlyMap<string, string>;
  };
  /** What a text has named or shown: ids of terms, misconceptions and techniques, keys of sources, files of figures. */
  readonly used: {
    readonly terms: Set<string>;
    readonly sources: Set<string>;
    readonly figures: Set<string>;
    readonly misconceptions: Set<string>;
    readonly techniques: Set<string>;
  };
  /** Kinds of which something could not be read: what else is unknown or unused for want of it is no fault of its own. */
  readonly lost: Set<string>;
  /** What the reader found, then what the rules find. */
  readonly problems: Problem[];
  /** Adds a problem: where and what, then what to do about it. */
  readonly report: (spot: Spot, what: string, remedy: string) => void;
}

/** The context in which a content is checked; nothing of it is used yet. */
export function createContext(content: Content): Context {
  const problems = [...content.problems];
  return {
    content,
    exists: {
      claims: byName(content.claims, (claim) => claim.id),
      pages: byName(content.chapters, (page) => page.data.id),
      planned: new Set(content.parts.flatMap((part) => part.data.planned.map((page) => page.id))),
      sources: new Set(content.sources.map((source) => source.key)),
      ownRuns: new Set(content.sources.filter(isOwnRuns).map((source) => source.key)),
      terms: new Map(
        content.terms.flatMap((term) => [term.id, term.data.term, ...term.data.aliases].map((name) => [normalise(name), term.id])),
      ),
    },
    used: { terms: new Set(), sources: new Set(), figures: new Set(), misconceptions: new Set(), techniques: new Set() },
    lost: new Set(content.lost.map(kindOf)),
    problems,
    report: ({ file, line }, what, remedy) => problems.push({ file, line, what, remedy }),
  };
}

/** Records by name, in their order; of two with one name the first counts. */
export function byName<T>(records: readonly T[], name: (record: T) => string): Map<string, T> {
  const named = new Map<string, T>();
  for (const record of records) if (!named.has(name(record))) named.set(name(record), record);
  return named;
}

/** Reports a name that nothing bears, unless what bears it may be in a file that could not be read. */
export function reportUnknown(
  { lost, report }: Context,
  spot: Spot,
  kind: string,
  name: string,
  choices: readonly string[],
  otherwise: string,
): void {
  // a page may be planned in a part that was not read
  if (lost.has(kind) || (kind === 'page' && lost.has('part'))) return;
  report(spot, `There is no ${kind} "${name}".`, suggest(name, choices, otherwise));
}

/** The kind of record that a file holds. */
function kindOf(file: string): string {
  const [, folder = ''] = file.split('/');
  if (folder === 'chapters') return file.endsWith('.mdx') ? 'page' : file.endsWith('part.yaml') ? 'part' : 'figure';
  const kinds: Readonly<Record<string, string>> = {
    claims: 'claim',
    glossary: 'term',
    misconceptions: 'misconception',
    techniques: 'technique',
    labs: 'lab',
    recorded: 'run',
    organisms: 'organism',
    'sources.bib': 'source',
  };
  return kinds[folder] ?? folder;
}
