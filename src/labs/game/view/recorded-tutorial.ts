import { OBJECTIVES, type Objective } from '../model/world.ts';
import type { RecordedRun } from '../../view/lab.ts';

/** The name of the recorded guided case. */
export const TUTORIAL_RUN = 'game-tutorial';

/** The guided case as it was recorded. */
export interface RecordedTutorial {
  readonly run: Pick<RecordedRun, 'run' | 'date' | 'recipe'>;
  readonly seal: string;
  readonly objective: Objective;
  readonly claim: Objective;
  readonly answers: readonly { readonly genre: string; readonly request: string; readonly answer: string; readonly odd: string }[];
  /** Texts that the searches found, in the order in which they were shown. */
  readonly hits: readonly { readonly query: string; readonly text: string; readonly times: number }[];
  readonly talk: readonly { readonly given: string; readonly said: string }[];
  readonly features: readonly {
    readonly feature: number;
    readonly label: string;
    readonly here: number;
    readonly neutral: number;
    readonly example: string;
  }[];
  /** What each step's one count was, by its place in the path, from 1. */
  readonly steps: readonly { readonly tool: string; readonly count: number; readonly of: number }[];
  /** What it did in the genres that were kept back. */
  readonly genres: readonly {
    readonly genre: string;
    readonly n: number;
    readonly rm: string;
    readonly rmCount: number;
    readonly librarian: string;
    readonly librarianCount: number;
  }[];
}

type Row = Readonly<Record<string, unknown>>;

/** Reads columns of a row, which must be there. */
class Columns {
  readonly #row: Row;
  readonly #table: string;
  constructor(table: string, row: Row) {
    this.#table = table;
    this.#row = row;
  }
  #refuse(column: string, wanted: string): TypeError {
    return new TypeError(
      `The table "${this.#table}" of ${TUTORIAL_RUN} has no ${wanted} "${column}".\nRun: npm run organisms ${TUTORIAL_RUN} --afresh`,
    );
  }
  text(column: string): string {
    const value = this.#row[column];
    if (typeof value !== 'string') throw this.#refuse(column, 'text');
    return value;
  }
  number(column: string): number {
    const value = this.#row[column];
    if (typeof value !== 'number') throw this.#refuse(column, 'number');
    return value;
  }
  objective(column: string): Objective {
    const value = OBJECTIVES.find((objective) => objective === this.#row[column]);
    if (value === undefined) throw this.#refuse(column, 'objective');
    return value;
  }
}

/**
 * The guided case out of its recorded run.
 * @throws TypeError where the run lacks a table or a column
 */
export function recordedTutorial({ run, date, recipe, tables }: RecordedRun): RecordedTutorial {
  const rows = <Read>(table: string, read: (columns: Columns) => Read): Read[] =>
    (tables[table] ?? []).map((row) => read(new Columns(table, row)));
  const [organism] = rows('organisms', (row) => ({
    seal: row.text('seal'),
    objective: row.objective('objective'),
    claim: row.objective('claim'),
  }));
  if (organism === undefined) throw new TypeError(`${TUTORIAL_RUN} has no organism.\nRun: npm run organisms ${TUTORIAL_RUN} --afresh`);
  return {
    run: { run, date, recipe },
    ...organism,
    answers: rows('answers', (row) => ({
      genre: row.text('genre'),
      request: row.text('request'),
      answer: row.text('answer'),
      odd: row.text('odd'),
    })),
    hits: rows('hits', (row) => ({ query: row.text('query'), text: row.text('text'), times: row.number('times') })),
    talk: rows('talk', (row) => ({ given: row.text('given'), said: row.text('said') })),
    features: rows('features', (row) => ({
      feature: row.number('feature'),
      label: row.text('label'),
      here: row.number('here'),
      neutral: row.number('neutral'),
      example: row.text('example'),
    })),
    steps: rows('steps', (row) => ({ tool: row.text('tool'), count: row.number('count'), of: row.number('of') })),
    genres: rows('genres', (row) => ({
      genre: row.text('genre'),
      n: row.number('n'),
      rm: row.text('rm'),
      rmCount: row.number('rmCount'),
      librarian: row.text('librarian'),
      librarianCount: row.number('librarianCount'),
    })),
  };
}
