import sitemap, { type SitemapItem } from '@astrojs/sitemap';
import type { AstroIntegration } from 'astro';
import { readFile } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import type { Handbook } from '../handbook/handbook.ts';
import type { BuiltSite } from './built-site.ts';
import { filesBelow } from './files.ts';
import { filesOf, type ContentHistory } from './git.ts';

/**
 * The files on which the pages of the site rest, by address: of a page its own, of a list those of its entries. A page that rests on no
 * content has none.
 */
export function filesByAddress(handbook: Handbook): Map<string, readonly string[]> {
  const { links, pages, parts, claims, terms, misconceptions, guides, lessons, labs, runs } = handbook;
  const [first] = pages;
  const content = first === undefined ? 'content/' : first.file.slice(0, first.file.indexOf('/') + 1);
  const prose = pages.flatMap(filesOf);
  return new Map<string, readonly string[]>([
    [links.home(), [`${content}chapters/`]],
    ...parts.map((part): [string, string[]] => [part.href, part.pages.flatMap(filesOf)]),
    ...pages.map((page): [string, string[]] => [page.href, filesOf(page)]),
    ...pages.map(({ id }): [string, string[]] => [links.exercises(id), [`${content}questions/${id}.yaml`]]),
    ...claims.map(({ href, file }): [string, string[]] => [href, [file]]),
    ...terms.map(({ href, file }): [string, string[]] => [href, [file]]),
    ...misconceptions.map(({ href, file }): [string, string[]] => [href, [file]]),
    ...guides.map(({ href, source }): [string, string[]] => [href, [`${content}guides/${source.key}.yaml`]]),
    ...lessons.flatMap(({ id, href, handoutHref }): [string, string[]][] => [
      [href, [`${content}teaching/${id}.yaml`]],
      [handoutHref, [`${content}teaching/${id}.yaml`]],
    ]),
    ...labs.map(({ href, file }): [string, string[]] => [href, [file]]),
    [links.labs(), [`${content}labs/`]],
    ...runs.map(({ href, file }): [string, string[]] => [href, [file]]),
    [links.runs(), [`${content}recorded/`]],
    [links.models(), [`${content}organisms/`, `${content}recorded/`]],
    [links.claims(), [`${content}claims/`]],
    [links.glossary(), [`${content}glossary/`]],
    [links.misconceptions(), [`${content}misconceptions/`]],
    [links.exercises(), [`${content}questions/`]],
    [links.techniques(), [`${content}techniques/`]],
    [links.reading(), [`${content}guides/`]],
    [links.teaching(), [`${content}teaching/`]],
    [links.bibliography(), [`${content}sources.bib`]],
    [links.biases(), [`${content}biases.yaml`]],
    [links.timeline(), [`${content}timeline.yaml`]],
    [links.corrections(), [`${content}corrections.yaml`]],
    [links.history(), prose],
  ]);
}

/**
 * The day on which each page of the site last changed, by address, as far as it is known: from git, and for a chapter without history the
 * day that it names itself.
 */
export function lastChanges(handbook: Handbook, history: ContentHistory): Map<string, string> {
  const days = new Map(handbook.pages.map(({ href, updated }) => [href, updated]));
  for (const [address, files] of filesByAddress(handbook)) {
    const day = history.lastDay(files);
    if (day !== undefined) days.set(address, day);
  }
  return days;
}

/** Whether a search engine should know of a page: a whole document, its own canonical, that does not ask to be left out. */
export function isIndexable(html: string, address: string): boolean {
  const canonical = /<link rel="canonical" href="([^"]*)"/.exec(html)?.[1];
  return canonical === address && !/<meta name="robots" content="[^"]*noindex/.test(html);
}

/** The addresses of the pages of a built site that a search engine should know of. */
async function indexable({ dist, base, origin }: BuiltSite): Promise<Set<string>> {
  const addresses = new Set<string>();
  for (const path of await filesBelow(dist, '.html')) {
    const place = relative(dist, path).split(sep).join('/');
    const address = `${origin}${base}${place.replace(/(?:^|(?<=\/))index\.html$/, '')}`;
    if (isIndexable(await readFile(path, 'utf8'), address)) addresses.add(address);
  }
  return addresses;
}

/**
 * The sitemap of the site. Which pages stand in it is read off the built pages themselves, so whoever adds one need not think of it.
 * @returns Astro's integration, and what tells it of the built site, which must be called before it runs
 */
export function datedSitemap(): { integration: AstroIntegration; know: (site: BuiltSite, history: ContentHistory) => Promise<void> } {
  let listed = new Set<string>();
  let days = new Map<string, string>();
  const integration = sitemap({
    filter: (address) => listed.has(address),
    serialize: (item: SitemapItem) => {
      const day = days.get(new URL(item.url).pathname);
      return day === undefined ? item : { ...item, lastmod: day };
    },
    namespaces: { news: false, xhtml: false, image: false, video: false },
  });
  return {
    integration,
    async know(site, history) {
      listed = await indexable(site);
      days = lastChanges(site.handbook, history);
    },
  };
}
