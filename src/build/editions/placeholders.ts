/**
 * An edition outlives the address of the site: it is built for a place that is nowhere, and what names that place is put right whenever
 * the site is built.
 */
export const NOWHERE = { SITE_ORIGIN: 'https://site.invalid', SITE_BASE: '/~site~/' } as const;

/** Files that hold text, and may name the place of the site. */
export const TEXT = /\.(?:html|css|js|json|xml|txt|md|svg|bib|ris)$/;

/** Puts the origin and the base of the site where the text of an edition has those of nowhere. */
export function placed(text: string, { origin, base }: { readonly origin: string; readonly base: string }): string {
  const pairs = [
    [NOWHERE.SITE_ORIGIN, origin],
    [NOWHERE.SITE_BASE, base],
  ] as const;
  // an address that is handed over in another has its signs written as numbers
  return pairs.reduce((whole, [from, to]) => whole.replaceAll(from, to).replaceAll(encodeURIComponent(from), encodeURIComponent(to)), text);
}
