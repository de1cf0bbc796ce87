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
}

/** Reads the settings from `SITE_ORIGIN`, `SITE_BASE`, `SITE_REPOSITORY` and `SITE_MAIL`. Throws a two-part error on a value that is no address. */
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
  return {
    origin: parsed.origin,
    base: path === '' ? '/' : `/${path}/`,
    repository,
    mail,
  };
}

/** The name of the book, as it is printed and cited. */
export const TITLE = 'Hidden Objectives';
export const SUBTITLE = 'A Handbook of Alignment Auditing';
/** Language of the prose, as a BCP 47 tag. */
export const LANGUAGE = 'en';
/** Who wrote it, as it is cited (CITATION.cff). */
export const AUTHOR = 'Hidden Objectives contributors';
