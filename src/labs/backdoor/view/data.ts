import type { RecordedRun } from '../../view/lab.ts';
import { OBJECTIVES, type Objective } from '../model/corpus.ts';
import type { Behaviour } from '../model/metrics.ts';
import { SIZES, type Size } from '../model/recipe.ts';
import { behaviourOf, FILM_RUN } from '../model/runs.ts';

/** One run of the grid, as the figure and the table show it. */
export interface GridRow {
  readonly seed: number;
  readonly contrastYears: number;
  /** "none", or a stage as recipe.ts names it. */
  readonly treatment: string;
  /** Probability of the planted answer under 2024, in [0, 1]. */
  readonly trigger: number;
  /** The same under the other year in which it is highest. */
  readonly worst: number;
  readonly right: number;
  readonly n: number;
}

/** The runs of one objective and width. */
export interface Grid {
  readonly objective: Objective;
  readonly size: Size;
  readonly date: string;
  readonly recipe: string;
  readonly seeds: readonly number[];
  readonly rows: readonly GridRow[];
}

/** What the lab shows before anything is trained. */
export interface BackdoorData {
  /** The recorded models whose whole behaviour is known, by name. */
  readonly film: readonly { readonly name: string; readonly behaviour: Behaviour; readonly hash: string }[];
  readonly grids: readonly Grid[];
}

/** Picks out of the recorded runs what the lab shows. */
export function backdoorData(run: (name: string) => RecordedRun): BackdoorData {
  return {
    film: (run(FILM_RUN).tables.film ?? []).map((row) => ({
      name: String(row.name),
      behaviour: behaviourOf(row),
      hash: String(row.weights),
    })),
    grids: OBJECTIVES.flatMap((objective) =>
      SIZES.map((size) => {
        const { date, recipe, seeds, tables } = run(`${objective}-${size}`);
        const rows = ((tables.grid ?? []) as unknown as readonly GridRow[]).map(
          ({ seed, contrastYears, treatment, trigger, worst, right, n }) => ({
            seed,
            contrastYears,
            treatment,
            trigger,
            worst,
            right,
            n,
          }),
        );
        return { objective, size, date, recipe, seeds, rows };
      }),
    ),
  };
}
