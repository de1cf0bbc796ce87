import type { Nodes, Properties } from 'hast';
import { find, html, svg } from 'property-information';
import { escapeHtml } from '../../handbook/html.ts';

const NAMESPACES: Readonly<Record<string, string>> = {
  svg: 'http://www.w3.org/2000/svg',
  math: 'http://www.w3.org/1998/Math/MathML',
};
const XLINK = 'http://www.w3.org/1999/xlink';
/** Elements of HTML that have no content; any other keeps its end tag, since readers that parse XHTML as HTML want it. */
const VOID = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'track', 'wbr']);
/** Characters that XML does not allow at all. */
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** Text as it stands in XML, in an element or in a quoted attribute. */
export function escapeXml(text: string): string {
  return escapeHtml(text.replace(FORBIDDEN, ''));
}

function attributesOf(properties: Properties, space: typeof html): string {
  return Object.entries(properties)
    .map(([property, value]) => {
      if (value === undefined || value === null || value === false) return '';
      const info = find(space, property);
      // in XML an attribute that is merely there has its own name for a value
      const given = value === true ? (info.overloadedBoolean ? '' : info.attribute) : value;
      const text = Array.isArray(given) ? given.join(info.commaSeparated ? ', ' : ' ') : String(given);
      return ` ${info.attribute}="${escapeXml(text)}"`;
    })
    .join('');
}

/**
 * Writes a tree of HTML as XHTML: every element closed, every attribute with a value, SVG and MathML in their namespaces, and no
 * entities but those of XML. Comments are left away.
 */
export function toXhtml(node: Nodes, space = html): string {
  if (node.type === 'text') return escapeXml(node.value);
  if (node.type === 'root') return node.children.map((child) => toXhtml(child, space)).join('');
  if (node.type !== 'element') return '';
  const { tagName, children } = node;
  const inner = tagName === 'svg' ? svg : space;
  const namespace = NAMESPACES[tagName];
  const properties: Properties = { ...node.properties };
  delete properties.xmlns;
  const names = namespace === undefined ? '' : ` xmlns="${namespace}"`;
  const linked = tagName === 'svg' && JSON.stringify(children).includes('"xLinkHref"') ? ` xmlns:xlink="${XLINK}"` : '';
  const start = `<${tagName}${names}${linked}${attributesOf(properties, inner)}`;
  if (children.length === 0 && VOID.has(tagName)) return `${start}/>`;
  return `${start}>${children.map((child) => toXhtml(child, inner)).join('')}</${tagName}>`;
}
