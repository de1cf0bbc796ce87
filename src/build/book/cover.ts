import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import satori from 'satori';
import sharp from 'sharp';
import { BAR, drawFrontispiece } from '../../chrome/home/frontispiece.ts';
import { SUBTITLE, TITLE } from '../../site.ts';

const require = createRequire(import.meta.url);
const WIDTH = 1200;
const HEIGHT = 1800;
const EDGE = 140;
// the colours of paper and ink in src/styles/tokens.css, by day
const PAPER = '#fbfaf7';
const INK = '#1d1b24';
const INK_2 = '#514e5a';
const RULE = '#dcd8d0';
const ACCENT = '#5c2d91';

/** What the picture shows, for whoever does not see it. */
export const COVER_ALT = `${TITLE}: ${SUBTITLE}. Below the title, lines of grey bars; in some of them stand the same two bars, in violet.`;

function line(text: string, style: Record<string, string | number>): object {
  return { type: 'div', props: { style, children: text } };
}

/**
 * Draws the cover: the title in the face of the book, and the frontispiece of the home page below it.
 * @param day of the edition, in words
 * @returns a PNG of 1200 × 1800 pixels, the same bytes for the same words
 */
export async function drawCover(day: string): Promise<Uint8Array> {
  const font = async (file: string): Promise<Buffer> => readFile(require.resolve(`@fontsource/${file}`));
  const [serif, sans] = await Promise.all([
    font('stix-two-text/files/stix-two-text-latin-400-normal.woff'),
    font('source-sans-3/files/source-sans-3-latin-400-normal.woff'),
  ]);
  const words = {
    type: 'div',
    props: {
      style: { display: 'flex', flexDirection: 'column', width: '100%', height: '100%', padding: EDGE },
      children: [
        line(TITLE, { fontFamily: 'serif', fontSize: 132, lineHeight: 1.1, letterSpacing: -2, color: INK, maxWidth: 800, marginTop: 80 }),
        line(SUBTITLE, { fontFamily: 'serif', fontSize: 52, lineHeight: 1.3, color: INK_2, marginTop: 44 }),
        line(`Edition of ${day}`, { fontFamily: 'sans', fontSize: 34, color: INK_2, marginTop: 'auto' }),
      ],
    },
  };
  const text = await satori(words as Parameters<typeof satori>[0], {
    width: WIDTH,
    height: HEIGHT,
    fonts: [
      { name: 'serif', data: serif, weight: 400, style: 'normal' },
      { name: 'sans', data: sans, weight: 400, style: 'normal' },
    ],
  });
  const { width, bars } = drawFrontispiece(24, [3, 8, 10, 15, 21], 7);
  const scale = (WIDTH - 2 * EDGE) / width;
  const rows = bars.map(
    (bar) => `<rect x="${bar.x}" y="${bar.y}" width="${bar.width}" height="${BAR}" fill="${bar.marked ? ACCENT : RULE}"/>`,
  );
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}"><rect width="100%" height="100%" fill="${PAPER}"/><g transform="translate(${EDGE} 720) scale(${scale})">${rows.join('')}</g></svg>`;
  return sharp(Buffer.from(drawing))
    .composite([{ input: Buffer.from(text) }])
    .png({ palette: true, compressionLevel: 9 })
    .toBuffer();
}
