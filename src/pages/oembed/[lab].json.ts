import type { APIRoute, GetStaticPaths } from 'astro';
import { loadHandbook } from '../../book.ts';
import { labOembed } from '../../handbook/oembed.ts';
import { hasView } from '../../labs/views.ts';

export const getStaticPaths = (async () =>
  (await loadHandbook()).labs.filter(({ id }) => hasView(id)).map(({ id }) => ({ params: { lab: id } }))) satisfies GetStaticPaths;

export const GET: APIRoute<Record<string, never>, { lab: string }> = ({ params, site, locals: { handbook } }) =>
  Response.json(labOembed(handbook.lab(params.lab), { origin: site?.origin ?? '', links: handbook.links }));
