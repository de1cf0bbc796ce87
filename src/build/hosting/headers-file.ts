import { basename, extname } from 'node:path';
import { areaHeaders, EVERYWHERE, type Header } from './rules.ts';
import { contentType, NAMED, TYPES, typeOf } from './types.ts';

/** What Cloudflare Pages reads of a `_headers` file; Netlify states no limit. https://developers.cloudflare.com/pages/configuration/headers/ */
const LIMITS = { rules: 100, line: 2000 };

/**
 * The fewest beginnings of addresses that cover the files and overlap nowhere, each with the headers that all of its files share. None
 * ends with a slash or a dot, since Netlify takes `/e/*` for every address that begins with `/e`, and the dot of `/e.*` for any letter.
 */
function beginnings(prefix: string, files: readonly string[]): [beginning: string, headers: readonly Header[]][] {
  const [first] = files;
  if (first === undefined) return [];
  const headers = areaHeaders(first);
  if (/[^/.]$/.test(prefix) && files.every((file) => areaHeaders(file) === headers)) return [[`${prefix}*`, headers]];
  const exact: [string, readonly Header[]][] = files.includes(prefix) ? [[prefix, areaHeaders(prefix)]] : [];
  const longer = Map.groupBy(
    files.filter((file) => file !== prefix),
    (file) => file.slice(0, prefix.length + 1),
  );
  return [...exact, ...[...longer].flatMap(([next, below]) => beginnings(next, below))];
}

/**
 * The rules of a `_headers` file: address → headers. Both hosts join the values of a header that several matching rules give, and
 * enforce each of two joined policies, so that a rule for `/embed/*` could not loosen one for `/*`. No two rules that match an address
 * therefore give the same header: what is the same everywhere stands in `/*`, policy and caching with each beginning of addresses, types
 * with each ending.
 * @param files paths below the base
 * @param base path below the origin, with a slash at both ends
 */
export function headerRules(files: readonly string[], base: string): Map<string, readonly Header[]> {
  const rules = new Map<string, readonly Header[]>([[`${base}*`, EVERYWHERE]]);
  const add = (path: string, headers: readonly Header[]): void => {
    rules.set(`${base}${path}`, [...(rules.get(`${base}${path}`) ?? []), ...headers]);
  };
  add('', areaHeaders('index.html'));
  for (const [beginning, headers] of beginnings('', files)) add(beginning, headers);
  for (const path of files) {
    const type = NAMED[basename(path)];
    if (type !== undefined) add(path, [['Content-Type', contentType(type)]]);
  }
  const endings = new Set(files.filter((path) => typeOf(path)?.told === true && !(basename(path) in NAMED)).map((path) => extname(path)));
  for (const ending of [...endings].sort()) {
    const type = TYPES[ending.slice(1)];
    if (type !== undefined) add(`*${ending}`, [['Content-Type', contentType(type)]]);
  }
  return rules;
}

/**
 * Prints the `_headers` file of Netlify and Cloudflare Pages.
 * @throws Error where Cloudflare would leave a part of it unread
 */
export function printHeaders(files: readonly string[], base: string): string {
  const rules = headerRules(files, base);
  if (rules.size > LIMITS.rules) {
    throw new Error(
      `_headers would hold ${rules.size} rules, and Cloudflare Pages reads ${LIMITS.rules}.\n` +
        'Folders whose headers differ cost most where their names begin alike: see src/build/hosting/rules.ts.',
    );
  }
  const blocks = [...rules].map(([address, headers]) => [address, ...headers.map(([name, value]) => `  ${name}: ${value}`)].join('\n'));
  const long = blocks.flatMap((block) => block.split('\n')).find((line) => line.length > LIMITS.line);
  if (long !== undefined) {
    throw new Error(
      `A line of _headers would be ${long.length} characters long, and Cloudflare Pages reads ${LIMITS.line}: "${long.slice(0, 60)}…".\n` +
        'Shorten the value in src/build/hosting/rules.ts or src/build/policy.ts.',
    );
  }
  return `# Written by the build from src/build/hosting/, for Netlify and Cloudflare Pages.${placed(base)}\n${blocks.join('\n')}\n`;
}

/** What to do with a file for a host where the site does not stand at the root. */
export function placed(base: string): string {
  if (base === '/') return '';
  return `\n# The site stands below ${base}: publish it in a folder of that name, and this file beside the folder, at the root.`;
}
