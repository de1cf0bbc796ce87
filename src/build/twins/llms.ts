import type { RootContent } from 'mdast';
import { SUBTITLE, TITLE } from '../../site.ts';
import { claimList } from './make.ts';
import { printMarkdown } from './markdown.ts';
import type { PageTwin } from './page-twin.ts';

/** Something with a name, an address and a line on what it is. */
export interface Listed {
  readonly title: string;
  readonly url: string;
  /** In `wholeText` it is Markdown. */
  readonly text: string;
}

const ABOUT =
  'How to find out whether a language model has an objective its makers did not intend: a handbook for students and writers, in which every number is a claim with its source, its place in the source, its set-up and its status.';
const READING =
  'Each page is given as Markdown. A link to a claim carries in its title how far the evidence goes: demonstrated (one source, in its set-up), replicated (an independent second one), disputed, or open. Text and figures are under CC BY 4.0; cite the page for its words and the paper for its numbers.';

function list(items: readonly Listed[]): RootContent {
  return {
    type: 'list',
    ordered: false,
    spread: false,
    children: items.map(({ title, url, text }) => ({
      type: 'listItem',
      spread: false,
      children: [
        {
          type: 'paragraph',
          children: [
            { type: 'link', url, children: [{ type: 'text', value: title }] },
            { type: 'text', value: `: ${text}` },
          ],
        },
      ],
    })),
  };
}

function heading(depth: 1 | 2, value: string): RootContent {
  return { type: 'heading', depth, children: [{ type: 'text', value }] };
}

function paragraph(value: string): { type: 'paragraph'; children: [{ type: 'text'; value: string }] } {
  return { type: 'paragraph', children: [{ type: 'text', value }] };
}

function head(): RootContent[] {
  return [heading(1, `${TITLE}: ${SUBTITLE}`), { type: 'blockquote', children: [paragraph(ABOUT)] }, paragraph(READING)];
}

/**
 * `llms.txt` after llmstxt.org: name, summary, then links with a line each.
 * @param full address of the whole text
 */
export function shortIndex(
  parts: readonly { readonly title: string; readonly pages: readonly Listed[] }[],
  rooms: readonly Listed[],
  full: string,
): string {
  return printMarkdown([
    ...head(),
    ...parts.filter(({ pages }) => pages.length > 0).flatMap(({ title, pages }) => [heading(2, title), list(pages)]),
    heading(2, 'Reference'),
    list(rooms),
    heading(2, 'Optional'),
    list([{ title: 'The whole book as one text', url: full, text: 'every page, the glossary and the ledger of claims.' }]),
  ]);
}

/** `llms-full.txt`: every page, then the glossary and the claims. @param texts the pages as Markdown, in the order of the book */
export function wholeText(texts: readonly string[], terms: readonly Listed[], claims: PageTwin['claims']): string {
  const glossary = terms.map(({ title, url, text }) => `**${title}** (<${url}>). ${text.trim()}`).join('\n\n');
  return [printMarkdown(head()), ...texts, `# Glossary\n\n${glossary}\n`, `# Claims\n\n${claimList(claims)}`].join('\n');
}
