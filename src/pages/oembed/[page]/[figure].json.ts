import type { APIRoute, GetStaticPaths } from 'astro';
import { loadHandbook } from '../../../book.ts';
import { embedHeight } from '../../../components/embed/height.ts';
import { figureOn, figuresOf } from '../../../handbook/figures.ts';
import { oembed } from '../../../handbook/oembed.ts';

export const getStaticPaths = (async () =>
  figuresOf(await loadHandbook()).map(({ page, id }) => ({ params: { page: page.id, figure: id } }))) satisfies GetStaticPaths;

export const GET: APIRoute<Record<string, never>, { page: string; figure: string }> = ({ params, site, locals: { handbook } }) => {
  const figure = figureOn(handbook, params.page, params.figure);
  return Response.json(oembed(figure, { origin: site?.origin ?? '', links: handbook.links }, embedHeight(figure, handbook)));
};
