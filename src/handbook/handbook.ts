import { BLOCKS, type Block, type PageOutline } from '../reader/mdx.ts';
import { shortReference, type Source } from '../reader/bibliography.ts';
import type { Chapter, Misconception, Term } from '../schemas/chapter.ts';
import type { Claim, ClaimValue } from '../schemas/claim.ts';
import type { Figure, Provenance } from '../schemas/figure.ts';
import type { Lab } from '../schemas/lab.ts';
import { SIZES, type Organism, type Size } from '../schemas/organism.ts';
import type { Exercise, Questions } from '../schemas/questions.ts';
import type { Recorded } from '../schemas/recorded.ts';
import type { BiasList, Corrections, Editions, Guide, Lesson, Start, Technique, Timeline } from '../schemas/reference.ts';
import { evaluate } from './formula.ts';
import { intervalOf, plainNumber, printNumber, printValue } from './numbers.ts';
import { Permalinks } from './permalinks.ts';
import { pageMinutes, routeMinutes } from './reading-time.ts';
import { GAME, LAB_TARGET } from './vocabulary.ts';

/** The records that a handbook is made of: plain data, as the collections keep it. */
export interface Records {
  readonly parts: readonly { id: string; title: string; about: string; folder: string; slug: string; planned: readonly PlannedPage[] }[];
  readonly pages: readonly { data: Chapter; outline: PageOutline; folder: string; slug: string; order: number; file: string }[];
  readonly claims: readonly { data: Claim; source: string; file: string; line: number; recorded: Readonly<Record<string, string>> }[];
  readonly sources: readonly Source[];
  readonly terms: readonly { id: string; data: Term; file: string }[];
  readonly misconceptions: readonly { id: string; data: Misconception; file: string }[];
  readonly questions: readonly { id: string; data: Questions }[];
  readonly figures: readonly {
    id: string;
    folder: string;
    data: Figure;
    drawings: { wide?: string | undefined; narrow?: string | undefined };
  }[];
  readonly techniques: readonly { id: string; data: Technique }[];
  readonly guides: readonly { data: Guide }[];
  readonly lessons: readonly { id: string; data: Lesson }[];
  readonly labs: readonly { id: string; data: Lab; file: string }[];
  readonly runs: readonly { id: string; data: Recorded; file: string }[];
  readonly organisms: readonly { id: string; data: Organism; file: string }[];
  readonly single: {
    readonly biases?: BiasList | undefined;
    readonly timeline?: Timeline | undefined;
    readonly start?: Start | undefined;
    readonly corrections?: Corrections | undefined;
    readonly editions?: Editions | undefined;
  };
}

/** A page that the book will have. */
export interface PlannedPage {
  readonly id: string;
  readonly title: string;
  readonly needs: readonly string[];
}

export interface Page extends Chapter {
  readonly part: Part;
  readonly slug: string;
  readonly folder: string;
  readonly file: string;
  readonly outline: PageOutline;
  readonly href: string;
  /** Its permanent short address, such as /b2/. */
  readonly short: string;
  /** Reading time in whole minutes. */
  readonly minutes: number;
}

export interface Part {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly slug: string;
  readonly href: string;
  readonly pages: readonly Page[];
  readonly planned: readonly PlannedPage[];
}

export interface ClaimEntry extends Claim {
  readonly source: Source;
  readonly file: string;
  readonly line: number;
  readonly href: string;
  /** The runs of ours from which its numbers come; none for a claim of a paper. */
  readonly runs: readonly RunEntry[];
  /** Recorded where its numbers come from runs of ours. */
  readonly provenance: Extract<Provenance, 'recorded' | 'reported'>;
}

/** What a run of ours measured. */
export interface RunEntry extends Recorded {
  readonly file: string;
  readonly href: string;
  /** Its results file, to download. */
  readonly jsonHref: string;
}

/** The card of a model that this site trained. */
export interface OrganismEntry extends Omit<Organism, 'run' | 'runs'> {
  readonly id: string;
  readonly file: string;
  /** Its card among the others. */
  readonly href: string;
  /** A run that trained it, whose results file holds its sizes. */
  readonly run: RunEntry;
  /** Further runs in which it was measured. */
  readonly runs: readonly RunEntry[];
  /** What its run records about it, in the order of a card. */
  readonly sizes: readonly { readonly name: Size; readonly value: ClaimValue }[];
  /** The file with its weights, where there is one. */
  readonly artefactHref: string | undefined;
}

