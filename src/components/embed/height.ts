import type { FigureEntry } from '../../handbook/figures.ts';
import type { Handbook } from '../../handbook/handbook.ts';
import { EMBED_WIDTH } from '../../handbook/oembed.ts';
import { chart } from '../charts/chart.ts';
import { measure, SIZES, SLACK } from '../charts/draw.ts';
import { runsOf, type Run } from './caption.ts';

/** Measures of layouts/Embed.astro and FigureFrame.astro in px, at `EMBED_WIDTH`. tests/e2e/embeds.spec.ts holds them against a browser. */
const SET = {
  /** Width of picture and text: the frame without its edges. */
  room: EMBED_WIDTH - 2 * 20,
  /** Type and line of the title, and of everything else. */
  title: { size: 20, line: 26 },
  text: { size: 15, line: 20 },
  /** The word that names the provenance: type, space between letters, edges, and what follows it. */
  provenance: { size: 11, spacing: 0.77, edges: 14, after: 6.4 },
  /**
   * What every figure has: edges (32), the gaps above picture and caption (24), the line that folds out (36), the source (37); and one
   * for the citations, whose smaller type stretches the line they stand in.
   */
  rest: 130,
} as const;

/**
 * Width of a run in px where its caption is set in type of `size`, without the slack that a picture needs. STIX Two, in which the title is
 * set, is as wide as Source Sans: over the titles of this book 1.003 of it.
 */
function widthOf({ text, size: share, bold }: Pick<Run, 'text' | 'size' | 'bold'>, size: number): number {
  return (measure(text, 600, bold ? 'g' : '') / SLACK / SIZES[600].text) * size * share;
}

/** How many lines runs of type `size` px take in `room` px, broken at spaces and after hyphens. At least one. */
export function linesOf(runs: readonly Run[], size: number, room: number): number {
  let count = 1;
  let line = 0;
  let gap = 0;
  let word = 0;
  const end = (): void => {
    if (line > 0 && line + gap + word > room) {
      count++;
      line = word;
    } else {
      line += line > 0 ? gap + word : word;
    }
    gap = 0;
    word = 0;
  };
  for (const { text, size: share, bold, after } of runs) {
    const pieces = text.split(/(?= )|(?<= )|(?<=\p{L}-)(?=\p{L})/u);
    for (const [index, piece] of pieces.entries()) {
      if (piece === ' ') {
        if (word > 0) end();
        gap = widthOf({ text: piece, size: share, bold }, size);
        continue;
      }
      word += widthOf({ text: piece, size: share, bold }, size);
      // parted from what follows, and not by a space: a hyphen
      if (index < pieces.length - 1 && pieces[index + 1] !== ' ') end();
    }
    word += after * size;
  }
  end();
  return count;
}

/** The picture of a figure as SVG for wide screens. */
function pictureOf({ data, drawings }: FigureEntry, handbook: Handbook): string {
  if (data.kind === 'drawing') return drawings.wide ?? '';
  const curve = (formula: string, x: number): number => handbook.calculate(formula, { x });
  return chart(data, (cell) => handbook.plot(cell), curve, 600);
}

/**
 * The height in px that a framed figure takes at `EMBED_WIDTH`, its data folded away: the picture from its viewBox, title and caption
 * from the lines that their words fill. A line more or less than a browser sets is possible; the frame then tells its true height.
 * @throws UnknownName
 */
export function embedHeight(figure: FigureEntry, handbook: Handbook): number {
  const [, width = '1', height = '0'] = /viewBox="\S+ \S+ (\S+) ([^"\s]+)"/.exec(pictureOf(figure, handbook)) ?? [];
  const { size, spacing, edges, after } = SET.provenance;
  const { provenance, caption, title } = figure.data;
  const plain = { size: 1, bold: false, after: 0 };
  const runs: Run[] = [
    {
      text: provenance.toUpperCase(),
      size: size / SET.text.size,
      bold: true,
      after: (provenance.length * spacing + edges + after) / SET.text.size,
    },
    { ...plain, text: ' ' },
    { ...plain, text: `Figure ${figure.number}.`, bold: true },
    { ...plain, text: ' ' },
    ...runsOf(caption, handbook, figure.page),
  ];
  return (
    SET.rest +
    linesOf([{ ...plain, text: title }], SET.title.size, SET.room) * SET.title.line +
    Math.round((SET.room * Number(height)) / Number(width)) +
    linesOf(runs, SET.text.size, SET.room) * SET.text.line
  );
}
