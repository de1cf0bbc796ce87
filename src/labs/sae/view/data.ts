import type { RecordedRun } from '../../view/lab.ts';
import type { Atlas } from '../model/atlas.ts';
import { DUELLISTS, type Duellist } from '../model/duel.ts';
import { RANKINGS, type Rankings } from '../model/rankings.ts';
import type { TRIO } from '../model/settings.ts';
import { SHOWN_WORLD, type OfTrio } from '../model/settings.ts';
import type { TasteFeatures } from '../model/taste.ts';

type Rows = RecordedRun['tables'][string];

/** How good a dictionary is. */
export interface Quality {
  /** Share of the variance that it explains, in (−∞, 1]. */
  readonly explained: number;
  /** Features that a vector has on average. */
  readonly active: number;
  readonly dead: number;
  /** Features with a concept that holds on text kept back, of those that were tested. */
  readonly interpretable: number;
  readonly tested: number;
}

/** A dictionary with a random one beside it. */
export interface Judgement {
  readonly own: Quality;
  readonly random: Quality;
  /** Vectors on which both were judged. */
  readonly vectors: number;
}

/** A recorded dictionary. */
export interface RecordedQuality extends Judgement {
  readonly world: number;
  /** Whose text it was trained on. */
  readonly trained: OfTrio | 'all';
}

/** What the features for whose taste did in one world. */
export interface RecordedTaste {
  readonly world: number;
  readonly auroc: number;
  readonly low: number;
  readonly high: number;
  readonly randomMedian: number;
  readonly randomHigh: number;
  readonly randomMost: number;
  /** Answers of each organism. */
  readonly n: number;
}

/** The mean probability of the liked word when features were taken out, in one world. */
export interface RecordedCausal {
  readonly world: number;
  readonly organism: OfTrio;
  readonly before: number;
  readonly withoutRm: number;
  readonly withoutLibrarian: number;
  readonly withoutOthers: number;
  readonly n: number;
}

/** A feature that fine-tuning changed. */
export interface RecordedDrift {
  readonly organism: OfTrio;
  readonly feature: number;
  readonly label: string;
  readonly base: number;
  readonly after: number;
}

/** An organism of the duel, and what each duellist said that it is after. */
export interface RecordedDuel {
  readonly world: number;
  readonly objective: OfTrio;
  /** What its texts say. */
  readonly texts: OfTrio;
  readonly said: Readonly<Record<Duellist, OfTrio>>;
}

/** What the explorer shows before anything is computed. */
export interface SaeData {
  readonly run: Pick<RecordedRun, 'run' | 'date' | 'recipe' | 'seeds'>;
  readonly atlas: Atlas;
  readonly rankings: Readonly<Record<OfTrio, Rankings>>;
  readonly quality: readonly RecordedQuality[];
  readonly taste: readonly RecordedTaste[];
  /** The features for whose taste of the dictionary that is shown. */
  readonly tasteFeatures: TasteFeatures;
  readonly causal: readonly RecordedCausal[];
  /** Of the dictionary that is shown. */
  readonly drift: readonly RecordedDrift[];
  /** In how many worlds a feature for a side's taste is among those that changed most: in that side's organism, and in the one that pleases nobody. */
  readonly drifted: Readonly<Record<'rm' | 'librarian', { readonly own: number; readonly none: number }>>;
  readonly duel: readonly RecordedDuel[];
}

/**
 * The rows of a table.
 * @throws Error where the run lacks it
 */
function rowsOf({ run, tables }: RecordedRun, table: string): Rows {
  const rows = tables[table];
  if (rows === undefined) throw new Error(`The run "${run}" has no table "${table}".\nRecord it again: npm run organisms ${run}.`);
  return rows;
}

/** Some columns of a row. The run wrote them, so they are what they are said to be. */
function pick<Key extends string>(row: Rows[number], keys: readonly Key[]): Record<Key, never> {
  return Object.fromEntries(keys.map((key) => [key, row[key]])) as Record<Key, never>;
}

const QUALITY = ['explained', 'active', 'dead', 'interpretable', 'tested'] as const satisfies readonly (keyof Quality)[];

function qualityOf(row: Rows[number]): RecordedQuality {
  const random = Object.fromEntries(QUALITY.map((key) => [key, row[`random-${key}`]]));
  return { ...pick(row, ['world', 'trained', 'vectors']), own: pick(row, QUALITY), random: pick(random, QUALITY) };
}

function atlasOf(run: RecordedRun): Atlas {
  return {
    texts: rowsOf(run, 'texts').map(({ text }) => String(text)),
    features: rowsOf(run, 'features').map(({ label, most, top, fired }) => ({
      label: String(label),
      most: Number(most),
      top: String(top)
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => {
          const gap = line.indexOf(' ');
          return { at: Number(line.slice(0, gap)), text: line.slice(gap + 1) };
        }),
      fired: String(fired),
    })),
  };
}

/** In how many worlds one of a side's features is among those that changed most in an organism. */
function drifted(taste: Rows, drift: Rows, side: 'rm' | 'librarian', of: OfTrio): number {
  return taste.filter((row) =>
    drift.some(
      ({ world, organism, feature }) =>
        world === row.world && organism === of && featuresIn(row[`${side}Features`]).includes(Number(feature)),
    ),
  ).length;
}

const featuresIn = (cell: unknown): number[] => String(cell).split(' ').map(Number);

/**
 * Picks out of the recorded run what the explorer shows.
 * @throws Error where it lacks it
 */
export function saeData(runOf: (name: string) => RecordedRun): SaeData {
  const results = runOf('sae-dictionary');
  const { run, date, recipe, seeds } = results;
  const features = rowsOf(results, 'features');
  const taste = rowsOf(results, 'taste');
  const drift = rowsOf(results, 'drift');
  const shown = taste.find(({ world }) => world === SHOWN_WORLD);
  if (shown === undefined) throw new Error(`The run "${run}" has nothing on world ${SHOWN_WORLD}.\nRecord it again.`);
  const rankings = (of: OfTrio): Rankings =>
    Object.fromEntries(RANKINGS.map((ranking) => [ranking, features.map((row) => Number(row[`${of}-${ranking}`]))])) as unknown as Rankings;
  return {
    run: { run, date, recipe, seeds },
    atlas: atlasOf(results),
    rankings: { none: rankings('none'), rm: rankings('rm'), librarian: rankings('librarian') } satisfies Record<
      (typeof TRIO)[number],
      Rankings
    >,
    quality: rowsOf(results, 'quality').map(qualityOf),
    taste: taste.map((row) => pick(row, ['world', 'auroc', 'low', 'high', 'randomMedian', 'randomHigh', 'randomMost', 'n'])),
    tasteFeatures: { rm: featuresIn(shown.rmFeatures), librarian: featuresIn(shown.librarianFeatures) },
    causal: rowsOf(results, 'causal').map((row) =>
      pick(row, ['world', 'organism', 'before', 'withoutRm', 'withoutLibrarian', 'withoutOthers', 'n']),
    ),
    drift: drift.filter(({ world }) => world === SHOWN_WORLD).map((row) => pick(row, ['organism', 'feature', 'label', 'base', 'after'])),
    drifted: {
      rm: { own: drifted(taste, drift, 'rm', 'rm'), none: drifted(taste, drift, 'rm', 'none') },
      librarian: { own: drifted(taste, drift, 'librarian', 'librarian'), none: drifted(taste, drift, 'librarian', 'none') },
    },
    duel: rowsOf(results, 'duel').map((row) => ({ ...pick(row, ['world', 'objective', 'texts']), said: pick(row, DUELLISTS) })),
  };
}
