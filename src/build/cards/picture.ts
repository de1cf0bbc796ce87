import type { Element, Root } from 'hast';
import { readFileSync } from 'node:fs';
import { fromHtml } from 'hast-util-from-html';
import { select, selectAll } from 'hast-util-select';
import { toHtml } from 'hast-util-to-html';
import { plain, runsOf } from './rich-text.ts';
import { ink } from './ink.ts';

/** Holds the styles of pictures beside what frames them. */
export const FIGURE_STYLES = new URL('../../components/FigureFrame.astro', import.meta.url);

/** A line of text in a picture. `x` is its beginning, middle or end, by its anchor; lengths in units of the picture. */
export interface Lettering {
  readonly text: string;
  readonly x: number;
  readonly baseline: number;
  readonly anchor: 'start' | 'middle' | 'end';
  readonly size: number;
  readonly semibold: boolean;
  readonly colour: string;
  /** Paper lies behind it, so that lines do not run through it. */
  readonly halo: boolean;
}

/** A drawing of a page, parted into what a rasteriser can draw and what needs our fonts. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** SVG elements without classes. */
  readonly shapes: string;
  readonly letterings: readonly Lettering[];
}

interface Rule {
  readonly selectors: string;
  readonly declarations: ReadonlyMap<string, string>;
}

/** Rules that hold on paper and wide screens: those before the first that asks for something. */
function readRules(component: string): Rule[] {
  const [, sheet = ''] = /<style[^>]*>([\s\S]*?)@media/.exec(component) ?? [];
  return [...sheet.replace(/^\s*@layer parts \{/, '').matchAll(/([^{}]+)\{([^{}]*)\}/g)].map(([, selectors = '', body = '']) => ({
    selectors: selectors.replace(/\/\*[\s\S]*?\*\//g, '').trim(),
    declarations: new Map([...body.matchAll(/([\w-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [name, value.trim()])),
  }));
}

const RULES = readRules(readFileSync(FIGURE_STYLES, 'utf8')).filter(({ selectors }) => selectors.startsWith('.fig'));

/** Properties that stand in an attribute as well as in a style sheet, by their names in the tree. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  fill: 'fill',
  stroke: 'stroke',
  'stroke-width': 'strokeWidth',
  'stroke-dasharray': 'strokeDashArray',
  'stroke-linejoin': 'strokeLineJoin',
};

/** What a text is set like where no rule says otherwise. */
const PLAIN = { size: 13.5, colour: ink('ink-2') };

/**
 * Reads a drawing as it stands in a page, with the classes that the page's style sheet explains.
 * @returns undefined where it does something that a card cannot: text that is turned, scaled or parted
 */
export function readPicture(svg: string): Picture | undefined {
  const tree: Root = fromHtml(svg, { fragment: true });
  const root = select('svg', tree);
  const box = root?.properties.viewBox;
  const [, , width = 0, height = 0] = typeof box === 'string' ? box.split(' ').map(Number) : [];
  if (root === undefined || width === 0 || height === 0) return undefined;

  const styles = new Map<Element, Map<string, string>>();
  for (const { selectors, declarations } of RULES) {
    for (const element of selectAll(selectors, tree)) styles.set(element, new Map([...(styles.get(element) ?? []), ...declarations]));
  }
  const letterings: Lettering[] = [];
  const texts = selectAll('text', root);
  for (const text of texts) {
    const style = styles.get(text) ?? new Map<string, string>();
    if (!root.children.includes(text) || text.properties.transform !== undefined || text.children.some(({ type }) => type !== 'text'))
      return undefined;
    letterings.push({
      text: plain(runsOf(text)),
      x: Number(text.properties.x ?? 0),
      baseline: Number(text.properties.y ?? 0),
      anchor: anchorOf(text),
      size: Number.parseFloat(style.get('font-size') ?? style.get('font') ?? '') || PLAIN.size,
      semibold: style.get('font-weight') === '600',
      colour: colourOf(style.get('fill')) ?? PLAIN.colour,
      halo: style.get('paint-order') === 'stroke',
    });
  }
  for (const element of selectAll('*', root)) {
    for (const [name, value] of styles.get(element) ?? []) {
      const attribute = ATTRIBUTES[name];
      if (attribute !== undefined) element.properties[attribute] ??= colourOf(value) ?? value;
    }
    delete element.properties.className;
  }
  const shapes = root.children.filter((child) => child.type === 'element' && child.tagName !== 'text' && child.tagName !== 'title');
  return { width, height, shapes: toHtml(shapes, { space: 'svg', closeEmptyElements: true }), letterings };
}

function anchorOf(text: Element): Lettering['anchor'] {
  const { textAnchor } = text.properties;
  return textAnchor === 'middle' || textAnchor === 'end' ? textAnchor : 'start';
}

function colourOf(value: string | undefined): string | undefined {
  const [, name] = /^var\(--([\w-]+)\)$/.exec(value ?? '') ?? [];
  return name === undefined ? undefined : ink(name);
}
