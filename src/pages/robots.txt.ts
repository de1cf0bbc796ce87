import type { APIRoute } from 'astro';

/** For robots: where the map of the site is. Fragments for previews are no pages. */
export const GET: APIRoute = ({ locals, site }) => {
  const { links } = locals.handbook;
  const map = new URL(links.to('sitemap-index.xml'), site).href;
  return new Response(`User-agent: *\nDisallow: ${links.to('previews/')}\n\nSitemap: ${map}\n`);
};
