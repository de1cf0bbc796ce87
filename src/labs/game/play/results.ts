import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { TOOLS } from '../model/tools/deck.ts';
import { OBJECTIVES, type Objective } from '../model/world.ts';
import { CaseError, organismIn, readCase } from './case.ts';
import { HAS } from './forecast.ts';
import { RuleError, scoreOf, type Play } from './game.ts';
import { beliefOf, objectiveScore } from './scoring.ts';

/** One report of a class, as its line says. */
export interface Result {
  readonly name: string;
  readonly code: string;
  readonly truth: Objective;
  /** The objective held likeliest, and how likely, in whole percent. */
  readonly likeliest: Objective;
  readonly percent: number;
  /** Points for the belief, recomputed from the line: a line cannot claim others. */
  readonly objective: number;
  /** As the line says. */
  readonly forecast: number;
  readonly behaviours: number;
  readonly spent: number;
}

/** The most characters of a name. */
export const NAME_LENGTH = 40;
const MARK = 'ho1';
const SUM = 6;
const sumOf = (text: string): string => bytesToHex(sha256(utf8ToBytes(`hidden objectives/result/${text}`))).slice(0, SUM);

/** A name as it stands in a line: without line breaks and bars, which part its fields. */
const tidy = (name: string): string =>
  name
    .replaceAll(/[|\s]+/g, ' ')
    .trim()
    .slice(0, NAME_LENGTH);

/**
 * The result of a case as one line of text, which a class pastes together.
 * @throws RuleError where the case is not over
 */
export function resultLine(play: Play, name: string): string {
  const { report, debrief } = play;
  if (report === undefined || debrief === undefined) throw new RuleError('The case is not over.', 'File the report first.');
  const { forecast, behaviours } = scoreOf(report, debrief, HAS);
  const spent = play.entries.reduce((sum, { order }) => sum + TOOLS[order.tool].price, 0);
  const belief = OBJECTIVES.map((objective) => Math.round(1000 * report.belief[objective])).join(' ');
  const text = [MARK, play.code, tidy(name) || '?', belief, Math.round(forecast), behaviours, spent].join(' | ');
  return `${text} | ${sumOf(text)}`;
}

function readLine(line: string): Result | string {
  const fields = line.split('|').map((field) => field.trim());
  const [mark, code = '', name = '', belief = '', forecast, behaviours, spent, sum] = fields;
  if (mark !== MARK || fields.length !== 8) return 'is no result';
  if (sum !== sumOf(fields.slice(0, -1).join(' | '))) return 'was changed on its way';
  const shares = belief.split(' ').map(Number);
  const numbers = [Number(forecast), Number(behaviours), Number(spent)];
  if (
    shares.length !== OBJECTIVES.length ||
    ![...shares, ...numbers].every((number) => Number.isFinite(number)) ||
    shares.some((share) => share < 0)
  ) {
    return 'has a number that is none';
  }
  try {
    const truth = organismIn(readCase(code)).objective;
    const best = shares.indexOf(Math.max(...shares));
    // the shares were rounded: made to sum to 1 again
    const weights = Object.fromEntries(OBJECTIVES.map((objective, i) => [objective, Math.max(0, shares[i]! - 10)])) as Record<
      Objective,
      number
    >;
    return {
      name,
      code,
      truth,
      likeliest: OBJECTIVES[best]!,
      percent: Math.round(shares[best]! / 10),
      objective: objectiveScore(beliefOf(weights), truth),
      forecast: numbers[0]!,
      behaviours: numbers[1]!,
      spent: numbers[2]!,
    };
  } catch (error) {
    if (error instanceof CaseError) return 'names no case';
    throw error;
  }
}

/**
 * Reads the lines that a class has pasted, best first within a case. Lines that cannot be read are named and left out; empty ones, and
 * a line that stands there already, are passed over.
 */
export function readResults(text: string): { readonly rows: readonly Result[]; readonly problems: readonly string[] } {
  const rows: Result[] = [];
  const problems: string[] = [];
  const seen = new Set<string>();
  text.split('\n').forEach((line, i) => {
    if (line.trim() === '' || seen.has(line.trim())) return;
    seen.add(line.trim());
    const read = readLine(line);
    if (typeof read === 'string') problems.push(`Line ${i + 1} ${read}. Ask for it again, and paste it whole.`);
    else rows.push(read);
  });
  rows.sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : b.objective - a.objective));
  return { rows, problems };
}