export interface TermEntry extends Term {
  readonly id: string;
  readonly href: string;
  readonly file: string;
}

export interface MisconceptionEntry extends Misconception {
  readonly id: string;
  readonly href: string;
  readonly file: string;
}

export interface TechniqueEntry extends Technique {
  readonly id: string;
  /** Its card among the others. */
  readonly href: string;
}

export interface GuideEntry extends Omit<Guide, 'source'> {
  readonly source: Source;
  readonly href: string;
}

export interface LessonEntry extends Lesson {
  readonly id: string;
  readonly href: string;
  /** Its handout, to print. */
  readonly handoutHref: string;
}

export interface LabEntry extends Omit<Lab, 'page'> {
  readonly id: string;
  /** The page that it belongs to. */
  readonly page: Page;
  readonly href: string;
  /** The lab alone, to be framed. */
  readonly embedHref: string;
  readonly file: string;
}

/** A way through the book, with the time that it takes. */
export interface Route extends Omit<Start['routes'][number], 'pages' | 'exercises'> {
  readonly pages: readonly Page[];
  readonly exercises: readonly Exercise[];
  readonly minutes: number;
}

/** What a cross-reference prints and where it leads. */
export interface Reference {
  readonly label: string;
  readonly href: string;
}

/** A number to plot, with its interval where there is one. `text` is how a table prints it. */
export interface Plotted {
  readonly value: number;
  readonly low: number | undefined;
  readonly high: number | undefined;
  readonly text: string;
  readonly claim: string | undefined;
}

/** What stands in braces in a drawing: a formula after an equals sign, or a claim's value. */
export const DRAWN = /\{(?:=([^{}]+)|([a-z0-9-]+):([a-z0-9-]+))\}/g;

/** Asked for something that the handbook does not hold. The content check names such things with their place before a page is made. */
export class UnknownName extends Error {
  override readonly name = 'UnknownName';
  constructor(kind: string, name: string) {
    super(`There is no ${kind} "${name}" in the content.\nRun npm run check:content, which says where it is used and what is near.`);
  }
}

function found<T>(value: T | undefined, kind: string, name: string): T {
  if (value === undefined) throw new UnknownName(kind, name);
  return value;
}

/** The book as a whole: its pages in order, what they rest on, and where everything is to be found. */
export class Handbook {
  readonly links: Permalinks;
  readonly parts: readonly Part[];
  /** All pages, in the order of the book. */
  readonly pages: readonly Page[];
  readonly claims: readonly ClaimEntry[];
  readonly sources: readonly Source[];
  /** The glossary, by the alphabet. */
  readonly terms: readonly TermEntry[];
  readonly misconceptions: readonly MisconceptionEntry[];
  /** The cards of the techniques, in their order. */
  readonly techniques: readonly TechniqueEntry[];
  /** The reading guides, in their order. */
  readonly guides: readonly GuideEntry[];
  /** The sessions of the teaching plans, in their order. */
  readonly lessons: readonly LessonEntry[];
  /** The labs, in the order of the pages that they belong to. */
  readonly labs: readonly LabEntry[];
  /** Our own runs, by their names. */
  readonly runs: readonly RunEntry[];
  /** The cards of the models that this site trained, in their order. */
  readonly organisms: readonly OrganismEntry[];
  readonly biases: BiasList | undefined;
  readonly timeline: Timeline['events'];
  readonly routes: readonly Route[];
  readonly selfCheck: Start['check'];
  readonly corrections: Corrections['entries'];
  /** The editions that were frozen, the newest first. */
  readonly editions: Editions['editions'];

  readonly #pages: ReadonlyMap<string, Page>;
  readonly #planned: ReadonlyMap<string, PlannedPage>;
  readonly #claims: ReadonlyMap<string, ClaimEntry>;
  readonly #sources: ReadonlyMap<string, Source>;
  readonly #runs: ReadonlyMap<string, RunEntry>;
  readonly #terms: ReadonlyMap<string, TermEntry>;
  readonly #termNames: ReadonlyMap<string, TermEntry>;
  readonly #misconceptions: ReadonlyMap<string, MisconceptionEntry>;
  readonly #questions: ReadonlyMap<string, Questions>;
  readonly #figures: ReadonlyMap<string, Records['figures'][number]>;
  readonly #uses = new Map<string, Page[]>();

