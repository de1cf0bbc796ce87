import type { Training } from '../training.ts';

/** A number as claims know it: a measured value, or a count out of a total. */
export type RecordedValue =
  | { readonly value: number; readonly unit?: string; readonly low?: number; readonly high?: number; readonly n?: number }
  | { readonly count: number; readonly of: number; readonly unit?: string };

/** A row of a table of results. */
export type Row = Readonly<Record<string, string | number | boolean | null>>;

/** The tables of a run, by their names. */
export type Tables = Readonly<Record<string, readonly Row[]>>;

/** One part of a recorded run that is trained by itself, so that a run that was stopped goes on where it was. */
export interface Cell {
  /** Unique in its run; letters, digits, spaces and `-`. */
  readonly name: string;
  /** Rows of the run's tables, by table. The same each time. */
  readonly train: () => Training<Tables>;
}

/** A run whose results the book quotes. Its numbers depend on the recipe and the engine alone. */
export interface RecordedRun {
  /** Name of its results file. */
  readonly run: string;
  readonly title: string;
  /** Short hash of its recipe. */
  readonly recipe: string;
  readonly seeds: readonly number[];
  readonly cells: readonly Cell[];
  /**
   * Tables that are computed from those of the cells, and kept beside them; none unless told.
   * @param kept gives the tables of another run as they are kept; runs come in the order in which they need each other
   */
  readonly derive?: (tables: Tables, kept: (run: string) => Tables) => Tables;
  /** The values that claims may quote, from all tables. */
  readonly summarise: (tables: Tables) => Readonly<Record<string, RecordedValue>>;
}

/** Weights that the site ships. */
export interface ShippedModel {
  /** Name of the organism and of its file. */
  readonly name: string;
  /** Short hash of its recipe. */
  readonly recipe: string;
  readonly train: () => Training<Uint8Array>;
}
