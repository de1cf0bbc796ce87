import { distance } from 'fastest-levenshtein';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { RewritingStream } from 'parse5-html-rewriting-stream';
import type { Problem } from '../../reader/problem.ts';
import { splitAddress } from './redirects.ts';

/** The file in the content folder that lists every address and anchor ever published. */
export const PUBLISHED = 'published.txt';

/** Folders whose addresses promise nothing: what a page loads, what repeats the pages for printing, what an edition has frozen. */
const UNPROMISED = /^(?:_astro|pagefind|previews|cards|book|e)\//;
/** Files of the site itself rather than of the book, and those whose names change with their content. */
const INTERNAL = /^(?:404\.html|favicon\.svg|moved\.js|sw\.js|_[\w.]+|hidden-objectives\.\w+|.*\.[A-Za-z0-9]{8}\.\w+)$/;

/** The ids in the main part of a page that others may link to: not those inside drawings, and not those that only tie a label to its thing. */
export async function anchorsIn(html: string): Promise<string[]> {
  const stream = new RewritingStream();
  const ids: string[] = [];
  const labels = new Set<string>();
  let depth = 0;
  let drawing = 0;
  stream.on('startTag', ({ tagName, attrs, selfClosing }) => {
    const value = (name: string): string | undefined => attrs.find((attribute) => attribute.name === name)?.value;
    if (tagName === 'main') depth += 1;
    if (depth === 0) return;
    if (tagName === 'svg' && !selfClosing) drawing += 1;
    for (const name of ['aria-labelledby', 'aria-describedby', 'aria-controls', 'for', 'list']) {
      for (const id of value(name)?.split(/\s+/) ?? []) labels.add(id);
    }
    const id = value('id');
    if (id !== undefined && drawing === 0 && !['main', 'input', 'script', 'datalist', 'select', 'output'].includes(tagName)) ids.push(id);
  });
  stream.on('endTag', ({ tagName }) => {
    if (tagName === 'svg' && drawing > 0) drawing -= 1;
    if (tagName === 'main') depth -= 1;
  });
  stream.resume();
  await new Promise<void>((resolve, reject) => {
    stream.on('end', resolve);
    stream.on('error', reject);
    stream.end(html);
  });
  return ids.filter((id) => !labels.has(id));
}

/**
 * Every address of a built site that others may link to, with its anchors: `backdoors/probes/`, `backdoors/probes/#known`, `atom.xml`;
 * the first page is `/`.
 * @param dist folder of the built site
 * @returns sorted, without the base
 */
export async function addressesOf(dist: string): Promise<string[]> {
  const entries = await readdir(dist, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dist, join(entry.parentPath, entry.name)).split(sep).join('/'));
  const addresses: string[] = [];
  for (const file of files) {
    if (UNPROMISED.test(file) || INTERNAL.test(file)) continue;
    const path = file.replace(/(^|\/)index\.html$/, '$1') || '/';
    addresses.push(path);
    if (!file.endsWith('.html')) continue;
    const html = await readFile(join(dist, file), 'utf8');
    if (!html.includes('<main')) continue;
    for (const anchor of await anchorsIn(html)) addresses.push(`${path}#${anchor}`);
  }
  return [...new Set(addresses)].sort();
}

/** How far one name is from another: letters to change, one where the one lies within the other. */
function off(from: string, to: string): number {
  if (from !== '' && to !== '' && from !== to && (from.includes(to) || to.includes(from))) return 1;
  return distance(from, to);
}

/** How far one address is from another, a page's own name and an anchor counting twice. */
function remoteness(from: string, to: string): number {
  const [fromPath, fromAnchor] = splitAddress(from);
  const [toPath, toAnchor] = splitAddress(to);
  const last = (path: string): string => path.split('/').findLast((part) => part !== '') ?? '';
  return off(fromPath, toPath) + off(last(fromPath), last(toPath)) + 2 * off(fromAnchor, toAnchor);
}

/** The address that is likeliest to be the new home of a lost one: spelt most like it, an anchor for an anchor, a page for a page. */
export function likelyHome(lost: string, addresses: readonly string[]): string | undefined {
  const kind = addresses.filter((address) => address.includes('#') === lost.includes('#'));
  let best: string | undefined;
  let least = Infinity;
  for (const address of kind) {
    const far = remoteness(lost, address);
    if (far < least) [best, least] = [address, far];
  }
  return best;
}

/** What the record of addresses is held against. */
export interface Promises {
  /** Content of published.txt, or undefined where the file is missing. */
  readonly published: string | undefined;
  readonly addresses: readonly string[];
  readonly redirects: readonly { readonly from: string; readonly to: string; readonly line: number }[];
}

/**
 * Holds the built site against what was published: every address ever published is there or redirected, every redirect leads somewhere,
 * and none hides what is there.
 */
export function checkPromises({ published, addresses, redirects }: Promises): Problem[] {
  const file = `content/${PUBLISHED}`;
  if (published === undefined) {
    return [
      {
        file,
        line: 1,
        what: 'The record of published addresses is missing.',
        remedy: 'Take it from the history of the repository; npm run record only adds to it.',
      },
    ];
  }
  const there = new Set(addresses);
  const redirected = new Set(redirects.map(({ from }) => from));
  const promised = published.split('\n').map((line, index) => ({ address: line.trim(), line: index + 1 }));
  const known = new Set(promised.map(({ address }) => address));
  const lost = promised.filter(({ address }) => address !== '' && !there.has(address) && !redirected.has(address));
  // anchors of a page that has moved go with it
  const gone = lost.filter(({ address }) => !(address.includes('#') && redirected.has(splitAddress(address)[0])));
  return [
    ...gone.map(({ address, line }): Problem => {
      const home = likelyHome(address, addresses);
      return {
        file,
        line,
        what: `"${address}" was published and is no longer there.`,
        remedy: `Bring it back, or lead it on in content/redirects.yaml: from: ${address}, to: its new home${home === undefined ? '' : `, likely ${home}`}.`,
      };
    }),
    ...redirects.flatMap(({ from, to, line }): Problem[] => {
      const spot = { file: 'content/redirects.yaml', line };
      if (there.has(from)) {
        return [
          {
            ...spot,
            what: `"${from}" is redirected, and is still there.`,
            remedy: 'Delete the redirect, or the thing that has its address.',
          },
        ];
      }
      if (!known.has(from)) {
        return [
          {
            ...spot,
            what: `"${from}" is redirected, and was never published.`,
            remedy: `Mend it, or delete it: only what stands in ${file} needs a redirect.`,
          },
        ];
      }
      if (!there.has(to) || redirected.has(to)) {
        const home = likelyHome(to, addresses);
        return [
          {
            ...spot,
            what: `"${from}" leads to "${to}", which is not there.`,
            remedy: `Lead it to where the thing is now${home === undefined ? '' : `; "${home}" is spelt most like it`}.`,
          },
        ];
      }
      return [];
    }),
  ];
}
