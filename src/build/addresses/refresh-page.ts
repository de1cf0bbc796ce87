import { CARD_SIZE, LANGUAGE, LOCALE, TITLE } from '../../site.ts';
import { escapeHtml } from '../../handbook/html.ts';

/** A page that sends its reader on, and tells those who only look at it what they would find. */
export interface RefreshPage {
  /** Where it leads: an address on this site, with the base path and perhaps a fragment. */
  readonly to: string;
  /** The address of the page that is the same thing, in full. */
  readonly canonical: string;
  readonly title: string;
  /** What to show beside the title where the page is shared. Without it the page is a plain redirect. */
  readonly shared?: { readonly url: string; readonly description: string; readonly image: string; readonly head?: string };
  /** Address of the script that takes a fragment along, where the target has none of its own. */
  readonly script?: string;
}

/**
 * The page as HTML. Static hosts without redirects serve it as it is; a reader without JavaScript is sent on by it too. What has
 * `shared` stays a page wherever the site stands, since clients that make a preview of a link must read its tags.
 */
export function refreshPage({ to, canonical, title, shared, script }: RefreshPage): string {
  const meta = (key: 'property' | 'name', name: string, content: string): string =>
    `<meta ${key}="${name}" content="${escapeHtml(content)}">`;
  const tags =
    shared === undefined
      ? '<meta name="robots" content="noindex">'
      : [
          meta('name', 'description', shared.description),
          meta('property', 'og:type', 'article'),
          meta('property', 'og:site_name', TITLE),
          meta('property', 'og:locale', LOCALE),
          meta('property', 'og:title', title),
          meta('property', 'og:description', shared.description),
          meta('property', 'og:url', shared.url),
          meta('property', 'og:image', shared.image),
          meta('property', 'og:image:width', String(CARD_SIZE.width)),
          meta('property', 'og:image:height', String(CARD_SIZE.height)),
          meta('property', 'og:image:alt', title),
          meta('name', 'twitter:card', 'summary_large_image'),
          shared.head ?? '',
        ].join('');
  return [
    `<!DOCTYPE html><html lang="${LANGUAGE}"><head><meta charset="utf-8">`,
    script === undefined ? '' : `<script src="${escapeHtml(script)}" data-to="${escapeHtml(to)}"></script>`,
    `<title>${escapeHtml(title)}</title><meta name="viewport" content="width=device-width, initial-scale=1">`,
    `<meta http-equiv="refresh" content="0; url=${escapeHtml(to)}"><link rel="canonical" href="${escapeHtml(canonical)}">${tags}</head>`,
    `<body>${shared === undefined ? '' : `<p>${escapeHtml(shared.description)}</p>`}<p><a href="${escapeHtml(to)}">${escapeHtml(title)}</a></p></body></html>`,
  ].join('');
}
