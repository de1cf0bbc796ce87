import { Cite, plugins } from '@citation-js/core';
import '@citation-js/plugin-csl';
import chicago from 'style-chicago';

/** A page of the book as CSL-JSON describes a chapter (CSL 1.0.2, appendix IV). */
export interface CslChapter {
  readonly id: string;
  readonly type: 'chapter';
  readonly title: string;
  readonly 'container-title': string;
  /** An organisation: its name is not parted into given and family name. */
  readonly author: readonly { readonly literal: string }[];
  /** Year, month from 1, day. */
  readonly issued: { readonly 'date-parts': readonly (readonly [year: number, month: number, day: number])[] };
  readonly publisher: string;
  readonly language: string;
  /** Which page it is, and which version of it. */
  readonly note: string;
  readonly URL: string;
}

export type CitationStyle = 'apa' | 'chicago';

/** A reference as it is printed. */
export interface PrintedCitation {
  readonly text: string;
  /** The same with its italics and nothing else. */
  readonly html: string;
}

const { styles } = plugins.config.get('@csl');

/** What APA's style sheet asks of a work before it prints month and day. Chapters are not among it: it thinks of those in books. */
const DATED = 'type="article-magazine article-newspaper broadcast';

/** APA prints the day of an entry that may change, so that two versions can be told apart (Publication Manual, 7th edition, 10.3). */
function apaWithDays(): string {
  const apa = styles.get('apa');
  const withDays = apa.replace(DATED, `${DATED} chapter`);
  if (withDays === apa) {
    throw new Error(
      'The APA style of @citation-js/plugin-csl no longer lists the types that it dates to the day.\nMend DATED in src/reader/citation-styles.ts.',
    );
  }
  return withDays;
}

styles.add('apa-with-days', apaWithDays());
// the engine takes a style as an object too, which the types of the plugin do not say
styles.add('chicago-author-date', chicago as unknown as string);

/** Prints a page as a reference: APA (7th edition) or Chicago (17th edition, author-date). */
export function printCitation(item: CslChapter, style: CitationStyle): PrintedCitation {
  // Chicago prints no day of a chapter; where the book says its edition, it takes the version
  const cited = style === 'apa' ? item : { ...item, edition: item.note.charAt(0).toLowerCase() + item.note.slice(1) };
  const template = style === 'apa' ? 'apa-with-days' : 'chicago-author-date';
  const print = (format: 'text' | 'html'): string => new Cite(cited).format('bibliography', { format, template, lang: 'en-US' }).trim();
  return {
    text: print('text'),
    html: print('html')
      .replace(/^[\s\S]*?class="csl-entry">/, '')
      .replace(/<\/div>[\s\S]*$/, '')
      .trim(),
  };
}
