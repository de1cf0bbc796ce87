import { isMap, isNode, isScalar, LineCounter, parseDocument, visit, type Document, type Node as YamlNode } from 'yaml';
import type { z } from 'zod';
import { nearest, type Problem } from './problem.ts';

/** A record read from YAML, with the line of every part of it. */
export interface Located<T> {
  readonly data: T;
  readonly file: string;
  /**
   * Line, from 1, at which the value under `path` begins; the nearest enclosing value's where the path is not there. With `offset`, the
   * line of that character of the text under `path`, counted from its first that is no white space.
   */
  readonly lineOf: (path: readonly PropertyKey[], offset?: number) => number;
}

/** Where a parsed document's values stand. */
class Places {
  private readonly source: string;
  private readonly document: Document;
  private readonly counter: LineCounter;
  private readonly firstLine: number;

  constructor(source: string, document: Document, counter: LineCounter, firstLine: number) {
    this.source = source;
    this.document = document;
    this.counter = counter;
    this.firstLine = firstLine;
  }

  /** Line of the value under `path`; with `key`, of the key that names it. */
  line(path: readonly PropertyKey[], key = false): number {
    for (let length = path.length; length >= 0; length--) {
      const offset = this.offset(path.slice(0, length), key);
      if (offset !== undefined) return this.counter.linePos(offset).line + this.firstLine - 1;
    }
    return this.firstLine;
  }

  /** Line of the character at `offset` of the text under `path`, as {@link Located.lineOf} counts. */
  lineWithin(path: readonly PropertyKey[], offset: number): number {
    const node: unknown = this.document.getIn(path, true);
    if (!isScalar(node) || typeof node.value !== 'string' || !node.range) return this.line(path);
    const [start, end] = node.range;
    // a folded or quoted text differs from what is written in white space and escapes only: its letters are found one after the other
    let at = node.type === 'BLOCK_FOLDED' || node.type === 'BLOCK_LITERAL' ? this.source.indexOf('\n', start) : start;
    let last = at;
    for (const letter of node.value
      .trimStart()
      .slice(0, offset + 1)
      .replace(/\s+/g, '')) {
      const found = this.source.indexOf(letter, at);
      if (found < 0 || found >= end) continue;
      last = found;
      at = found + 1;
    }
    return this.counter.linePos(last).line + this.firstLine - 1;
  }

  private offset(path: readonly PropertyKey[], key: boolean): number | undefined {
    const last = path.at(-1);
    if (last === undefined) return this.document.contents?.range?.[0];
    const parent: unknown = path.length === 1 ? this.document.contents : this.document.getIn(path.slice(0, -1), true);
    if (isMap(parent)) {
      const pair = parent.items.find((item) => isScalar(item.key) && item.key.value === last);
      if (pair === undefined) return undefined;
      const place = key || !isNode(pair.value) ? pair.key : pair.value;
      return (place as YamlNode).range?.[0];
    }
    const node: unknown = this.document.getIn(path, true);
    return isNode(node) ? node.range?.[0] : undefined;
  }
}

/** What a value must be, by the name that Zod has for it. */
const TYPES: Readonly<Record<string, string>> = {
  string: 'be a text',
  number: 'be a number',
  int: 'be a whole number',
  boolean: 'be true or false',
  array: 'be a list',
  object: 'hold keys with values',
  record: 'hold keys with values',
};

/** Names the value under a path, where it begins a sentence, as an author would: `"place" (claims, entry 2)`, `Entry 1 of "needs"`, `The file`. */
export function nameOf(path: readonly PropertyKey[]): string {
  const steps = path.map((step) => (typeof step === 'number' ? `entry ${step + 1}` : String(step)));
  const last = steps.at(-1);
  if (last === undefined) return 'The file';
  const isEntry = typeof path.at(-1) === 'number';
  const name = isEntry ? `${last.replace('e', 'E')} of "${steps.at(-2) ?? ''}"` : `"${last}"`;
  const around = steps.slice(0, isEntry ? -2 : -1);
  return around.length === 0 ? name : `${name} (${around.join(', ')})`;
}

