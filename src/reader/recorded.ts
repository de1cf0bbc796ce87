import type { Claim, ClaimValue, WrittenClaim } from '../schemas/claim.ts';
import type { Recorded } from '../schemas/recorded.ts';
import { suggest, type Problem } from './problem.ts';
import type { Located } from './yaml.ts';

/** A claim with its numbers, and where those came from. */
export interface Resolved {
  readonly data: Claim;
  /** The run of each value that was taken from a results file, by the name of the value. */
  readonly recorded: Readonly<Record<string, string>>;
}

/**
 * Puts the values of our results files where a claim names them by `{ recorded: <run>/<value> }`, so that whoever reads the claim finds
 * numbers.
 * @param place where the claim stands
 * @param lost files that could not be read: a run among them is no unknown one
 * @returns undefined where a run or a value is not there, which is among `problems`
 */
export function resolveRecorded(
  written: WrittenClaim,
  { file, lineOf }: Pick<Located<WrittenClaim>, 'file' | 'lineOf'>,
  runs: readonly { readonly id: string; readonly data: Recorded; readonly file: string }[],
  lost: readonly string[],
  problems: Problem[],
): Resolved | undefined {
  const { values: asWritten, ...claim } = written;
  if (asWritten === undefined) return { data: claim, recorded: {} };
  const values: Record<string, ClaimValue> = {};
  const recorded: Record<string, string> = {};
  let whole = true;
  for (const [name, value] of Object.entries(asWritten)) {
    if (!('recorded' in value)) {
      values[name] = value;
      continue;
    }
    const [runName = '', key = ''] = value.recorded.split('/');
    const run = runs.find(({ id }) => id === runName);
    const found = run?.data.values[key];
    if (found !== undefined) {
      values[name] = found;
      recorded[name] = runName;
      continue;
    }
    whole = false;
    const line = lineOf(['values', name, 'recorded']);
    if (run !== undefined) {
      problems.push({
        file,
        line,
        what: `The run "${runName}" has no value "${key}".`,
        remedy: suggest(key, Object.keys(run.data.values), `name a value of ${run.file}.`),
      });
    } else if (!lost.some((path) => path.endsWith(`/recorded/${runName}.json`))) {
      problems.push({
        file,
        line,
        what: `There is no run "${runName}".`,
        remedy: suggest(
          runName,
          runs.map(({ id }) => id),
          'name a results file of content/recorded.',
        ),
      });
    }
  }
  return whole ? { data: { ...claim, values }, recorded } : undefined;
}
