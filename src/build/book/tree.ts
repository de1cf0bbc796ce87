import type { Element, ElementContent, Parents, Root, RootContent } from 'hast';
import { visit } from 'unist-util-visit';

/** Whether an element carries the class. */
export function hasClass(element: Element, name: string): boolean {
  return Array.isArray(element.properties.className) && element.properties.className.includes(name);
}

/** A new element. `properties` as hast names them: `className`, `ariaLabel`. */
export function make(tagName: string, properties: Element['properties'], ...children: (ElementContent | string)[]): Element {
  return {
    type: 'element',
    tagName,
    properties,
    children: children.map((child) => (typeof child === 'string' ? { type: 'text', value: child } : child)),
  };
}

/**
 * Puts other nodes in the place of elements, outermost first, and goes on inside what was put there.
 * @param change gives what stands in the place of an element; undefined leaves it
 */
export function replace(tree: Parents, change: (element: Element, parent: Parents) => readonly ElementContent[] | undefined): void {
  visit(tree as Root, 'element', (element, index, parent) => {
    if (parent === undefined || index === undefined) return undefined;
    const instead = change(element, parent);
    if (instead === undefined || (instead.length === 1 && instead[0] === element)) return undefined;
    parent.children.splice(index, 1, ...(instead as RootContent[] & ElementContent[]));
    return index;
  });
}

/** Every element of a tree, in the order of the text. */
export function elementsOf(tree: Parents): Element[] {
  const found: Element[] = [];
  visit(tree as Root, 'element', (element) => void found.push(element));
  return found;
}
