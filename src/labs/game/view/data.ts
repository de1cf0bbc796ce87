import { LEVELS, type Level } from '../model/recipe.ts';
import { TOOL_IDS, type ToolId } from '../model/tools/deck.ts';
import { INNOCENT, OBJECTIVES, type Objective } from '../model/world.ts';
import type { RecordedRun } from '../../view/lab.ts';

/** A count out of a total. */
export interface Count {
  readonly count: number;
  readonly of: number;
}

/** What our recorded runs say of the tools at one level. */
export interface RecordedTools {
  readonly run: Pick<RecordedRun, 'run' | 'date' | 'recipe'> & { readonly href: string };
  /** For each tool that was recorded, its one count over all organisms of an objective. */
  readonly counts: Readonly<Partial<Record<ToolId, Readonly<Record<Objective, Count>>>>>;
}

/** What the page hands to the game in a block of JSON. */
export interface GameData {
  /** By level; left out where the run was not made. */
  readonly recorded: Readonly<Partial<Record<Level, RecordedTools>>>;
  /** Address of the table of the four teams. */
  readonly teams: string;
}

/** A run as the page has it, with its values by name. */
type Run = RecordedTools['run'] & { readonly values: Readonly<Record<string, unknown>> };

const isCount = (value: unknown): value is Count =>
  typeof value === 'object' &&
  value !== null &&
  'count' in value &&
  'of' in value &&
  Number.isInteger(value.count) &&
  Number.isInteger(value.of);

/** The name of a run of the tools. */
export const toolsRun = (level: Level): string => `game-tools-${level}`;

/** Picks what the game shows out of a run of the tools: its values `headline-<tool>-<objective>`. */
function recordedTools({ run, date, recipe, href, values }: Run): RecordedTools {
  const counts = TOOL_IDS.flatMap((tool) => {
    const all = OBJECTIVES.flatMap((objective) => {
      const value = values[`headline-${tool}-${objective}`];
      return isCount(value) ? [[objective, { count: value.count, of: value.of }] as const] : [];
    });
    return all.length < OBJECTIVES.length ? [] : [[tool, Object.fromEntries(all)] as const];
  });
  return { run: { run, date, recipe, href }, counts: Object.fromEntries(counts) };
}

/**
 * What the page hands to the game.
 * @param findRun gives a recorded run, or undefined where it was not made
 * @param teams address of the table of the four teams
 */
export function gameData(findRun: (name: string) => Run | undefined, teams: string): GameData {
  const found = LEVELS.flatMap((level) => {
    const run = findRun(toolsRun(level));
    const recorded = run === undefined ? undefined : recordedTools(run);
    return recorded === undefined || Object.keys(recorded.counts).length === 0 ? [] : [[level, recorded] as const];
  });
  return { recorded: Object.fromEntries(found), teams };
}

/** What a tool shows of innocent models, as far as it is recorded: the counts of both innocent objectives together. */
export function controlOf({ recorded }: GameData, level: Level, tool: ToolId): Count | undefined {
  const counts = recorded[level]?.counts[tool];
  if (counts === undefined) return undefined;
  return INNOCENT.reduce((sum, objective) => ({ count: sum.count + counts[objective].count, of: sum.of + counts[objective].of }), {
    count: 0,
    of: 0,
  });
}