  constructor(records: Records, base: string) {
    const links = new Permalinks(base);
    this.links = links;
    const cards = new Map(records.techniques.map(({ id, data }) => [id, data]));
    this.parts = records.parts.map((record) => {
      const pages: Page[] = [];
      const part: Part = {
        id: record.id,
        title: record.title,
        about: record.about,
        slug: record.slug,
        href: links.part(record.slug),
        planned: record.planned,
        pages,
      };
      for (const { data, outline, folder, slug, file } of records.pages.filter((page) => page.folder === record.folder)) {
        pages.push({
          ...data,
          part,
          slug,
          folder,
          file,
          outline,
          href: links.page(part.slug, slug),
          short: links.short(data.id),
          minutes: pageMinutes(outline, cards),
        });
      }
      return part;
    });
    this.pages = this.parts.flatMap((part) => part.pages);
    this.sources = records.sources.toSorted((a, b) => shortReference(a).localeCompare(shortReference(b), 'en'));
    this.#sources = new Map(this.sources.map((source) => [source.key, source]));
    this.runs = records.runs
      .map(({ id, data, file }) => ({ ...data, file, href: links.runs(id), jsonHref: links.runFile(id) }))
      .toSorted((a, b) => (a.run < b.run ? -1 : 1));
    this.#runs = new Map(this.runs.map((run) => [run.run, run]));
    this.claims = records.claims.flatMap(({ data, source, file, line, recorded }): ClaimEntry[] => {
      const entry = this.#sources.get(source);
      const runs = [...new Set(Object.values(recorded))].map((name) => this.run(name));
      const provenance = runs.length > 0 ? 'recorded' : 'reported';
      return entry === undefined ? [] : [{ ...data, source: entry, file, line, href: links.claims(data.id), runs, provenance }];
    });
    this.terms = records.terms
      .map(({ id, data, file }) => ({ ...data, id, file, href: links.glossary(id) }))
      .toSorted((a, b) => a.term.localeCompare(b.term, 'en'));
    this.misconceptions = records.misconceptions.map(({ id, data, file }) => ({ ...data, id, file, href: links.misconceptions(id) }));
    this.techniques = records.techniques
      .map(({ id, data }) => ({ ...data, id, href: links.techniques(id) }))
      .toSorted((a, b) => a.order - b.order);
    this.guides = records.guides
      .flatMap(({ data }) => {
        const source = this.#sources.get(data.source);
        return source === undefined ? [] : [{ ...data, source, href: links.reading(data.source) }];
      })
      .toSorted((a, b) => a.order - b.order);
    this.lessons = records.lessons
      .map(({ id, data }) => ({ ...data, id, href: links.teaching(id), handoutHref: links.handout(id) }))
      .toSorted((a, b) => a.order - b.order);
    this.organisms = records.organisms
      .map(({ id, data, file }): OrganismEntry => {
        const run = this.run(data.run);
        return {
          ...data,
          id,
          file,
          href: links.models(id),
          run,
          runs: data.runs.map((name) => this.run(name)),
          sizes: SIZES.flatMap((name) => {
            const value = run.values[name];
            return value === undefined ? [] : [{ name, value }];
          }),
          artefactHref: data.artefact === undefined ? undefined : links.weights(data.artefact),
        };
      })
      .toSorted((a, b) => a.order - b.order);
    this.biases = records.single.biases;
    this.timeline = records.single.timeline?.events ?? [];
    this.selfCheck = records.single.start?.check ?? [];
    this.corrections = records.single.corrections?.entries ?? [];
    this.editions = records.single.editions?.editions ?? [];
    this.#pages = new Map(this.pages.map((page) => [page.id, page]));
    this.#planned = new Map(this.parts.flatMap((part) => part.planned.map((page) => [page.id, page])));
    this.#claims = new Map(this.claims.map((claim) => [claim.id, claim]));
    this.#terms = new Map(this.terms.map((term) => [term.id, term]));
    this.#termNames = new Map(this.terms.flatMap((term) => [term.term, ...term.aliases].map((name) => [normalise(name), term])));
    this.#misconceptions = new Map(this.misconceptions.map((entry) => [entry.id, entry]));
    this.labs = this.pages.flatMap((page) =>
      records.labs
        .filter(({ data }) => data.page === page.id)
        .map(({ id, data, file }) => ({ ...data, id, page, file, href: links.labs(id), embedHref: links.labEmbed(id) })),
    );
    this.#questions = new Map(records.questions.map(({ id, data }) => [id, data]));
    this.routes = (records.single.start?.routes ?? []).map((route) => this.route(route));
    this.#figures = new Map(records.figures.map((figure) => [`${figure.folder}/${figure.id}`, figure]));
    for (const page of this.pages) {
      const seen = new Set<string>();
      for (const use of page.outline.uses) {
        for (const name of this.namesOf(use)) {
          if (seen.has(name)) continue;
          seen.add(name);
          this.#uses.set(name, [...(this.#uses.get(name) ?? []), page]);
        }
      }
    }
  }

