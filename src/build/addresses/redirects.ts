import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { roomsOf } from '../../chrome/rooms.ts';
import type { Handbook } from '../../handbook/handbook.ts';
import type { Redirects } from '../../schemas/redirects.ts';
import type { BuiltSite } from '../built-site.ts';
import { escapeHtml } from '../../handbook/html.ts';
import { writePage } from './write-page.ts';
import { refreshPage } from './refresh-page.ts';

/** Splits `part/page/#anchor` into the address of the page and the anchor, which is empty where there is none. */
export function splitAddress(address: string): readonly [path: string, anchor: string] {
  const [path = '', anchor = ''] = address.split('#');
  return [path, anchor];
}

/**
 * A page with the anchors that have moved from it or within it. An anchor that moved within the page stands inside its new place, so
 * that the browser finds it by itself; one that moved to another page is a line that shows only when it is asked for.
 * @param moved the former anchor → its new address, as a path on the site with the base
 * @param here the page's own address
 */
export function withMovedAnchors(html: string, moved: ReadonlyMap<string, string>, here: string): string {
  let text = html;
  for (const [anchor, to] of moved) {
    const [path, target] = splitAddress(to);
    const id = escapeHtml(anchor);
    if (path === here && target !== '') {
      text = text.replace(new RegExp(`<[^>]*\\sid="${escapeHtml(target)}"[^>]*>`), (tag) => `${tag}<span id="${id}"></span>`);
    } else {
      const line = `<p class="moved" id="${id}">What stood here has <a href="${escapeHtml(to)}">moved</a>.</p>`;
      text = text.replace(/<\/main>(?![\s\S]*<\/main>)/, () => `${line}</main>`);
    }
  }
  return text;
}

/** The short addresses of pages and of the rooms of the reference, such as /b2/, and where each leads. */
export function shortAddresses(handbook: Handbook): { readonly short: string; readonly href: string; readonly title: string }[] {
  const rooms = roomsOf(handbook).map(({ id, href, title }) => ({ short: handbook.links.short(id), href, title }));
  return [...handbook.pages.map(({ short, href, title }) => ({ short, href, title })), ...rooms];
}

/** Writes a page for every short address, which leads on and takes a fragment along. */
export async function writeShortAddresses({ dist, base, origin, handbook }: BuiltSite): Promise<void> {
  for (const { short, href, title } of shortAddresses(handbook)) {
    const page = refreshPage({ to: href, canonical: `${origin}${href}`, title, script: `${base}moved.js` });
    await writePage(dist, short.slice(base.length), page);
  }
}

/**
 * Writes a page for every address that has moved, which leads on, and puts the anchors that have moved into their pages.
 * @param entries what content/redirects.yaml lists, held against the site by checkPromises
 */
export async function writeMoved({ dist, base, origin }: BuiltSite, entries: Redirects['entries']): Promise<void> {
  const script = `${base}moved.js`;
  const moved = new Map<string, Map<string, string>>();
  for (const { from, to } of entries) {
    const [path, anchor] = splitAddress(from);
    const target = `${base}${to.replace(/^\//, '')}`;
    if (anchor !== '') {
      moved.set(path, (moved.get(path) ?? new Map<string, string>()).set(anchor, target));
      continue;
    }
    // a target with a fragment of its own keeps it
    const page = refreshPage({
      to: target,
      canonical: `${origin}${base}${splitAddress(to)[0].replace(/^\//, '')}`,
      title: 'Moved',
      ...(!to.includes('#') && { script }),
    });
    await writePage(dist, path, page);
  }
  for (const [path, anchors] of moved) {
    const file = join(dist, path, 'index.html');
    const html = await readFile(file, 'utf8').catch(() => undefined);
    // where the page has moved too, its redirect takes the fragment along
    if (html?.includes('<main') === true) await writeFile(file, withMovedAnchors(html, anchors, `${base}${path}`));
  }
}
