import type { z } from 'zod';
import type { Problem } from './problem.ts';
import { readYaml, type Located } from './yaml.ts';

const SPACE = /[ \t\n\r]*/y;
const TEXT = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4}))*"/y;
const SCALAR = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[Ee][+-]?\d+)?|true|false|null)(?![\w.])/y;

/**
 * Where a text stops being JSON (RFC 8259); undefined where it is JSON. The parser of the engine tells no place for most faults.
 * @returns the offset of the first character that cannot stand where it does; the length of the text where more should follow
 */
export function faultOf(text: string): number | undefined {
  let at = 0;
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const taken = pattern.exec(text)?.[0];
    at += taken?.length ?? 0;
    return taken !== undefined;
  };
  const sign = (expected: string): boolean => {
    take(SPACE);
    const there = text[at] === expected;
    if (there) at += 1;
    return there;
  };
  /** Members parted by commas up to the closing sign; the opening one is taken. */
  const members = (close: string, member: () => boolean): boolean => {
    if (sign(close)) return true;
    do if (!member()) return false;
    while (sign(','));
    return sign(close);
  };
  const name = (): boolean => {
    take(SPACE);
    return take(TEXT);
  };
  const value = (): boolean => {
    if (sign('{')) return members('}', () => name() && sign(':') && value());
    if (sign('[')) return members(']', value);
    return take(TEXT) || take(SCALAR);
  };
  const whole = value();
  take(SPACE);
  return whole && at === text.length ? undefined : at;
}

/**
 * Parses JSON and holds it against a schema, as {@link readYaml} does. What is wrong goes to `problems`, each with its line; the record
 * comes back only where nothing is.
 */
export function readJson<T>(
  text: string,
  file: string,
  schemaFor: (value: unknown) => z.ZodType<T>,
  problems: Problem[],
): Located<T> | undefined {
  const fault = faultOf(text);
  if (fault !== undefined) {
    const [stray = ''] = text.slice(fault).split('\n');
    const before = text.slice(0, fault).trimEnd();
    problems.push({
      file,
      line: (stray === '' ? before : text.slice(0, fault)).split('\n').length,
      what: `The JSON cannot be read: ${stray === '' ? 'it ends too early' : `"${stray.slice(0, 40)}" cannot stand here`}.`,
      remedy: 'Restore the file, or write it again with its script; a results file is not edited by hand.',
    });
    return undefined;
  }
  // JSON is YAML, whose parser knows the line of every value
  return readYaml(text, file, schemaFor, problems);
}