/** "at least two" in the words that Zod lacks: its own messages do not complete a sentence that begins with It. */
function bound(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): string {
  const [limit, word] = issue.code === 'too_small' ? [issue.minimum, 'least'] : [issue.maximum, 'most'];
  if (issue.origin === 'array') return `must hold at ${word} ${limit} ${limit === 1 ? 'entry' : 'entries'}`;
  if (issue.inclusive === false) return `must be ${issue.code === 'too_small' ? 'more' : 'less'} than ${limit}`;
  return `must be at ${word} ${limit}`;
}

/** The messages that Zod gives, in the words of this handbook. Those of our schemas complete "It …". */
function describeIssue(issue: z.core.$ZodIssue, value: unknown): { what: string; remedy: string } {
  const name = nameOf(issue.path);
  const own = /^\p{Lu}/u.test(issue.message) ? undefined : issue.message.replace(/\.$/, '');
  if (issue.code === 'invalid_key') {
    return {
      what: `${name} is no name for a value.`,
      remedy: `It ${issue.issues[0]?.message ?? 'must be lower-case letters, digits and dashes'}.`,
    };
  }
  if (issue.code === 'custom' && own !== undefined && !own.startsWith('must ')) {
    const what = /^(?:is|names)\b/.test(own) ? `${name} ${own}: ${show(value)}.` : `${name} is ${show(value)}: ${own}.`;
    return { what, remedy: 'Change it; src/schemas says what each key takes.' };
  }
  let must = own ?? 'must be as src/schemas says';
  if (issue.code === 'invalid_type') must = own ?? `must ${TYPES[issue.expected] ?? `be ${issue.expected}`}`;
  else if (issue.code === 'invalid_value') must = own ?? `must be one of ${issue.values.map(String).join(', ')}`;
  else if (issue.code === 'too_small' || issue.code === 'too_big') must = own ?? bound(issue);
  if (value === undefined) return { what: `${name} is missing.`, remedy: `Add it; it ${must}.` };
  if (value === null || value === '')
    return { what: `${name} is empty.`, remedy: must === 'must not be empty' ? 'Fill it.' : `Fill it; it ${must}.` };
  if (Array.isArray(value) && (issue.code === 'too_small' || issue.code === 'too_big')) {
    const count = value.length === 0 ? 'no entries' : value.length === 1 ? 'one entry' : `${value.length} entries`;
    return { what: `${name} holds ${count}.`, remedy: `It ${must}.` };
  }
  const quotes = issue.code === 'invalid_type' && issue.expected === 'string' && typeof value !== 'object' ? '; put it in quotes' : '';
  const near = issue.code === 'invalid_value' && typeof value === 'string' ? nearest(value, issue.values.map(String)) : undefined;
  return { what: `${name} is ${show(value)}.`, remedy: `${near === undefined ? '' : `Did you mean "${near}"? `}It ${must}${quotes}.` };
}

