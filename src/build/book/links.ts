import type { Parents } from 'hast';
import { elementsOf } from './tree.ts';

/** Properties that name an element of the same page by its id, and those that name several. */
const REFERENCES = ['htmlFor', 'ariaLabelledBy', 'ariaDescribedBy', 'ariaControls', 'headers', 'ariaDetails'] as const;
const IN_URL = /url\((["']?)#/g;

/**
 * Gives every id of a tree a prefix, and with it whatever names an element by its id, so that several pages can stand in one.
 * Links are left to `rewriteLinks`.
 */
export function prefixIds(tree: Parents, prefix: string): void {
  const prefixed = (name: string): string => `${prefix}${name}`;
  for (const { tagName, properties } of elementsOf(tree)) {
    if (typeof properties.id === 'string') properties.id = prefixed(properties.id);
    for (const key of REFERENCES) {
      const value = properties[key];
      if (typeof value === 'string') properties[key] = value.split(/\s+/).map(prefixed).join(' ');
      else if (Array.isArray(value)) properties[key] = value.map((name) => prefixed(String(name)));
    }
    for (const [key, value] of Object.entries(properties)) {
      if (typeof value !== 'string') continue;
      // markers and gradients of a drawing
      if (value.includes('url(')) properties[key] = value.replace(IN_URL, (_, quote: string) => `url(${quote}#${prefix}`);
      if (tagName !== 'a' && (key === 'href' || key === 'xLinkHref') && value.startsWith('#'))
        properties[key] = `#${prefixed(value.slice(1))}`;
    }
  }
}

/**
 * Gives every link of a page a new address.
 * @param address of the page, from which its links are seen
 * @param resolve from path, fragment and the address as written to the new one; undefined leaves it. Asked only about the own origin
 */
export function rewriteLinks(tree: Parents, address: string, resolve: (path: string, fragment: string) => string | undefined): void {
  const here = new URL(address, 'http://site.invalid');
  for (const { tagName, properties } of elementsOf(tree)) {
    if (tagName !== 'a' || typeof properties.href !== 'string') continue;
    const url = new URL(properties.href, here);
    if (url.origin !== here.origin) continue;
    const instead = resolve(`${url.pathname}${url.search}`, decodeURIComponent(url.hash.slice(1)));
    if (instead !== undefined) properties.href = instead;
  }
}
