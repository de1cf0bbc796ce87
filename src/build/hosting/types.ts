import { basename, extname } from 'node:path';

/** What a server should know of a kind of file. */
export interface FileType {
  /** Media type without parameters. */
  readonly type: string;
  /** Whether the type wants to be told that the text is UTF-8; JSON is always, XML and SVG say so themselves. */
  readonly charset: boolean;
  /** Whether it is worth compressing: fonts, pictures and archives are compressed already. */
  readonly compress: boolean;
  /**
   * Whether Netlify and Cloudflare must be told. What they know by themselves they are not: a rule by ending also holds for an address
   * that leads nowhere, whose answer is a page.
   */
  readonly told: boolean;
}

const text = (type: string, told = false): FileType => ({ type, charset: true, compress: true, told });
const data = (type: string, told = false): FileType => ({ type, charset: false, compress: true, told });
const packed = (type: string, told = false): FileType => ({ type, charset: false, compress: false, told });

/** Types by the ending of the name, without its dot. */
export const TYPES: Readonly<Record<string, FileType>> = {
  html: text('text/html'),
  css: text('text/css'),
  js: text('text/javascript'),
  txt: text('text/plain'),
  md: text('text/markdown', true),
  bib: text('application/x-bibtex', true),
  ris: text('application/x-research-info-systems', true),
  json: data('application/json'),
  webmanifest: data('application/manifest+json', true),
  xml: data('application/xml'),
  svg: data('image/svg+xml'),
  wasm: data('application/wasm'),
  // weights of models: nearly random bytes
  bin: packed('application/octet-stream'),
  epub: packed('application/epub+zip', true),
  woff2: packed('font/woff2'),
  png: packed('image/png'),
  pdf: packed('application/pdf'),
  zip: packed('application/zip'),
};

/** Files whose ending says too little, by their name. */
export const NAMED: Readonly<Record<string, FileType>> = {
  'atom.xml': text('application/atom+xml', true),
};

/** The type of a file by its path, or undefined where the book has no such files. */
export function typeOf(path: string): FileType | undefined {
  return NAMED[basename(path)] ?? TYPES[extname(path).slice(1)];
}

/** A type as the Content-Type header names it. */
export function contentType({ type, charset }: FileType): string {
  return charset ? `${type}; charset=utf-8` : type;
}
