import satori from 'satori';
import sharp from 'sharp';
import type { Status } from '../../schemas/claim.ts';
import { CARD_SIZE, SUBTITLE, TITLE } from '../../site.ts';
import type { Card, Run } from './card.ts';
import { HANDS } from './faces.ts';
import { ink } from './ink.ts';
import { encodePng, paletteOf } from './png.ts';
import { readPicture, type Picture } from './picture.ts';
import { setLines, type Line, type Manner } from './setting.ts';

// lengths in px of the card; feeds show it at 40 to 50 % of its size, so nothing is set under 24
/** Text begins here; numbers hang to its left. */
const AXIS = 208;
const RIGHT = 1120;
const ROOM = RIGHT - AXIS;
/** Between a number and the axis. */
const HANG = 30;
const TOP = 58;
/** The line above the foot; the text ends at FLOOR. */
const RULE = 518;
const FLOOR = 492;

/** Sizes of title and text from large to small: the first at which everything fits is taken. */
const STEPS = {
  name: [
    { title: 84, text: 38 },
    { title: 72, text: 36 },
    { title: 64, text: 34 },
    { title: 56, text: 31 },
    { title: 48, text: 29 },
    { title: 44, text: 26 },
  ],
  sentence: [
    { title: 60, text: 40 },
    { title: 54, text: 38 },
    { title: 48, text: 36 },
    { title: 43, text: 34 },
    { title: 38, text: 32 },
    { title: 34, text: 29 },
  ],
} as const;
type Step = (typeof STEPS)[keyof typeof STEPS][number];

/** Lines of a name; a longer one is set smaller. */
const MOST_TITLE_LINES = 3;
/** Lines of an excerpt: enough to see what it is about. */
const MOST_EXCERPT_LINES = 3;

const LEADING = { title: 1.12, text: 1.36, label: 36, evidence: 40 };
const LABEL = 27;
const EVIDENCE = 30;

/** A line of text at its place. `x` is its beginning; `tracking` in px. */
interface Placed {
  readonly line: Line;
  readonly x: number;
  readonly baseline: number;
  readonly colour: string;
  readonly tracking?: number;
}

interface Layout {
  readonly placed: readonly Placed[];
  readonly shapes: readonly string[];
  /** Where the foot begins. */
  readonly left: number;
  /** Whether everything is there, at the sizes asked for. */
  readonly fits: boolean;
}

function one(text: string, hand: Manner['hand'], size: number, room = ROOM): Line {
  return setLines([{ text }], { hand, size, room }, 1)[0] ?? { pieces: [], width: 0 };
}

/** Places lines under each other from `top`. Their first baseline lies so deep that the letters fill the line evenly. */
function stack(lines: readonly Line[], top: number, size: number, leading: number, colour: string, tracking = 0): Placed[] {
  return lines.map((line, index) => ({
    line,
    x: AXIS,
    baseline: top + leading * index + leading / 2 + size * 0.3,
    colour,
    ...(tracking !== 0 && { tracking: tracking * size }),
  }));
}

/** The words of an excerpt that fill no more than so many lines: whole sentences where one fits, else with an ellipsis. */
function excerpt(runs: readonly Run[], manner: Manner, most: number): Line[] {
  const whole = runs.map(({ text }) => text).join('');
  const ends = [...new Intl.Segmenter('en', { granularity: 'sentence' }).segment(whole)].map(
    ({ index, segment }) => index + segment.length,
  );
  for (const end of ends.toReversed()) {
    const kept: Run[] = [];
    let length = 0;
    for (const run of runs) {
      const text = run.text.slice(0, Math.max(0, end - length));
      length += run.text.length;
      if (text !== '') kept.push({ ...run, text });
    }
    const lines = setLines(kept, manner);
    if (lines.length <= most && lines.length * 2 >= most) return lines;
  }
  return setLines(runs, manner, most);
}

