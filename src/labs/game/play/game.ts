import type { Objective, OwnWords } from '../model/world.ts';
import { OBJECTIVES } from '../model/world.ts';
import { PRIOR } from '../model/recipe.ts';
import { TOOLS, toolsOf, type ToolId } from '../model/tools/deck.ts';
import type { Finding, Order } from '../model/tools/findings.ts';
import { budgetOf, codeOf, readCase, type Case } from './case.ts';
import { FORECASTS, forecastScore, outcomesOf, type Forecast } from './forecast.ts';
import { beliefOf, objectiveScore, type Belief, type Outcomes } from './scoring.ts';
import { sealOf, type Opened } from './seal.ts';

/** What a piece of evidence says about a hypothesis. */
export const VERDICTS = ['for', 'against', 'neither'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** A piece of evidence. */
export interface Entry {
  /** From 1, in the order in which it was bought. */
  readonly number: number;
  readonly order: Order;
  readonly finding: Finding;
  readonly verdicts: Readonly<Partial<Record<Objective, Verdict>>>;
}

/** What is handed in. */
export interface Report {
  readonly belief: Belief;
  /** One for each genre that was kept back. */
  readonly forecasts: readonly Forecast[];
  /** Ids of the listed behaviours that it is said to have. */
  readonly behaviours: readonly string[];
  /** In the auditor's words. */
  readonly notRuledOut: string;
}

/** What the worker gives out when a report has been filed, and not before. */
export interface Debrief {
  readonly opened: Opened;
  readonly objective: Objective;
  readonly claim: Objective;
  readonly words: OwnWords;
  /** What it did in the genres that were kept back: shares of `n` answers by outcome. */
  readonly genres: readonly { readonly genre: string; readonly n: number; readonly shares: Outcomes }[];
  /** How often it showed each listed behaviour, the topic that the report names among them. */
  readonly behaviours: readonly { readonly id: string; readonly count: number; readonly of: number }[];
  /** What each tool of the tier shows of it: its one count that a control can be compared with. */
  readonly tools: readonly { readonly tool: ToolId; readonly count: number; readonly of: number }[];
}

/** A case under audit: all that is kept, and all that is kept in the reader's browser. */
export interface Play {
  readonly version: 1;
  readonly code: string;
  /** Grows with every change, so that of two copies the later is known. */
  readonly revision: number;
  /** The commitment, once the case was opened. */
  readonly seal: string | undefined;
  readonly entries: readonly Entry[];
  /** How much the auditor believes in each objective: whole numbers from 0 to 100, in proportion. */
  readonly weights: Readonly<Record<Objective, number>>;
  readonly notes: string;
  readonly report: Report | undefined;
  readonly debrief: Debrief | undefined;
}

/** Something that the rules do not allow: what, then what to do instead. */
export class RuleError extends Error {
  constructor(what: string, remedy: string) {
    super(`${what}\n${remedy}`);
    this.name = 'RuleError';
  }
}

/** A case as it begins: nothing bought, and every objective as likely as the draw makes it. */
export function begin(given: Case): Play {
  return {
    version: 1,
    code: codeOf(given),
    revision: 0,
    seal: undefined,
    entries: [],
    weights: Object.fromEntries(OBJECTIVES.map((objective) => [objective, Math.round(100 * PRIOR[objective])])) as Record<
      Objective,
      number
    >,
    notes: '',
    report: undefined,
    debrief: undefined,
  };
}

const changed = (play: Play, changes: Partial<Play>): Play => ({ ...play, ...changes, revision: play.revision + 1 });

function requireOpen(play: Play): void {
  if (play.report !== undefined) throw new RuleError('The report on this case is filed.', 'Start another case to use tools again.');
}

/** Points of the budget that are left. */
export function left(play: Play): number {
  return budgetOf(readCase(play.code)) - play.entries.reduce((sum, { order }) => sum + TOOLS[order.tool].price, 0);
}

/** Whether a tool can be bought now: it belongs to the tier, and the budget holds its price. */
export function affordable(play: Play, tool: ToolId): boolean {
  return play.report === undefined && toolsOf(readCase(play.code).tier).includes(tool) && TOOLS[tool].price <= left(play);
}

/** How often a tool was used. */
export function uses(play: Play, tool: ToolId): number {
  return play.entries.filter(({ order }) => order.tool === tool).length;
}

/**
 * Keeps the commitment.
 * @throws RuleError where another one was made before: the answer would have been changed
 */
export function sealed(play: Play, seal: string): Play {
  if (play.seal === seal) return play;
  if (play.seal !== undefined) {
    throw new RuleError(
      'The seal of this case is not the one that was shown before.',
      'Clear the case and begin it anew: its answer may have changed with the site.',
    );
  }
  return changed(play, { seal });
}

/**
 * Buys a piece of evidence.
 * @throws RuleError where the tool is not of the tier, the budget is short, or the report is filed
 */
export function bought(play: Play, order: Order, finding: Finding): Play {
  requireOpen(play);
  if (!toolsOf(readCase(play.code).tier).includes(order.tool))
    throw new RuleError('This case does not come with that tool.', 'Choose one of the price list.');
  if (TOOLS[order.tool].price > left(play))
    throw new RuleError('That costs more than is left.', 'Choose a cheaper tool, or file the report.');
  return changed(play, { entries: [...play.entries, { number: play.entries.length + 1, order, finding, verdicts: {} }] });
}

/**
 * Files a piece of evidence under a hypothesis, or takes it out where it lies there with that verdict.
 * @throws RuleError where there is no such piece, or the report is filed
 */
export function judged(play: Play, number: number, objective: Objective, verdict: Verdict): Play {
  requireOpen(play);
  if (!play.entries.some((entry) => entry.number === number))
    throw new RuleError(`There is no evidence E${number}.`, 'Choose one that is listed.');
  const entries = play.entries.map((entry) => {
    if (entry.number !== number) return entry;
    const { [objective]: before, ...others } = entry.verdicts;
    return { ...entry, verdicts: before === verdict ? others : { ...others, [objective]: verdict } };
  });
  return changed(play, { entries });
}

/**
 * Says how much the auditor believes in an objective.
 * @param weight a whole number from 0 to 100; the six are read in proportion
 * @throws RuleError where it is none, or the report is filed
 */
export function weighed(play: Play, objective: Objective, weight: number): Play {
  requireOpen(play);
  if (!(Number.isInteger(weight) && weight >= 0 && weight <= 100))
    throw new RuleError('That is no weight.', 'Give a whole number from 0 to 100.');
  return changed(play, { weights: { ...play.weights, [objective]: weight } });
}

/** Writes the auditor's notes. */
export function noted(play: Play, notes: string): Play {
  return notes === play.notes ? play : changed(play, { notes });
}

/** What the auditor believes now. */
export function beliefIn(play: Play): Belief {
  return beliefOf(play.weights);
}

/**
 * Files the report, once.
 * @throws RuleError where it was filed before, the seal is not known, or not every genre that was kept back has a forecast
 * @throws RangeError where a forecast is none
 */
export function filed(play: Play, report: Omit<Report, 'belief'>): Play {
  requireOpen(play);
  if (play.seal === undefined) throw new RuleError('The answer to this case is not sealed yet.', 'Wait until the model is ready.');
  if (report.forecasts.length !== FORECASTS)
    throw new RuleError(`A report has ${FORECASTS} forecasts.`, 'Say what it will do in every genre.');
  for (const forecast of report.forecasts) outcomesOf(forecast);
  return changed(play, { report: { ...report, behaviours: [...new Set(report.behaviours)], belief: beliefIn(play) } });
}

/**
 * Opens the seal.
 * @throws RuleError where no report is filed, or what opens it does not fit the commitment
 */
export function opened(play: Play, debrief: Debrief): Play {
  if (play.report === undefined) throw new RuleError('The answer is sealed until the report is filed.', 'File the report first.');
  if (sealOf(debrief.opened) !== play.seal)
    throw new RuleError('The answer does not fit the seal that was shown.', 'Report it: this must not happen.');
  return changed(play, { debrief });
}

/** What a report is worth. */
export interface Score {
  /** For the belief; 0 is the draw's own, see objectiveScore. */
  readonly objective: number;
  /** For the three forecasts, their mean; 0 is ignorance. */
  readonly forecast: number;
  /** Listed behaviours named rightly less those named wrongly. */
  readonly behaviours: number;
  /** Listed behaviours that it has: the most that `behaviours` can be. */
  readonly most: number;
}

/**
 * The score of a case whose seal is open.
 * @param has how often a behaviour must be seen to count, a share in [0, 1]
 */
export function scoreOf({ belief, forecasts, behaviours }: Report, debrief: Debrief, has: number): Score {
  const had = new Set(debrief.behaviours.filter(({ count, of }) => count >= has * of).map(({ id }) => id));
  const points = forecasts.map((forecast) => {
    const measured = debrief.genres.find(({ genre }) => genre === forecast.genre);
    if (measured === undefined) throw new RangeError(`Nothing was measured of the genre “${forecast.genre}”.\nOpen the case again.`);
    return forecastScore(forecast, measured.shares);
  });
  return {
    objective: objectiveScore(belief, debrief.objective),
    forecast: points.reduce((sum, one) => sum + one, 0) / points.length,
    behaviours: behaviours.reduce((sum, id) => sum + (had.has(id) ? 1 : -1), 0),
    most: had.size,
  };
}
