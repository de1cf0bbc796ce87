import { writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { BuiltSite } from '../built-site.ts';
import { filesBelow } from '../files.ts';
import { printHeaders } from './headers-file.ts';
import { HOSTING_FILES, printNginx } from './nginx.ts';
import { printRedirects, redirectsOf } from './redirects.ts';

/**
 * Writes how the site is to be served: `_headers` and `_redirects` for Netlify and Cloudflare Pages, `_nginx.conf` for nginx. It looks at
 * every file of the site, so it comes last of the steps after Astro.
 * @throws Error where a host would read only a part of its file
 */
export async function writeHosting(site: Pick<BuiltSite, 'dist' | 'base' | 'origin'>): Promise<void> {
  const redirects = await redirectsOf(site);
  const left = new Set<string>([
    ...HOSTING_FILES,
    ...redirects.map(({ from }) => `${from.slice(site.base.length)}${from.endsWith('/') ? 'index.html' : ''}`),
  ]);
  const files = (await filesBelow(site.dist, ''))
    .map((path) => relative(site.dist, path).split(sep).join('/'))
    .filter((path) => !left.has(path));
  const texts: Record<(typeof HOSTING_FILES)[number], string> = {
    _headers: printHeaders(files, site.base),
    _redirects: printRedirects(redirects, site.base),
    '_nginx.conf': printNginx(files, redirects, site.base),
  };
  for (const [name, text] of Object.entries(texts)) await writeFile(join(site.dist, name), text);
}
