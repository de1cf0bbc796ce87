import type { APIRoute, GetStaticPaths } from 'astro';
import { loadHandbook } from '../../../book.ts';
import { CITATION_FILES, citationOf, toBibtex, toCslJson, toRis, type CitationFile } from '../../../handbook/citation.ts';
import { readSiteSettings } from '../../../site.ts';

const FORMATS = { bib: toBibtex, ris: toRis, json: toCslJson } as const;

export const getStaticPaths = (async () => {
  const { pages } = await loadHandbook();
  const formats = Object.keys(FORMATS) as CitationFile[];
  return pages.flatMap(({ id, part, slug }) =>
    formats.map((format) => ({ params: { part: part.slug, page: slug, format }, props: { id, format } })),
  );
}) satisfies GetStaticPaths;

/** The citation of a chapter as a file. */
export const GET: APIRoute<{ id: string; format: CitationFile }> = ({ props: { id, format }, locals }) => {
  const item = citationOf(locals.handbook.page(id), readSiteSettings(process.env));
  return new Response(FORMATS[format](item), { headers: { 'content-type': CITATION_FILES[format].type } });
};