function evidence(status: Status, source: string): { placed: Placed[]; shapes: string[]; height: number } {
  const word = one(`${status.charAt(0).toUpperCase()}${status.slice(1)}`, 'semibold', EVIDENCE);
  const gap = 24;
  const beside = setLines([{ text: source }], { hand: 'sans', size: EVIDENCE, room: ROOM }, 2);
  const inOne = beside.length === 1 && word.width + gap + (beside[0]?.width ?? 0) <= ROOM;
  const rows = inOne ? 1 : 1 + beside.length;
  const first = FLOOR - LEADING.evidence * (rows - 1) - 8;
  const placed: Placed[] = [{ line: word, x: AXIS, baseline: first, colour: ink(status) }];
  for (const [index, line] of beside.entries()) {
    placed.push({
      line,
      x: inOne ? AXIS + word.width + gap : AXIS,
      baseline: inOne ? first : first + LEADING.evidence * (index + 1),
      colour: ink('ink-2'),
    });
  }
  return { placed, shapes: [moon(status, AXIS - HANG - 19, first - EVIDENCE * 0.33, 19)], height: rows * LEADING.evidence + 12 };
}

/** The moon that fills: full, ringed, half or empty, as base.css draws it. */
function moon(status: Status, x: number, y: number, radius: number): string {
  const colour = ink(status);
  const line = radius * 0.3;
  const ring = `<circle cx="${x}" cy="${y}" r="${radius - line / 2}" fill="none" stroke="${colour}" stroke-width="${line}"/>`;
  const inside: Readonly<Record<Status, string>> = {
    demonstrated: `<circle cx="${x}" cy="${y}" r="${radius - line / 2}" fill="${colour}"/>`,
    replicated: `<circle cx="${x}" cy="${y}" r="${radius * 0.36}" fill="${colour}"/>`,
    disputed: `<path d="M${x} ${y - radius + line / 2}a${radius - line / 2} ${radius - line / 2} 0 0 0 0 ${2 * radius - line}z" fill="${colour}"/>`,
    open: '',
  };
  return `${ring}${inside[status]}`;
}

/** How a title stands with a picture: above it, or to its left with the number on top; whichever leaves the picture more room. */
const ABOVE = { title: 44, gap: 22 };
const BESIDE = { left: 64, room: 330, title: 42, number: 40, picture: { left: 436, room: 684 } };

function layOutPicture(card: Card, picture: Picture): Layout {
  const manner: Manner = { hand: 'serif', size: ABOVE.title, tracking: -0.01, room: ROOM, even: 0.6 };
  const lines = setLines(card.title, manner);
  const leading = ABOVE.title * LEADING.title;
  const under = TOP + lines.length * leading + ABOVE.gap;
  const scale = Math.min(ROOM / picture.width, (FLOOR - under) / picture.height);
  const narrow = setLines(card.title, { ...manner, size: BESIDE.title, room: BESIDE.room, even: 1 });
  const step = BESIDE.title * LEADING.title;
  const beside = Math.min(BESIDE.picture.room / picture.width, (FLOOR - TOP) / picture.height);
  const fitsBeside = BESIDE.number * 1.5 + narrow.length * step <= FLOOR - TOP;
  const number = (x: (width: number) => number, baseline: number): Placed[] => {
    if (card.number === undefined) return [];
    const line = one(card.number, 'serif', BESIDE.number, AXIS);
    return [{ line, x: x(line.width), baseline, colour: ink('accent') }];
  };
  if (scale >= beside || !fitsBeside) {
    const title = stack(lines, TOP, ABOVE.title, leading, ink('ink'), -0.01);
    const drawn = place(picture, AXIS, under, scale);
    return {
      placed: [...title, ...number((width) => AXIS - HANG - width, title[0]?.baseline ?? TOP), ...drawn.placed],
      shapes: drawn.shapes,
      left: AXIS,
      fits: lines.length <= MOST_TITLE_LINES,
    };
  }
  const title = stack(narrow, TOP + BESIDE.number * 1.5, BESIDE.title, step, ink('ink'), -0.01).map((line) => ({
    ...line,
    x: BESIDE.left,
  }));
  const drawn = place(picture, BESIDE.picture.left, TOP, beside);
  return {
    placed: [...title, ...number(() => BESIDE.left, TOP + BESIDE.number * 0.8), ...drawn.placed],
    shapes: drawn.shapes,
    left: BESIDE.left,
    fits: true,
  };
}

