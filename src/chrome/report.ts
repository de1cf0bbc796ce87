import type { SiteSettings } from '../site.ts';
import { words } from './words.ts';

/** What a report is about. */
export interface Reported {
  /** Id of the page, or what kind of thing it is: `b2`, `claim`. */
  readonly id: string;
  readonly title: string;
  /** Title of the section, where it is about one. */
  readonly section?: string;
  /** Its whole address, with the origin. */
  readonly address: string;
  /** Day of the version that was read, where one is known: `2026-11-21`. */
  readonly day?: string;
}

/** How much of a title stands in the subject: enough to tell reports apart. */
const SUBJECT_LENGTH = 80;

function cut(text: string): string {
  return text.length <= SUBJECT_LENGTH ? text : `${text.slice(0, SUBJECT_LENGTH).replace(/\s+\S*$/, '')} …`;
}

/** Where a new issue is opened in a repository, and what the forge calls title and text. */
function newIssue(repository: string): readonly [address: string, title: string, text: string] {
  const { hostname } = new URL(repository);
  if (/(?:^|\.)gitlab\./.test(hostname)) return [`${repository}/-/issues/new`, 'issue[title]', 'issue[description]'];
  // GitHub, Codeberg, Gitea and Forgejo agree; a forge that knows neither parameter opens an empty issue
  return [`${repository}/issues/new`, 'title', 'body'];
}

/**
 * The address behind "Report an error": a new issue, or else a mail, that says what it is about and asks for the rest.
 * @returns undefined where this copy of the site names neither repository nor mail address
 */
export function reportAddress(settings: Pick<SiteSettings, 'repository' | 'mail'>, about: Reported): string | undefined {
  const { id, title, section, address, day } = about;
  const subject = `${id}: ${cut(section ?? title)}`;
  const text = [
    `${words.reportPage}: ${id}, ${title}`,
    ...(section === undefined ? [] : [`${words.reportSection}: ${section}`]),
    `${words.reportAddress}: ${address}`,
    ...(day === undefined ? [] : [`${words.reportVersion}: ${day}`]),
    '',
    words.reportWrong,
    words.reportRight,
    words.reportSource,
  ];
  const query = (names: readonly [string, string], lineEnd: string): string =>
    `?${encodeURIComponent(names[0])}=${encodeURIComponent(subject)}&${encodeURIComponent(names[1])}=${encodeURIComponent(text.join(lineEnd))}`;
  if (settings.repository !== undefined) {
    const [place, ...names] = newIssue(settings.repository);
    return `${place}${query(names, '\n')}`;
  }
  // mail has its own end of line (RFC 6068)
  return settings.mail === undefined ? undefined : `mailto:${settings.mail}${query(['subject', 'body'], '\r\n')}`;
}

/** Where a commit can be read in the repository; undefined where none is set. */
export function commitAddress({ repository }: Pick<SiteSettings, 'repository'>, hash: string): string | undefined {
  if (repository === undefined) return undefined;
  return `${repository}/${/(?:^|\.)gitlab\./.test(new URL(repository).hostname) ? '-/' : ''}commit/${hash}`;
}
