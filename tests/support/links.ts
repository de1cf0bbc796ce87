import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { builtPages } from './site.ts';

const ATTRIBUTE = /\s(?:href|src)="([^"]*)"/g;
const ID = /\sid="([^"]*)"/g;

function unescape(text: string): string {
  return text.replaceAll('&amp;', '&').replaceAll('&#38;', '&').replaceAll('&quot;', '"');
}

/**
 * Every internal address of a built site that leads nowhere: a missing file, or a fragment that its page does not have.
 * @param folder the built site
 * @param base path under which it stands, with a slash at both ends
 * @returns one line a fault: the page, the address and what it lacks
 */
export function brokenLinks(folder: string, base: string): string[] {
  const pages = new Map(builtPages(folder).map((page) => [page.path, page]));
  const anchors = new Map([...pages].map(([path, { html }]) => [path, new Set([...html.matchAll(ID)].map(([, id]) => id))]));
  const faults = new Set<string>();
  for (const { path, html } of pages.values()) {
    for (const [, raw = ''] of html.matchAll(ATTRIBUTE)) {
      const address = unescape(raw);
      if (/^(?:https?:|mailto:|data:)/.test(address)) continue;
      const here = `${base}${path.slice(1)}`;
      const url = new URL(address, `http://site${here}`);
      if (!url.pathname.startsWith(base)) {
        faults.add(`${path}: ${address} leaves the base path ${base}`);
        continue;
      }
      const target = decodeURIComponent(`/${url.pathname.slice(base.length)}`);
      if (!pages.has(target)) {
        if (!existsSync(join(folder, target, target.endsWith('/') ? 'index.html' : '')))
          faults.add(`${path}: ${address} leads to no page or file`);
        continue;
      }
      const fragment = decodeURIComponent(url.hash.slice(1));
      if (fragment !== '' && anchors.get(target)?.has(fragment) !== true)
        faults.add(`${path}: ${address} leads to no such place on its page`);
    }
  }
  return [...faults];
}
