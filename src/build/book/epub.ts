import { strToU8, zipSync, type Zippable } from 'fflate';
import { LANGUAGE } from '../../site.ts';
import { escapeXml } from './xhtml.ts';

/** A file of text in an e-book. */
export interface Document {
  /** Name of the file, without ending, and its id in the package. */
  readonly id: string;
  readonly title: string;
  /** What stands in its `<body>`, as XHTML. */
  readonly body: string;
  /** What `epub:type` calls it: `chapter`, `glossary`. */
  readonly type: string;
}

/** A line of the table of contents; lines within it are one level deeper. */
export interface Entry {
  readonly title: string;
  /** File and fragment: `b2.xhtml#known`. */
  readonly href: string;
  readonly within?: readonly Entry[];
}

/** What a package says about the book and what is in it. */
export interface Publication {
  readonly title: string;
  readonly subtitle: string;
  readonly creator: string;
  /** Address that names the book, the same in every edition. */
  readonly identifier: string;
  /** Day of the edition, as `2026-11-21`. */
  readonly day: string;
  readonly rights: string;
  readonly description: string;
  /** What a reader who cannot see or cannot use a mouse may expect of it. */
  readonly accessibility: string;
  /** In the order of reading. */
  readonly documents: readonly Document[];
  readonly contents: readonly Entry[];
  /** Word above the contents. */
  readonly contentsTitle: string;
  readonly styles: string;
  /** PNG. */
  readonly cover: Uint8Array;
  readonly coverAlt: string;
}

const CONTAINER = `<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>
`;

/** A whole file of XHTML. @param head further elements of its head */
function page(title: string, body: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="${LANGUAGE}" xml:lang="${LANGUAGE}"><head><title>${escapeXml(title)}</title><link rel="stylesheet" type="text/css" href="book.css"/></head><body>${body}</body></html>
`;
}

function list(entries: readonly Entry[]): string {
  const items = entries.map(({ title, href, within = [] }) => {
    const inner = within.length === 0 ? '' : list(within);
    return `<li><a href="${escapeXml(href)}">${escapeXml(title)}</a>${inner}</li>`;
  });
  return `<ol>${items.join('')}</ol>`;
}

function navigation({ contents, contentsTitle, documents }: Publication): string {
  const [first] = documents;
  const landmarks = [
    `<li><a epub:type="cover" href="cover.xhtml">Cover</a></li>`,
    `<li><a epub:type="toc" href="nav.xhtml">${escapeXml(contentsTitle)}</a></li>`,
    ...(first === undefined ? [] : [`<li><a epub:type="bodymatter" href="${first.id}.xhtml">${escapeXml(first.title)}</a></li>`]),
  ];
  return page(
    contentsTitle,
    `<nav epub:type="toc" role="doc-toc"><h1>${escapeXml(contentsTitle)}</h1>${list(contents)}</nav><nav epub:type="landmarks" hidden="hidden"><ol>${landmarks.join('')}</ol></nav>`,
  );
}

/** What the package must say of a file: whether it holds formulas or drawings. */
function propertiesOf(body: string): string {
  const held = [
    ['mathml', '<math '],
    ['svg', '<svg '],
  ].filter(([, start = '']) => body.includes(start));
  return held.length === 0 ? '' : ` properties="${held.map(([name]) => name).join(' ')}"`;
}

/** What one can do with the book, in the words of schema.org. */
const FEATURES = ['structuralNavigation', 'tableOfContents', 'readingOrder', 'alternativeText', 'longDescription', 'MathML'];

function packageFile(publication: Publication): string {
  const { title, subtitle, creator, identifier, day, rights, description, accessibility, documents } = publication;
  const text = (name: string, value: string, attributes = ''): string => `<${name}${attributes}>${escapeXml(value)}</${name}>`;
  const meta = (property: string, value: string): string => text('meta', value, ` property="${property}"`);
  const metadata = [
    text('dc:identifier', identifier, ' id="identifier"'),
    text('dc:title', title, ' id="title"'),
    '<meta refines="#title" property="title-type">main</meta>',
    text('dc:title', subtitle, ' id="subtitle"'),
    '<meta refines="#subtitle" property="title-type">subtitle</meta>',
    text('dc:language', LANGUAGE),
    text('dc:creator', creator),
    text('dc:date', day),
    text('dc:rights', rights),
    text('dc:description', description),
    meta('dcterms:modified', `${day}T00:00:00Z`),
    meta('schema:accessMode', 'textual'),
    meta('schema:accessMode', 'visual'),
    meta('schema:accessModeSufficient', 'textual'),
    ...FEATURES.map((feature) => meta('schema:accessibilityFeature', feature)),
    meta('schema:accessibilityHazard', 'none'),
    meta('schema:accessibilitySummary', accessibility),
  ];
  const items = [
    '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>',
    '<item id="cover" href="cover.xhtml" media-type="application/xhtml+xml"/>',
    '<item id="cover-image" href="cover.png" media-type="image/png" properties="cover-image"/>',
    '<item id="styles" href="book.css" media-type="text/css"/>',
    ...documents.map(({ id, body }) => `<item id="doc-${id}" href="${id}.xhtml" media-type="application/xhtml+xml"${propertiesOf(body)}/>`),
  ];
  const spine = ['cover', 'nav', ...documents.map(({ id }) => `doc-${id}`)].map((id) => `<itemref idref="${id}"/>`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="identifier" xml:lang="${LANGUAGE}"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">${metadata.join('')}</metadata><manifest>${items.join('')}</manifest><spine>${spine.join('')}</spine></package>
`;
}

/**
 * Packs a book as EPUB 3. The same publication always gives the same bytes: every file carries the day of the edition.
 * @returns the zip, with `mimetype` as its first file and not compressed, as the format asks
 */
export function packEpub(publication: Publication): Uint8Array {
  const [year = 0, month = 1, day = 1] = publication.day.split('-').map(Number);
  // zip knows no time zones: fflate writes what the clock on this wall would show
  const mtime = new Date(year, month - 1, day);
  const text = (content: string): Uint8Array => strToU8(content);
  const files: Zippable = {
    mimetype: [text('application/epub+zip'), { level: 0 }],
    'META-INF/container.xml': text(CONTAINER),
    'EPUB/package.opf': text(packageFile(publication)),
    'EPUB/nav.xhtml': text(navigation(publication)),
    'EPUB/book.css': text(publication.styles),
    'EPUB/cover.xhtml': text(
      page(
        publication.title,
        `<section epub:type="cover" class="cover"><img src="cover.png" alt="${escapeXml(publication.coverAlt)}"/></section>`,
      ),
    ),
    'EPUB/cover.png': [publication.cover, { level: 0 }],
  };
  for (const { id, title, body, type } of publication.documents) {
    files[`EPUB/${id}.xhtml`] = text(page(title, `<section epub:type="${type}">${body}</section>`));
  }
  return zipSync(files, { level: 9, mtime });
}
