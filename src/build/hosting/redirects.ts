import { readFile } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import { fromHtml } from 'hast-util-from-html';
import { select } from 'hast-util-select';
import type { BuiltSite } from '../built-site.ts';
import { filesBelow } from '../files.ts';
import { placed } from './headers-file.ts';

/** An address that has moved for good. Both are site paths with the base; the target may carry a fragment, or be a whole address. */
export interface Redirect {
  readonly from: string;
  readonly to: string;
}

/** What Cloudflare Pages reads of a `_redirects` file. https://developers.cloudflare.com/pages/configuration/redirects/ */
const LIMITS = { lines: 2000, line: 1000 };

/** The address that a page leads on to, as it is written there; undefined for a page that is more than a redirect. */
export function refreshTarget(html: string): string | undefined {
  if (!html.includes('http-equiv="refresh"')) return undefined;
  const page = fromHtml(html);
  // a preview's crawler would not see the tags of a page that a server never sends
  if (select('meta[property="og:title"]', page) !== undefined) return undefined;
  const content = select('meta[http-equiv="refresh"]', page)?.properties.content;
  return /^0;\s*url=(.+)$/i.exec(String(content))?.[1]?.trim();
}

/**
 * The redirects of a built site: its pages that lead on at once and have no card of their own. They stay in the site for hosts that
 * know no redirects; those of an edition are pages everywhere, for every edition brings as many again.
 * @throws Error where a page leads to an address that cannot stand in the files of the hosts
 */
export async function redirectsOf({ dist, base, origin }: Pick<BuiltSite, 'dist' | 'base' | 'origin'>): Promise<Redirect[]> {
  const redirects: Redirect[] = [];
  for (const file of await filesBelow(dist, '.html')) {
    const path = relative(dist, file).split(sep).join('/');
    const target = path.startsWith('e/') ? undefined : refreshTarget(await readFile(file, 'utf8'));
    if (target === undefined) continue;
    const from = `${base}${path.replace(/(^|\/)index\.html$/, '$1')}`;
    const url = new URL(target, `${origin}${from}`);
    const to = url.origin === origin ? `${url.pathname}${url.search}${url.hash}` : url.href;
    for (const address of [from, to]) {
      if (!/^[\w/.~:%?=&#+,@!-]+$/.test(address)) {
        throw new Error(
          `The redirect in ${path} leads from ${from} to ${to}, and "${address}" cannot stand in the configuration of a server.\n` +
            'Write it with letters, digits, dashes and percent-encoding only.',
        );
      }
    }
    redirects.push({ from, to });
  }
  return redirects;
}

/** The ways in which a moved address is asked for: as it is, and without the slash at its end. */
export function spellings(from: string): string[] {
  return from.endsWith('/') ? [from, from.slice(0, -1)] : [from];
}

/**
 * Prints the `_redirects` file of Netlify and Cloudflare Pages.
 * @throws Error where Cloudflare would leave a part of it unread
 */
export function printRedirects(redirects: readonly Redirect[], base: string): string {
  const forced = redirects.map(({ from, to }) => `${from} ${to} 301!`);
  const plain = redirects.flatMap(({ from, to }) => spellings(from).map((spelling) => `${spelling} ${to} 301`));
  const count = forced.length + plain.length;
  if (count > LIMITS.lines) {
    throw new Error(
      `_redirects would hold ${count} lines, and Cloudflare Pages reads ${LIMITS.lines}.\n` +
        'A redirect takes three lines: let pages that moved long ago go without one, or give them a card so that they stay pages.',
    );
  }
  const long = [...forced, ...plain].find((line) => line.length > LIMITS.line);
  if (long !== undefined) {
    throw new Error(
      `A line of _redirects would be ${long.length} characters long, and Cloudflare Pages reads ${LIMITS.line}: "${long.slice(0, 60)}…".\n` +
        'Shorten the address of the page.',
    );
  }
  return [
    `# Written by the build from src/build/hosting/, for Netlify and Cloudflare Pages.${placed(base)}`,
    '# Netlify would serve the page that lies at the address instead: its rules are forced. It matches with and without the slash.',
    ...forced,
    '# Cloudflare Pages redirects in any case, ignores the forced rules, which it does not know, and matches to the letter.',
    ...plain,
    '',
  ].join('\n');
}
