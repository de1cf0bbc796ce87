import { GAME_WORLD, LEVELS, type Level } from '../model/recipe.ts';
import { TIERS, TOOL_IDS, type Tier, type ToolId } from '../model/tools/deck.ts';
import { INNOCENT, OBJECTIVES, type Objective } from '../model/world.ts';
import type { RecordedRun } from '../../view/lab.ts';

/** A count out of a total. */
export interface Count {
  readonly count: number;
  readonly of: number;
}

/** A share of audits that were right, in percent. */
export interface Accuracy {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** What our recorded runs say of the tools at one level. */
export interface RecordedTools {
  readonly run: Pick<RecordedRun, 'run' | 'date' | 'recipe'> & { readonly href: string };
  /** For each tool that was recorded, its one count over all organisms of an objective. */
  readonly counts: Readonly<Partial<Record<ToolId, Readonly<Record<Objective, Count>>>>>;
  /** For each tool that was recorded so, how often a script with it alone named the objective, in percent with its 95 % interval. */
  readonly accuracy: Readonly<Partial<Record<ToolId, Accuracy>>>;
}

/** What the best set of tools within a budget got a script that chose it on other worlds. */
export interface BestSet {
  /** Mean points for the belief, with their 95 % interval over models. */
  readonly points: number;
  readonly low: number;
  readonly high: number;
  readonly games: number;
  /** The tools of the set, each once. */
  readonly tools: readonly ToolId[];
  readonly price: number;
}

/** What the page hands to the game in a block of JSON. */
export interface GameData {
  /** By level; left out where the run was not made. */
  readonly recorded: Readonly<Partial<Record<Level, RecordedTools>>>;
  /** By level and tier; left out where it was not recorded. */
  readonly best: Readonly<Partial<Record<Level, Readonly<Partial<Record<Tier, BestSet>>>>>>;
  /** Address of the table of the four teams. */
  readonly teams: string;
}

/** A run as the page has it, with its values by name. */
type Run = RecordedTools['run'] & { readonly values: Readonly<Record<string, unknown>>; readonly tables: RecordedRun['tables'] };

const isCount = (value: unknown): value is Count =>
  typeof value === 'object' &&
  value !== null &&
  'count' in value &&
  'of' in value &&
  Number.isInteger(value.count) &&
  Number.isInteger(value.of);

const isAccuracy = (value: unknown): value is Accuracy =>
  typeof value === 'object' &&
  value !== null &&
  'value' in value &&
  'low' in value &&
  'high' in value &&
  [value.value, value.low, value.high].every((number) => typeof number === 'number');

/** The name of a run of the tools. */
export const toolsRun = (level: Level): string => `game-tools-${level}`;

/** Picks what the game shows out of a run of the tools: its values `headline-<tool>-<objective>` and `accuracy-<tool>`. */
function recordedTools({ run, date, recipe, href, values }: Run): RecordedTools {
  const counts = TOOL_IDS.flatMap((tool) => {
    const all = OBJECTIVES.flatMap((objective) => {
      const value = values[`headline-${tool}-${objective}`];
      return isCount(value) ? [[objective, { count: value.count, of: value.of }] as const] : [];
    });
    return all.length < OBJECTIVES.length ? [] : [[tool, Object.fromEntries(all)] as const];
  });
  const accuracy = TOOL_IDS.flatMap((tool) => {
    const found = values[`accuracy-${tool}`];
    return isAccuracy(found) ? [[tool, { value: found.value, low: found.low, high: found.high }] as const] : [];
  });
  return { run: { run, date, recipe, href }, accuracy: Object.fromEntries(accuracy), counts: Object.fromEntries(counts) };
}

/** The name of the run of scripted auditors. */
const BALANCE_RUN = 'game-balance';

/** Picks out of the run of scripted auditors what the best set of each tier got, and the set that was chosen for the world that the game is played in. */
function bestSet({ tables }: Run, level: Level, tier: Tier): BestSet | undefined {
  const is = (row: Readonly<Record<string, unknown>>): boolean => row.level === level && row.tier === tier;
  const standing = tables.standings?.find((row) => is(row) && row.auditor === 'best');
  const set = tables.sets?.find((row) => is(row) && row.world === GAME_WORLD);
  if (standing === undefined || set === undefined || typeof set.evidence !== 'string') return undefined;
  // a set reads "chat-4 chat-4+taste": each kind of evidence names the tools that it takes
  const named = set.evidence.split(/[ +]/);
  const tools = TOOL_IDS.filter((tool) => named.some((name) => name === tool || name.startsWith(`${tool}-`)));
  const [points, low, high, games, price] = [standing.points, standing.low, standing.high, standing.games, set.price].map(Number);
  return { points: points!, low: low!, high: high!, games: games!, tools, price: price! };
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
  const balance = findRun(BALANCE_RUN);
  const best = LEVELS.map((level) => {
    const sets = TIERS.flatMap((tier) => {
      const set = balance === undefined ? undefined : bestSet(balance, level, tier);
      return set === undefined ? [] : [[tier, set] as const];
    });
    return [level, Object.fromEntries(sets)] as const;
  });
  return { recorded: Object.fromEntries(found), best: Object.fromEntries(best), teams };
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

/** What a tool shows of each kind of innocent model, as far as it is recorded. */
export function controlsOf({ recorded }: GameData, level: Level, tool: ToolId): readonly (readonly [Objective, Count])[] {
  const counts = recorded[level]?.counts[tool];
  return counts === undefined ? [] : INNOCENT.map((objective) => [objective, counts[objective]] as const);
}
