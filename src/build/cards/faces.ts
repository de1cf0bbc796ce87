import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { inflateSync } from 'node:zlib';

const require = createRequire(import.meta.url);

/** One font file: which characters it has and how wide they are. Lengths are in ems. */
export interface Face {
  /** The name under which the file is handed to satori. */
  readonly name: string;
  readonly data: Buffer;
  readonly ascent: number;
  readonly descent: number;
  /** Advance widths by code point; a character that is not here the file cannot draw. */
  readonly widths: ReadonlyMap<number, number>;
}

/** In which hands a card is written. Each is a row of files: a character is taken from the first that has it. */
export type Hand = 'serif' | 'italic' | 'sans' | 'semibold';

/**
 * Reads a font file in the format WOFF 1.0 (W3C, 2012), which is what satori takes: metrics from `hhea`, widths from `hmtx`, characters
 * from the subtables of `cmap` in the formats 4 and 12.
 * @throws Error where the file is no such font
 */
export function readFace(name: string, data: Buffer): Face {
  if (data.toString('latin1', 0, 4) !== 'wOFF') throw new Error(`The font "${name}" is no WOFF file.\nName a file that ends in .woff.`);
  const tables = new Map<string, Buffer>();
  for (let index = 0; index < data.readUInt16BE(12); index++) {
    const entry = 44 + 20 * index;
    const [offset, packed, full] = [data.readUInt32BE(entry + 4), data.readUInt32BE(entry + 8), data.readUInt32BE(entry + 12)];
    const table = data.subarray(offset, offset + packed);
    tables.set(data.toString('latin1', entry, entry + 4), packed < full ? inflateSync(table) : table);
  }
  const table = (tag: string): Buffer => {
    const found = tables.get(tag);
    if (found === undefined)
      throw new Error(`The font "${name}" has no table "${tag}".\nSee whether its package is installed whole: npm ci.`);
    return found;
  };
  const em = table('head').readUInt16BE(18);
  const hhea = table('hhea');
  const hmtx = table('hmtx');
  const measured = hhea.readUInt16BE(34);
  const widths = new Map<number, number>();
  for (const [code, glyph] of glyphsOf(table('cmap'))) {
    widths.set(code, hmtx.readUInt16BE(4 * Math.min(glyph, measured - 1)) / em);
  }
  return { name, data, ascent: hhea.readInt16BE(4) / em, descent: -hhea.readInt16BE(6) / em, widths };
}

/** Code points and their glyphs, glyph 0 left out: it is the box for what is missing. */
function glyphsOf(cmap: Buffer): Map<number, number> {
  const glyphs = new Map<number, number>();
  for (let index = 0; index < cmap.readUInt16BE(2); index++) {
    const at = cmap.readUInt32BE(4 + 8 * index + 4);
    const format = cmap.readUInt16BE(at);
    if (format === 4) {
      const segments = cmap.readUInt16BE(at + 6);
      for (let segment = 0; segment < segments; segment += 2) {
        const end = cmap.readUInt16BE(at + 14 + segment);
        const start = cmap.readUInt16BE(at + 16 + segments + segment);
        const delta = cmap.readUInt16BE(at + 16 + 2 * segments + segment);
        const place = at + 16 + 3 * segments + segment;
        const range = cmap.readUInt16BE(place);
        for (let code = start; code <= end && code !== 0xffff; code++) {
          const raw = range === 0 ? code : cmap.readUInt16BE(place + range + 2 * (code - start));
          const glyph = raw === 0 && range !== 0 ? 0 : (raw + delta) & 0xffff;
          if (glyph !== 0) glyphs.set(code, glyph);
        }
      }
    } else if (format === 12) {
      for (let group = 0; group < cmap.readUInt32BE(at + 12); group++) {
        const entry = at + 16 + 12 * group;
        const [start, end, first] = [cmap.readUInt32BE(entry), cmap.readUInt32BE(entry + 4), cmap.readUInt32BE(entry + 8)];
        for (let code = start; code <= end; code++) glyphs.set(code, first + code - start);
      }
    }
  }
  return glyphs;
}

const STIX = '@fontsource/stix-two-text/files/stix-two-text';
const SOURCE = '@fontsource/source-sans-3/files/source-sans-3';

function files(family: string, ending: string): string[] {
  return ['latin', 'latin-ext', 'greek'].map((script) => `${family}-${script}-${ending}.woff`);
}

/** The packages whose versions decide what is drawn. */
export const FONT_PACKAGES = ['@fontsource/stix-two-text', '@fontsource/source-sans-3', 'katex'] as const;

// the text faces are cut to letters: signs such as ≈ and → come from the faces of the maths
const SIGNS = ['katex/dist/fonts/KaTeX_Main-Regular.woff', 'katex/dist/fonts/KaTeX_AMS-Regular.woff'];
const SERIF = [...files(STIX, '400-normal'), ...SIGNS];
const SANS = [...files(SOURCE, '400-normal'), ...SIGNS];

const FILES: Readonly<Record<Hand, readonly string[]>> = {
  serif: [...SERIF, ...SANS],
  italic: [...files(STIX, '400-italic'), ...SERIF, ...SANS],
  sans: [...SANS, ...SERIF],
  semibold: [...files(SOURCE, '600-normal'), ...SANS, ...SERIF],
};

const read = new Map<string, Face>();
function faceAt(file: string): Face {
  const known = read.get(file) ?? readFace(file, readFileSync(require.resolve(file)));
  read.set(file, known);
  return known;
}

/** The faces of each hand, in the order in which a character is looked for. */
export const HANDS = Object.fromEntries(
  Object.entries(FILES).map(([hand, names]) => [hand, [...new Set(names)].map(faceAt)]),
) as unknown as Readonly<Record<Hand, readonly Face[]>>;

/** The face that draws a character in that hand; undefined where none can. */
export function faceOf(character: string, hand: Hand): Face | undefined {
  const code = character.codePointAt(0) ?? 0;
  return HANDS[hand].find(({ widths }) => widths.has(code));
}