/** A picture at its place on the card, as many times its size. */
function place(picture: Picture, left: number, top: number, scale: number): Pick<Layout, 'placed' | 'shapes'> {
  const shapes = [`<g transform="translate(${left} ${top}) scale(${scale})">${picture.shapes}</g>`];
  const placed = picture.letterings.map(({ text, x, baseline, anchor, size, semibold, colour, halo }) => {
    const line = one(text, semibold ? 'semibold' : 'sans', size * scale, CARD_SIZE.width);
    const before = { start: 0, middle: line.width / 2, end: line.width }[anchor];
    const at: Placed = { line, x: left + x * scale - before, baseline: top + baseline * scale, colour };
    if (halo) {
      const height = size * scale;
      shapes.push(
        `<rect x="${at.x - 4}" y="${at.baseline - height * 0.8}" width="${line.width + 8}" height="${height * 1.1}" fill="${ink('paper')}"/>`,
      );
    }
    return at;
  });
  return { placed, shapes };
}

function layOut(card: Card, { title, text }: Step, last: boolean): Layout {
  const placed: Placed[] = [];
  const proof = card.evidence === undefined ? undefined : evidence(card.evidence.status, card.evidence.source);
  const floor = FLOOR - (proof?.height ?? 0);
  let y = TOP;
  let fits = true;
  if (card.label !== undefined) {
    placed.push(...stack([one(card.label, 'semibold', LABEL)], y, LABEL, LEADING.label, ink('ink-2')));
    y += LEADING.label + 10;
  }
  const leading = title * (card.sentence === true ? LEADING.title + 0.1 : LEADING.title);
  const tracking = card.sentence === true ? -0.006 : -0.014;
  const manner: Manner = { hand: 'serif', size: title, tracking, room: ROOM, even: 0.6 };
  // at the last step the title may fill the card, but for a line of text
  const most = Math.max(1, Math.floor((floor - y - (card.text === undefined ? 0 : 2 * text)) / leading));
  const lines = setLines(card.title, manner, last ? most : undefined);
  fits &&= card.sentence === true || lines.length <= MOST_TITLE_LINES;
  if (card.number !== undefined) {
    const number = one(card.number, 'serif', Math.min(46, title), AXIS);
    const baseline = y + leading / 2 + title * 0.3;
    placed.push({ line: number, x: AXIS - HANG - number.width, baseline, colour: ink('accent') });
  }
  placed.push(...stack(lines, y, title, leading, ink('ink'), tracking));
  y += lines.length * leading;
  if (card.text !== undefined) {
    y += card.text.label === undefined ? 20 : 36;
    if (card.text.label !== undefined) {
      placed.push(...stack([one(card.text.label, 'semibold', LABEL)], y, LABEL, LEADING.label, ink('ink-2')));
      y += LEADING.label + 4;
    }
    const between = text * LEADING.text;
    const own: Manner = { hand: 'serif', size: text, room: ROOM, even: 0.86 };
    const room = Math.max(0, Math.floor((floor - y) / between));
    const set =
      card.text.excerpt === true
        ? excerpt(card.text.runs, own, Math.min(MOST_EXCERPT_LINES, Math.max(room, 2)))
        : setLines(card.text.runs, own, last ? Math.max(1, room) : undefined);
    placed.push(...stack(set, y, text, between, ink('ink-2')));
    y += set.length * between;
  }
  return { placed: [...placed, ...(proof?.placed ?? [])], shapes: proof?.shapes ?? [], left: AXIS, fits: fits && y <= floor };
}

