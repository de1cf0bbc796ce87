import { promisify } from 'node:util';
import { crc32, deflate } from 'node:zlib';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

/** A colour as three bytes: red, green, blue. */
export type Rgb = readonly [number, number, number];

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Reads `#5c2d91`. */
export function rgb(hex: string): Rgb {
  const at = (index: number): number => Number.parseInt(hex.slice(index, index + 2), 16);
  return [at(1), at(3), at(5)];
}

/** The edge of a letter has this many shades between the paper and its ink, the ink itself among them; more are not seen. */
const SHADES = 4;

/**
 * The palette of a drawing in a few flat inks: the paper first, then each ink with the shades of its edges, then what has no edges but
 * along the pixels. A palette found by counting pixels would give up the rare inks, and they are the ones that mean something.
 */
export function paletteOf(paper: string, inks: readonly string[], flat: readonly string[] = []): Rgb[] {
  const [r, g, b] = rgb(paper);
  const shades = inks.flatMap((ink) => {
    const [red, green, blue] = rgb(ink);
    return Array.from({ length: SHADES }, (_, index): Rgb => {
      const share = (index + 1) / SHADES;
      const mix = (from: number, to: number): number => Math.round(from + (to - from) * share);
      return [mix(r, red), mix(g, green), mix(b, blue)];
    });
  });
  return [[r, g, b], ...shades, ...flat.map(rgb)];
}

/**
 * Encodes a picture as PNG, each pixel as the nearest colour of the palette.
 * @param pixels four bytes each, of which the last, the opacity, is not looked at; rows from the top
 * @param palette at most 256 colours; up to 16 take half a byte a pixel
 * @returns a file without anything but size, palette and pixels: the same bytes for the same picture
 */
export async function encodePng(pixels: Uint8Array, { width, height }: Size, palette: readonly Rgb[]): Promise<Buffer> {
  const bits = palette.length <= 16 ? 4 : 8;
  const stride = 1 + Math.ceil((width * bits) / 8);
  const rows = new Uint8Array(stride * height);
  const nearest = nearestIn(palette);
  for (let y = 0; y < height; y++) {
    // each row begins with its filter, which is none: flat colours gain nothing by one
    const row = y * stride + 1;
    for (let x = 0; x < width; x++) {
      const at = 4 * (y * width + x);
      const index = nearest(((pixels[at] ?? 0) << 16) | ((pixels[at + 1] ?? 0) << 8) | (pixels[at + 2] ?? 0));
      if (index === 0) continue;
      if (bits === 8) rows[row + x] = index;
      else rows[row + (x >> 1)] = (rows[row + (x >> 1)] ?? 0) | (x % 2 === 0 ? index << 4 : index);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = bits;
  // colours by their place in a palette
  header[9] = 3;
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flat())),
    chunk('IDAT', await promisify(deflate)(rows, { level: 8 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Finds the nearest colour of a palette, by the straight distance between red, green and blue. */
function nearestIn(palette: readonly Rgb[]): (colour: number) => number {
  const known = new Map<number, number>();
  let last = -1;
  let lastIndex = 0;
  return (colour) => {
    if (colour === last) return lastIndex;
    let index = known.get(colour);
    if (index === undefined) {
      const distance = ([r, g, b]: Rgb): number => (r - (colour >> 16)) ** 2 + (g - ((colour >> 8) & 255)) ** 2 + (b - (colour & 255)) ** 2;
      const distances = palette.map(distance);
      index = distances.indexOf(Math.min(...distances));
      known.set(colour, index);
    }
    last = colour;
    lastIndex = index;
    return index;
  };
}

function chunk(kind: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(kind, 'latin1'), content]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

/** Whether a file is a PNG of that size with all its chunks unhurt (PNG, W3C 2025, section 5): each has its length and a checksum. */
export function isWholePng(file: Buffer, { width, height }: Size): boolean {
  if (!file.subarray(0, 8).equals(SIGNATURE)) return false;
  for (let at = 8; at + 12 <= file.length;) {
    const end = at + 12 + file.readUInt32BE(at);
    if (end > file.length) return false;
    const named = file.subarray(at + 4, end - 4);
    if (crc32(named) !== file.readUInt32BE(end - 4)) return false;
    const kind = named.toString('latin1', 0, 4);
    if (kind === 'IHDR' && (named.readUInt32BE(4) !== width || named.readUInt32BE(8) !== height)) return false;
    if (kind === 'IEND') return end === file.length;
    at = end;
  }
  return false;
}
