import { basename, extname } from 'node:path';
import { areaHeaders, EVERYWHERE, type Header } from './rules.ts';
import { contentType, NAMED, TYPES, typeOf } from './types.ts';

/** What Cloudflare Pages reads of a `_headers` file; Netlify states no limit. https://developers.cloudflare.com/pages/configuration/headers/ */
const LIMITS = { rules: 100, line: 2000 };

/**
 * Addresses that cover the files and overlap nowhere: one for each file and folder at the top. A folder whose name begins that of a
 * neighbour is parted into what it holds, since Netlify takes `/e/*` for every address that begins with `/e`.
 */
function addressesBelow(folder: string, files: readonly string[]): string[] {
  const names = [...new Set(files.map((file) => file.slice(folder.length).split('/')[0] ?? ''))];
  return names.flatMap((name) => {
    const path = `${folder}${name}`;
    if (files.includes(path)) return name === 'index.html' ? [folder, path] : [path];
    const begun = names.some((other) => other !== name && other.startsWith(name));
    if (!begun) return [`${path}/*`];
    return addressesBelow(
      `${path}/`,
      files.filter((file) => file.startsWith(`${path}/`)),
    );
  });
}

/**
 * The rules of a `_headers` file: address → headers. Both hosts join the values of a header that several matching rules give, and
 * enforce each of two joined policies, so that a rule for `/embed/*` could not loosen one for `/*`. No two rules that match an address
 * therefore give the same header: what is the same everywhere stands in `/*`, policy and caching with each address at the top, types
 * with each ending. An address that does not exist gets the policy from the tag in the page 404.html.
 * @param files paths below the base
 * @param base path below the origin, with a slash at both ends
 */
export function headerRules(files: readonly string[], base: string): Map<string, readonly Header[]> {
  const rules = new Map<string, readonly Header[]>([[`${base}*`, EVERYWHERE]]);
  const add = (path: string, headers: readonly Header[]): void => {
    rules.set(`${base}${path}`, [...(rules.get(`${base}${path}`) ?? []), ...headers]);
  };
  for (const path of addressesBelow('', files)) add(path, areaHeaders(path));
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
        'Each file and folder at the top of the site takes one: put the new ones into a folder of their own.',
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