  private route(route: Start['routes'][number]): Route {
    const pages = route.pages.map((id) => this.page(id));
    const exercises = pages.flatMap(({ id }) => this.exercises(id)).filter(({ level }) => route.exercises.includes(level));
    const sessions = route.sessions ? this.lessons : [];
    const minutes = routeMinutes(
      pages.map((page) => page.minutes),
      exercises,
      sessions.map((session) => session.minutes),
    );
    return { ...route, pages, exercises, minutes };
  }

  private namesOf(use: PageOutline['uses'][number]): string[] {
    const { id = '' } = use.attributes;
    if (use.name === 'Claim') return [`claim:${id}`];
    if (use.name === 'Cite') return [`source:${id}`];
    if (use.name === 'Term') {
      const term = this.findTerm(id === '' ? use.text : id);
      return term === undefined ? [] : [`term:${term.id}`];
    }
    return [];
  }

  /** The page of that id. @throws UnknownName */
  page(id: string): Page {
    return found(this.#pages.get(id), 'page', id);
  }
  findPage(id: string): Page | undefined {
    return this.#pages.get(id);
  }
  findPlanned(id: string): PlannedPage | undefined {
    return this.#planned.get(id);
  }
  /** @throws UnknownName */
  claim(id: string): ClaimEntry {
    return found(this.#claims.get(id), 'claim', id);
  }
  /** @throws UnknownName */
  source(key: string): Source {
    return found(this.#sources.get(key), 'source', key);
  }
  /** What that run of ours measured. @throws UnknownName */
  run(name: string): RunEntry {
    return found(this.#runs.get(name), 'run', name);
  }
  /** The card of that model. @throws UnknownName */
  organism(id: string): OrganismEntry {
    return found(
      this.organisms.find((organism) => organism.id === id),
      'organism',
      id,
    );
  }
  findSource(key: string): Source | undefined {
    return this.#sources.get(key);
  }
  /** The term of that slug, name or alias, in any case. @throws UnknownName */
  term(name: string): TermEntry {
    return found(this.findTerm(name), 'term', name);
  }
  findTerm(name: string): TermEntry | undefined {
    return this.#terms.get(name) ?? this.#termNames.get(normalise(name));
  }
  /** @throws UnknownName */
  misconception(id: string): MisconceptionEntry {
    return found(this.#misconceptions.get(id), 'misconception', id);
  }
  /** What the page asks. @throws UnknownName */
  questions(page: string): Questions {
    return found(this.#questions.get(page), 'questions file for page', page);
  }
  /** The exercises on the page, the easy first. */
  exercises(page: string): readonly Exercise[] {
    return (this.#questions.get(page)?.exercises ?? []).toSorted((a, b) => a.level - b.level);
  }
  /** @throws UnknownName */
  technique(id: string): TechniqueEntry {
    return found(
      this.techniques.find((technique) => technique.id === id),
      'technique',
      id,
    );
  }
  /** @throws UnknownName */
  lab(id: string): LabEntry {
    return found(
      this.labs.find((lab) => lab.id === id),
      'lab',
      id,
    );
  }
  /** The figure that lies beside the page. @throws UnknownName */
  figure(page: Page, id: string): Records['figures'][number] {
    return found(this.#figures.get(`${page.folder}/${id}`), 'figure', id);
  }
  /** The block of that anchor on the page. @throws UnknownName */
  block(page: Page, anchor: string): Block {
    return found(
      page.outline.blocks.find((block) => block.anchor === anchor),
      'anchor',
      `${page.id}#${anchor}`,
    );
  }
  /** The number of a block as it is printed, such as b2.1. */
  number(page: Page, anchor: string): string {
    return `${page.id}.${this.block(page, anchor).number}`;
  }

  /** The pages on which a term, a claim or a source is named, in the order of the book. */
  usedBy(kind: 'term' | 'claim' | 'source', id: string): readonly Page[] {
    return this.#uses.get(`${kind}:${id}`) ?? [];
  }

  /** The pages before and after, in the order of the book. */
  neighbours(page: Page): { previous: Page | undefined; next: Page | undefined } {
    const index = this.pages.indexOf(page);
    return { previous: this.pages[index - 1], next: this.pages[index + 1] };
  }

  /**
   * Resolves `b2`, `b2#known`, `fig-scaling` or `b2#fig-scaling`, seen from a page; `labs/probe`; `game`.
   * @returns label and address; undefined where there is no such thing
   */
  refer(target: string, from: Page | undefined): Reference | undefined {
    if (target === GAME.target) return { label: GAME.title, href: this.links.game() };
    if (target.startsWith(LAB_TARGET)) {
      const lab = this.labs.find(({ id }) => id === target.slice(LAB_TARGET.length));
      return lab === undefined ? undefined : { label: lab.title, href: lab.href };
    }
    const [head, tail] = splitTarget(target);
    const page = head === '' ? from : this.#pages.get(head);
    if (page === undefined) return undefined;
    if (tail === undefined) return { label: `${page.id} ${page.title}`, href: page.href };
    const href = `${page.href}#${tail}`;
    const section = page.outline.sections.find((entry) => entry.id === tail);
    if (section !== undefined) return { label: section.title, href };
    const block = page.outline.blocks.find((entry) => entry.anchor === tail);
    if (block === undefined) return undefined;
    const { word } = Object.values(BLOCKS).find((entry) => entry.kind === block.kind) ?? { word: '' };
    return { label: `${word} ${page.id}.${block.number}`.trim(), href };
  }

  /** A claim's value: the named one, or its first. @throws UnknownName */
  value(id: string, key?: string): ClaimValue {
    const values = this.claim(id).values ?? {};
    const name = key === undefined || key === '' ? Object.keys(values)[0] : key;
    return found(name === undefined ? undefined : values[name], 'value', `${id}:${key ?? ''}`);
  }

  /** Fills `{key}` in a phrase with the claim's printed values. @throws UnknownName */
  fill(id: string, phrase: string): string {
    return phrase.replace(/\{([a-z0-9-]+)\}/g, (_, key: string) => printValue(this.value(id, key)));
  }

  /**
   * Fills the text of a drawing: `{claim-id:key}` with the printed value, `{= formula}` with its result to the nearest whole number.
   * @throws UnknownName, FormulaError
   */
  fillDrawing(drawing: string): string {
    return drawing.replace(DRAWN, (_, formula: string | undefined, id: string, key: string) =>
      formula === undefined ? printValue(this.value(id, key)) : printNumber(this.calculate(formula), 0),
    );
  }

  /** Works out a formula over claim values. @throws UnknownName, FormulaError */
  calculate(formula: string, scope: Readonly<Record<string, number>> = {}): number {
    return evaluate(formula, (claim, key) => found(plainNumber(this.value(claim, key)), 'number', `${claim}:${key}`), scope);
  }

  /**
   * Reads the cell of a chart: `claim-id:key`, `= formula`, a number, or `not run`, which gives undefined.
   * A percentage of a known count carries its Wilson interval, in per cent.
   */
  plot(cell: string | number): Plotted | undefined {
    if (typeof cell === 'number') return { value: cell, low: undefined, high: undefined, text: String(cell), claim: undefined };
    if (cell === 'not run') return undefined;
    if (cell.startsWith('=')) {
      const value = this.calculate(cell.slice(1));
      return { value, low: undefined, high: undefined, text: String(Number(value.toPrecision(3))), claim: undefined };
    }
    const [id = '', key] = cell.split(':');
    const value = this.value(id, key);
    const number = found(plainNumber(value), 'number', cell);
    return { value: number, ...intervalOf(value), text: printValue(value), claim: id };
  }
}

/** Names are compared without regard to case and to the shape of their spaces, dashes and quotation marks. */
export function normalise(name: string): string {
  return name
    .toLowerCase()
    .replace(/[\s‑–-]+/g, ' ')
    .replace(/[‘’]/g, "'")
    .trim();
}

/** Splits the target of a reference into page and anchor: `b2`, `b2#known`, or `fig-scaling` on the page where it stands (page ''). */
export function splitTarget(target: string): readonly [page: string, anchor: string | undefined] {
  const at = target.indexOf('#');
  if (at >= 0) return [target.slice(0, at), target.slice(at + 1)];
  return /^[a-z]\d{1,2}$/.test(target) ? [target, undefined] : ['', target];
}