function show(value: unknown): string {
  const text = typeof value === 'string' ? `"${value}"` : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 76)}…${text.slice(-1)}` : text;
}

/** Of a value that fits none of several shapes, the one fault that keeps it from one of them; the issue itself where there is no such one. */
function unfold(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const single = issue.errors.filter((branch) => branch.length === 1).flat();
  const [only] = single;
  if (only === undefined || single.length > 1) return [issue];
  return [{ ...only, path: [...issue.path, ...only.path] }];
}

/** The keys that an object schema knows, as far as it tells. */
function keysOf(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let at: unknown = schema;
  for (const step of path) {
    const def = (at as z.ZodType | undefined)?.def as unknown as Record<string, unknown> | undefined;
    if (def === undefined) return [];
    if (def.type === 'object') at = (def.shape as Record<string, unknown>)[String(step)];
    else if (def.type === 'array') at = def.element;
    else if (def.type === 'record') at = def.valueType;
    else return [];
    // a default or an optional wraps the schema that knows the keys
    for (
      let inner = (at as z.ZodType | undefined)?.def as unknown as Record<string, unknown> | undefined;
      inner?.innerType !== undefined;
    ) {
      at = inner.innerType;
      inner = (at as z.ZodType).def as unknown as Record<string, unknown>;
    }
  }
  const def = (at as z.ZodType | undefined)?.def as unknown as Record<string, unknown> | undefined;
  if (def?.type === 'union') return [...new Set((def.options as z.ZodType[]).flatMap((option) => keysOf(option, [])))];
  return def?.type === 'object' ? Object.keys(def.shape as object) : [];
}

/** Where the quoted text begins that runs on to `offset` because its closing mark is missing. */
function unclosedQuote(document: Document, offset: number): number | undefined {
  let start: number | undefined;
  visit(document, {
    Scalar(_, node) {
      if ((node.type === 'QUOTE_SINGLE' || node.type === 'QUOTE_DOUBLE') && node.range && node.range[1] >= offset) start = node.range[0];
    },
  });
  return start;
}

/**
 * Parses YAML and holds it against a schema. What is wrong goes to `problems`, each with its line; the record comes back only where
 * nothing is. `firstLine` is the line at which `text` begins in its file (frontmatter begins at 2).
 */
export function readYaml<T>(
  text: string,
  file: string,
  schemaFor: (value: unknown) => z.ZodType<T>,
  problems: Problem[],
  firstLine = 1,
): Located<T> | undefined {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false });
  const broken = document.errors[0];
  if (broken !== undefined) {
    problems.push({
      file,
      line: counter.linePos(unclosedQuote(document, broken.pos[0]) ?? broken.pos[0]).line + firstLine - 1,
      ...(broken.code === 'DUPLICATE_KEY'
        ? { what: `The key "${/^[^\s:]*/.exec(text.slice(broken.pos[0]))?.[0] ?? ''}" is there twice.`, remedy: 'Delete one of the two.' }
        : {
            what: `The YAML cannot be read: ${broken.message.replace(/(['"])quote$/, 'quotation mark $1').replace(/\.?$/, '.')}`,
            remedy: 'Mend the YAML. A text that holds ": " or " #" or begins with a sign must stand in quotes.',
          }),
    });
    return undefined;
  }
  const value: unknown = document.toJS();
  const schema = schemaFor(value);
  const places = new Places(text, document, counter, firstLine);
  const result = schema.safeParse(value);
  if (!result.success) {
    const issues = result.error.issues.flatMap(unfold);
    /** Keys that are there under a misspelt name. */
    const misspelt = new Set<string>();
    for (const issue of issues) {
      if (issue.code === 'unrecognized_keys') {
        const known = keysOf(schema, issue.path);
        for (const key of issue.keys) {
          const near = nearest(key, known);
          if (near !== undefined) misspelt.add(JSON.stringify([...issue.path, near]));
          problems.push({
            file,
            line: places.line([...issue.path, key], true),
            what: `${nameOf([...issue.path, key])} is no key.`,
            remedy: `${near === undefined ? '' : `Did you mean "${near}"? `}${known.length === 0 ? 'Take it away.' : `The keys are ${known.join(', ')}.`}`,
          });
        }
      }
    }
    const told = new Set<string>();
    for (const issue of issues) {
      const path = JSON.stringify(issue.path);
      // a value of the wrong type may break further rules of the right one
      if (issue.code !== 'unrecognized_keys' && !misspelt.has(path) && !told.has(path)) {
        told.add(path);
        const at: unknown = document.getIn(issue.path);
        const plain: unknown = isNode(at) ? at.toJS(document) : at;
        problems.push({ file, line: places.line(issue.path, issue.code === 'invalid_key'), ...describeIssue(issue, plain) });
      }
    }
    return undefined;
  }
  return {
    data: result.data,
    file,
    lineOf: (path, offset) => (offset === undefined ? places.line(path) : places.lineWithin(path, offset)),
  };
}
