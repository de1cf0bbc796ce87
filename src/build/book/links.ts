import type { Nodes, Parents } from 'hast';
import { elementsOf } from './tree.ts';

/** Properties that name an element of the same page by its id, and those that name several. */
const REFERENCES: readonly string[] = ['htmlFor', 'ariaLabelledBy', 'ariaDescribedBy', 'ariaControls', 'headers', 'ariaDetails'];
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
      else if (Array.isArray(value)) properties[key] = value.map((name) => prefixed(`${name}`));
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
 * @param address of the page, from which its links are seen: a path below the origin
 * @param resolve gives the new address, and undefined where the link stays as it is. It is asked about links within the site only, and
 *   told the ids of what the link stands in, so that an entry need not lead to itself
 */
export function rewriteLinks(
  tree: Parents,
  address: string,
  resolve: (target: URL, within: readonly string[]) => string | undefined,
): void {
  const here = new URL(address, 'http://site.invalid');
  const walk = (node: Nodes, within: readonly string[]): void => {
    if (!('children' in node)) return;
    let inner = within;
    if (node.type === 'element') {
      const { id, href } = node.properties;
      if (typeof id === 'string') inner = [...within, id];
      if (node.tagName === 'a' && typeof href === 'string') {
        const target = new URL(href, here);
        const instead = target.origin === here.origin ? resolve(target, inner) : undefined;
        if (instead !== undefined) node.properties.href = instead;
      }
    }
    for (const child of node.children) walk(child, inner);
  };
  walk(tree, []);
}
