/**
 * What differs between one deployment and the next. Each setting comes from the environment and has a default that works locally;
 * README.md lists them for the people who deploy.
 */
export interface SiteSettings {
  /** Origin of the site without a trailing slash, such as `https://example.org`. */
  readonly origin: string;
  /** Path below the origin, with a slash at both ends: `/` or `/name/`. */
  readonly base: string;
  /** Web address of the source repository, or undefined where none is public. */
  readonly repository: string | undefined;
  /** Mail address for reports of errors, asked for where there is no repository; or undefined. */
  readonly mail: string | undefined;
  /** Name of the edition that is being frozen, such as `2026q4`; undefined in the living site. */
  readonly edition: string | undefined;
  /** Path of the living site, with a slash at both ends; the base, but for an edition, which stands below it. */
  readonly root: string;
}

/** What an edition is called: a year and its quarter. */
export const EDITION = /^\d{4}q[1-4]$/;

/**
 * Reads the settings from `SITE_ORIGIN`, `SITE_BASE`, `SITE_REPOSITORY`, `SITE_MAIL` and, while an edition is frozen, `SITE_EDITION`.
 * Throws a two-part error on a value that is no address, or no name of an edition.
 */
export function readSiteSettings(env: Readonly<Record<string, string | undefined>>): SiteSettings {
  const origin = (env.SITE_ORIGIN ?? '').trim() || 'http://localhost:4321';
  let parsed: URL;
  try {
    parsed = new URL(origin);
  } catch {
    throw new Error(`SITE_ORIGIN is "${origin}", which is no address.\nGive scheme and host, such as https://example.org.`);
  }
  if (parsed.pathname !== '/' || parsed.search !== '' || parsed.hash !== '') {
    throw new Error(`SITE_ORIGIN is "${origin}", which holds more than scheme and host.\nPut the path in SITE_BASE, such as /name/.`);
  }
  const path = (env.SITE_BASE ?? '').trim().replace(/^\/+|\/+$/g, '');
  if (!/^[\w.~-]*(?:\/[\w.~-]+)*$/.test(path)) {
    throw new Error(`SITE_BASE is "${env.SITE_BASE ?? ''}", which is no path.\nGive a path such as /name/.`);
  }
  const repository = (env.SITE_REPOSITORY ?? '').trim().replace(/\/+$/, '') || undefined;
  if (repository !== undefined && !/^https?:$/.test(URL.parse(repository)?.protocol ?? '')) {
    throw new Error(
      `SITE_REPOSITORY is "${repository}", which is no web address.\nGive the address of its page, such as https://github.com/example/name.`,
    );
  }
  const mail = (env.SITE_MAIL ?? '').trim() || undefined;
  // narrower than the standard: what needs no quoting in a mail program or in a link
  if (mail !== undefined && !/^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/.test(mail)) {
    throw new Error(`SITE_MAIL is "${mail}", which is no mail address.\nGive one address, such as editors@example.org.`);
  }
  const edition = (env.SITE_EDITION ?? '').trim() || undefined;
  if (edition !== undefined && !EDITION.test(edition)) {
    throw new Error(`SITE_EDITION is "${edition}", which names no edition.\nGive a year and its quarter, such as 2026q4.`);
  }
  const root = path === '' ? '/' : `/${path}/`;
  return {
    origin: parsed.origin,
    base: edition === undefined ? root : `${root}e/${edition}/`,
    repository,
    mail,
    edition,
    root,
  };
}

/** The same address in the living site: an edition is never the canonical place of a page. @param path below the base of the settings */
export function livingPath(path: string, { base, root }: Pick<SiteSettings, 'base' | 'root'>): string {
  return path.startsWith(base) ? `${root}${path.slice(base.length)}` : path;
}

/** The name of the book, as it is printed and cited. */
export const TITLE = 'Hidden Objectives';
export const SUBTITLE = 'A Handbook of Alignment Auditing';
/** Licence of the text. */
export const LICENCE = 'https://creativecommons.org/licenses/by/4.0/';
/** Language of the prose, as a BCP 47 tag. */
export const LANGUAGE = 'en';
/** Who wrote it, as it is cited (CITATION.cff). */
export const AUTHOR = 'Hidden Objectives contributors';
/** The same with its country, as Open Graph writes it. */
export const LOCALE = 'en_GB';
/** Size in pixels of the pictures that feeds and messengers show of a page. */
export const CARD_SIZE = { width: 1200, height: 630 } as const;
