import type { Paragraph, PhrasingContent, Root, RootContent } from 'mdast';
import { takeHeadingId } from '../reader/heading-id.ts';
import { partCitations } from '../reader/part-citations.ts';

/** A node that becomes the given element. */
function element(name: string, properties: Record<string, unknown>, children: readonly unknown[]): RootContent {
  return { type: 'paragraph', children: children as PhrasingContent[], data: { hName: name, hProperties: properties } } satisfies Paragraph;
}

/**
 * What this handbook adds to Markdown: headings take the id written at their end and link to themselves, sections carry their number, a <Note> stands
 * beside the block it follows, and citations in a row are parted.
 */
export function remarkHandbook() {
  return (tree: Root): void => {
    partCitations(tree);
    let sections = 0;
    const children: RootContent[] = [];
    for (const node of tree.children) {
      if (node.type === 'heading') {
        const id = takeHeadingId(node);
        if (node.depth === 2) sections += 1;
        node.data = {
          ...node.data,
          hProperties: { ...(id !== undefined && { id }), ...(node.depth === 2 && { dataNo: String(sections) }) },
        };
        // the title is the link to itself, so that a heading holds nothing but its words
        if (id !== undefined)
          node.children = [element('a', { className: ['anchor'], href: `#${id}` }, node.children) as unknown as PhrasingContent];
      }
      const before = children.at(-1);
      if (node.type === 'mdxJsxFlowElement' && node.name === 'Note' && before !== undefined && before.type !== 'heading') {
        if (before.data !== undefined && 'hName' in before.data && before.data.hName === 'div')
          (before as Paragraph).children.push(node as unknown as PhrasingContent);
        else children[children.length - 1] = element('div', { className: ['n'] }, [before, node]);
      } else {
        children.push(node);
      }
    }
    tree.children = children;
  };
}