/** The places of everything on a card, at the largest sizes at which it fits. */
export function layoutOf(card: Card): Layout {
  const picture = card.picture === undefined ? undefined : readPicture(card.picture);
  if (picture !== undefined) return layOutPicture(card, picture);
  const steps = STEPS[card.sentence === true ? 'sentence' : 'name'];
  for (const step of steps) {
    const layout = layOut(card, step, false);
    if (layout.fits) return layout;
  }
  const smallest = steps[steps.length - 1] ?? steps[0];
  return { ...layOut(card, smallest, true), fits: false };
}

function foot(address: string, left: number): Placed[] {
  const sizes = [26, 24, 22, 20];
  const size = sizes.find((candidate) => setLines([{ text: address }], { hand: 'sans', size: candidate, room: ROOM }).length === 1) ?? 20;
  return [
    { line: one(`${TITLE} · ${SUBTITLE}`, 'sans', 26), x: left, baseline: RULE + 42, colour: ink('ink-2') },
    { line: one(address, 'sans', size), x: left, baseline: RULE + 78, colour: ink('ink-2') },
  ];
}

/** The fonts as satori takes them: one array for good, for which it keeps what it has read. */
let fonts: { name: string; data: Buffer; weight: 400; style: 'normal' }[] | undefined;

/** Lines of text as outlines. @returns SVG elements on a field of the card's size */
async function outlines(lines: readonly Placed[]): Promise<string> {
  fonts ??= [...new Set(Object.values(HANDS).flat())].map(({ name, data }) => ({ name, data, weight: 400, style: 'normal' }));
  const row = ({ line, x, baseline, colour, tracking = 0 }: Placed): object => ({
    type: 'div',
    props: {
      style: { position: 'absolute', display: 'flex', alignItems: 'flex-start', left: x, top: 0, color: colour },
      children: line.pieces.map(({ text, face, size, rise }) => ({
        type: 'div',
        props: {
          style: {
            fontFamily: face.name,
            fontSize: size,
            lineHeight: 1,
            letterSpacing: tracking,
            whiteSpace: 'pre',
            // satori lays a face's ascent and descent in the middle of the line
            marginTop: baseline - rise - size * ((1 + face.ascent - face.descent) / 2),
          },
          children: text,
        },
      })),
    },
  });
  const tree = { type: 'div', props: { style: { display: 'flex', ...CARD_SIZE }, children: lines.map(row) } };
  const svg = await satori(tree, { ...CARD_SIZE, fonts });
  return svg.replace(/^<svg[^>]*>|<\/svg>$/g, '').replace(/<mask[\s\S]*?<\/mask>/g, '');
}

/** A card as SVG, all letters as outlines. */
export async function cardSvg(card: Card): Promise<string> {
  const layout = layoutOf(card);
  const { width, height } = CARD_SIZE;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<rect width="${width}" height="${height}" fill="${ink('paper')}"/>`,
    `<rect x="${layout.left}" y="${RULE}" width="${RIGHT - layout.left}" height="2" fill="${ink('rule')}"/>`,
    ...layout.shapes,
    await outlines([...layout.placed, ...foot(card.address, layout.left)]),
    '</svg>',
  ].join('');
}

/**
 * Draws a card.
 * @returns a PNG of the size of a card; the same bytes for the same card
 */
export async function drawCard(card: Card): Promise<Buffer> {
  const svg = await cardSvg(card);
  const paper = ink('paper');
  const inks = new Set([...svg.matchAll(/(?:fill|stroke)="(#[0-9a-f]{6})"/g)].map(([, colour = '']) => colour));
  inks.delete(paper);
  // the line above the foot lies on whole pixels; a grid in the same colour does not
  const flat = ['rule', 'wash'].map(ink).filter((colour) => inks.has(colour) && !svg.includes(`stroke="${colour}"`));
  for (const colour of flat) inks.delete(colour);
  const pixels = await sharp(Buffer.from(svg)).ensureAlpha().raw().toBuffer();
  return encodePng(pixels, CARD_SIZE, paletteOf(paper, [...inks].sort(), flat));
}
