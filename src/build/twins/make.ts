import type { Element, ElementContent, Nodes } from 'hast';
import { select } from 'hast-util-select';
import { toHtml } from 'hast-util-to-html';
import { toText } from 'hast-util-to-text';
import { stringify } from 'yaml';
import { words } from '../../chrome/words.ts';
import { printValue } from '../../handbook/numbers.ts';
import type { ClaimEntry, Handbook, Page } from '../../handbook/handbook.ts';
import { shortReference } from '../../reader/bibliography.ts';
import { citationOf } from './citation.ts';
import { markdownOf, printMarkdown } from './markdown.ts';
import { partsOf } from './page-parts.ts';
import type { PageTwin } from './page-twin.ts';

const LICENSE = { name: 'CC BY 4.0', url: 'https://creativecommons.org/licenses/by/4.0/' };

/** A page for programs and for editors. */
export interface Twins {
  readonly json: PageTwin;
  /** Front matter and text. */
  readonly markdown: string;
  /** The text under its title and address, without the list of its claims: as it stands among all others. */
  readonly text: string;
}

/** The words of a piece of a page, in one line, formulas as TeX. */
function plain(nodes: readonly ElementContent[]): string {
  const spoken = (node: ElementContent): ElementContent => {
    if (node.type !== 'element') return node;
    if (node.tagName === 'math') return { type: 'text', value: toText(select('annotation', node) ?? node) };
    return { ...node, children: node.children.map(spoken) };
  };
  const root: Nodes = { type: 'root', children: nodes.map(spoken) };
  return toText(root).replace(/\s+/g, ' ').trim();
}

function find(nodes: readonly ElementContent[], selector: string): Element | undefined {
  return select(selector, { type: 'root', children: [...nodes] });
}

/**
 * Makes the twins of a chapter.
 * @param html the page as it was built
 * @param origin scheme and host, without a slash at the end
 */
export function twinsOf(page: Page, handbook: Handbook, html: string, origin: string): Twins {
  const { links } = handbook;
  const whole = (href: string): string => `${origin}${href}`;
  const url = whole(page.href);
  const short = whole(page.short);
  const parts = partsOf(html, url);
  const titles = new Map([...page.outline.sections.map(({ id, title }) => [id, title] as const), ['recall', words.recall]]);
  const sections = parts.sections.map(({ id, nodes }, index) => ({
    id,
    title: titles.get(id) ?? id,
    number: index + 1,
    url: `${url}#${id}`,
    nodes,
  }));
  const all = [...parts.lead, ...parts.sections.flatMap(({ nodes }) => nodes)];

  const prefix = whole(links.claims('*')).replace(/\*\/$/, '');
  const named = parts.links.flatMap((link) => (link.startsWith(prefix) ? (/^([^/#]+)\/$/.exec(link.slice(prefix.length))?.[1] ?? []) : []));
  const claims = [...new Set(named)].map((id) => handbook.claim(id));
  const status = { demonstrated: 0, replicated: 0, disputed: 0, open: 0 };
  for (const claim of claims) status[claim.status] += 1;

  const known = (id: string): PageTwin['needs'] => {
    const other = handbook.findPage(id);
    return other === undefined ? [] : [{ id, title: other.title, url: whole(other.href) }];
  };
  const figures = page.outline.blocks
    .filter(({ kind }) => kind === 'figure')
    .map(({ id, anchor }) => {
      const { title } = handbook.figure(page, id).data;
      const caption = find(all, `#${anchor} > figcaption`)?.children ?? [];
      // the caption begins with number and title, which stand here by themselves, and ends with a link to the picture
      return { id: anchor, number: handbook.number(page, anchor), title, caption: captionOf(caption), url: `${url}#${anchor}` };
    });

  const json: PageTwin = {
    $schema: whole(links.to('page.schema.json')),
    id: page.id,
    title: page.title,
    answer: page.answer,
    status,
    updated: page.updated,
    minutes: page.minutes,
    url,
    short,
    markdown: `${url}page.md`,
    part: { id: page.part.id, title: page.part.title, url: whole(page.part.href) },
    needs: page.needs.flatMap(known),
    related: page.related.flatMap(known),
    outcomes: [...page.outcomes],
    citation: { text: citationOf(page, short) },
    license: LICENSE,
    lead: toHtml([...parts.lead]).trim(),
    sections: sections.map(({ nodes, ...section }) => ({ ...section, html: toHtml([...nodes]).trim() })),
    claims: claims.map((claim) => claimTwin(claim, handbook, origin)),
    figures,
  };

  const body = [markdownOf(parts.lead), ...sections.map(({ title, number, nodes }) => `## ${number}. ${title}\n\n${markdownOf(nodes)}`)]
    .map((text) => text.trim())
    .join('\n\n');
  const matter = stringify(
    {
      id: page.id,
      title: page.title,
      answer: page.answer,
      updated: page.updated,
      url: short,
      licence: `${LICENSE.name}, ${LICENSE.url}`,
      citation: json.citation.text,
      needs: page.needs,
      sections: Object.fromEntries(sections.map(({ id, title }) => [`#${id}`, title])),
    },
    { lineWidth: 0 },
  );
  return {
    json,
    markdown: `---\n${matter}---\n\n# ${page.title}\n\n${page.answer}\n\n${body}\n\n## Claims on this page\n\n${claimList(json.claims)}`,
    text: `# ${page.id} ${page.title}\n\n<${short}>\n\n${page.answer}\n\n${body}\n`,
  };
}

/** A claim as the twins give it. */
export function claimTwin(claim: ClaimEntry, handbook: Handbook, origin: string): PageTwin['claims'][number] {
  const { id, statement, values = {}, status, source, provenance, runs, place, href } = claim;
  return {
    id,
    statement: handbook.fill(id, statement),
    values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, printValue(value)])),
    status,
    source: { key: source.key, name: shortReference(source), url: `${origin}${handbook.links.bibliography(source.key)}` },
    provenance,
    runs: runs.map((run) => ({ run: run.run, title: run.title, url: `${origin}${run.href}`, file: `${origin}${run.jsonHref}` })),
    place,
    url: `${origin}${href}`,
  };
}

/** The caption of a figure without what stands before and after it. */
function captionOf(nodes: readonly ElementContent[]): string {
  return plain(nodes.slice(1, -1)).replace(/^(?:\([a-z]+\))?\.\s*/, '');
}

/** Claims as a list in Markdown: statement, status, source and place. */
export function claimList(claims: PageTwin['claims']): string {
  return printMarkdown([
    {
      type: 'list',
      ordered: false,
      spread: false,
      children: claims.map(({ statement, status, provenance, source, place, url }) => ({
        type: 'listItem',
        spread: false,
        children: [
          {
            type: 'paragraph',
            children: [
              { type: 'link', url, children: [{ type: 'text', value: statement }] },
              { type: 'text', value: ' ' },
              { type: 'emphasis', children: [{ type: 'text', value: status }] },
              { type: 'text', value: `; ${source.name}, ${place}${provenance === 'recorded' ? `; ${words.ownRun}` : ''}` },
            ],
          },
        ],
      })),
    },
  ]);
}
