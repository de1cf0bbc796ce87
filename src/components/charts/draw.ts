import { scaleLinear, scaleLog } from 'd3-scale';
import type { Plotted } from '../../handbook/handbook.ts';
import { printNumber, withUnit } from '../../handbook/numbers.ts';
import type { Axis } from '../../schemas/figure.ts';

/** How wide a picture is, in the units of its viewBox: beside prose, or on a phone. */
export type Width = 600 | 320;

/** Reads a cell of a figure file; undefined where nothing was run. As `Handbook.plot`. */
export type Plot = (cell: string | number) => Plotted | undefined;

/** The value of a curve's formula at x. */
export type Curve = (formula: string, x: number) => number;

/** `a` is axis and other quiet text, `g` a heading, `v` a value; without a class it is a label. */
export type TextClass = '' | 'a' | 'g' | 'v' | 'hot';
export type Anchor = 'start' | 'middle' | 'end';

export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * Type sizes in px; the styles of FigureFrame.astro repeat them. A phone of 320 px shows the narrow picture at 280, so its
 * type is cut a little larger: 13.75 × 280 / 320 is still 12.
 */
export const SIZES = {
  600: { a: 12.5, text: 13.5 },
  320: { a: 13.75, text: 13.75 },
} as const;

/** From one line of a wrapped label to the next. */
export const LEADING = 16;

/** From the middle of a row down to the baseline of its text. */
export const DROP = 4.5;

/** Advance widths of Source Sans 3 in thousandths of an em, read from the font files: regular, then semibold. */
const ADVANCES: readonly [string, number, number][] = [
  ['\u2009', 200, 200],
  [' \u00a0', 200, 200],
  ['ijl|', 255, 271],
  ["',.:;‘’·", 249, 275],
  ['I!f', 292, 317],
  ['()[]{}-', 311, 324],
  ['t', 338, 361],
  ['r/\\', 350, 373],
  ['s*', 419, 438],
  ['z?"“”', 426, 482],
  ['xcvyYJ', 479, 501],
  ['LFkeé–', 496, 522],
  ['0123456789#$+<=>^~−×§_ag', 504, 520],
  ['XVESTZA`o', 543, 558],
  ['hunbdpq≈', 555, 564],
  ['PRCKB', 588, 597],
  ['DG&', 617, 639],
  ['UNH', 652, 663],
  ['OQw', 719, 748],
  ['M', 727, 745],
  ['W—½', 808, 827],
  ['%@m', 847, 875],
  ['…', 948, 964],
];
const ADVANCE = new Map(
  ADVANCES.flatMap(([letters, regular, bold]) => Array.from(letters, (letter) => [letter, { regular, bold }] as const)),
);
const WIDEST = { regular: 948, bold: 964 };

/** Fallback faces run a little wider than Source Sans until it has loaded. */
export const SLACK = 1.03;

export function sizeOf(width: Width, className: TextClass): number {
  return className === 'a' ? SIZES[width].a : SIZES[width].text;
}

/** Estimated width in px of a line of text; never less than Source Sans takes. Letters outside its Latin set count as the widest. */
export function measure(text: string, width: Width, className: TextClass): number {
  const weight = className === 'g' ? 'bold' : 'regular';
  let sum = 0;
  for (const letter of text) sum += (ADVANCE.get(letter) ?? WIDEST)[weight];
  return (sum / 1000) * sizeOf(width, className) * SLACK;
}

/**
 * Breaks text into lines no wider than `room` px, at ordinary spaces only and never after a number: `2 hours` and `1 of 100` stay whole.
 * A word that is wider still is cut.
 * @returns at least one line
 */
export function wrap(text: string, room: number, width: Width, className: TextClass): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/(?<!(?:^| )[\d.,]+(?: of)?) /)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (measure(longer, width, className) <= room) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = '';
    for (const letter of word) {
      if (line !== '' && measure(line + letter, width, className) > room) {
        lines.push(line);
        line = '';
      }
      line += letter;
    }
  }
  lines.push(line);
  return lines;
}

/** As `wrap`, with the lines made as even as their number allows. */
export function wrapEvenly(text: string, room: number, width: Width, className: TextClass): string[] {
  const lines = wrap(text, room, width, className);
  let best = lines;
  for (let narrower = room - 4; narrower > 30; narrower -= 4) {
    const next = wrap(text, narrower, width, className);
    if (next.length > lines.length || next.some((line) => !text.split(' ').some((word) => line.startsWith(word)))) break;
    best = next;
  }
  return best;
}

export function widest(lines: readonly string[], width: Width, className: TextClass): number {
  return Math.max(0, ...lines.map((line) => measure(line, width, className)));
}

/** Makes text safe inside SVG, in an attribute too. */
export function escape(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

/** A coordinate with at most one decimal, so that a build gives the same bytes everywhere. */
export function coordinate(value: number): string {
  return String(Math.round(value * 10) / 10 + 0);
}

/** Half the cap of a whisker; less than a mark, so that a mark covers an interval smaller than itself. */
const CAP = 4;

export type Point = readonly [number, number];

type Attributes = Readonly<Record<string, string | number>>;

function element(name: string, attributes: Attributes, content?: string): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== '')
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? coordinate(value) : escape(value)}"`)
    .join('');
  return `<${name}${written}${content === undefined ? '/>' : `>${escape(content)}</${name}>`}`;
}

/** open: graphite, what is there anyway; filled: violet, what the trigger or the treatment brings out. */
export type Mark = 'open' | 'filled';

/** The picture being drawn: elements in the order in which they cover each other. */
export class Sketch {
  readonly width: Width;
  readonly #elements: string[] = [];

  constructor(width: Width) {
    this.width = width;
  }

  text(x: number, baseline: number, text: string, className: TextClass = '', anchor: Anchor = 'start', halo = false): void {
    this.#elements.push(
      element(
        'text',
        {
          class: [className, halo ? 'halo' : ''].filter(Boolean).join(' '),
          x,
          y: baseline,
          'text-anchor': anchor === 'start' ? '' : anchor,
        },
        text,
      ),
    );
  }

  /** Lines of text, one under the other from the first baseline; returns the baseline that would follow. */
  block(x: number, baseline: number, lines: readonly string[], className: TextClass = '', anchor: Anchor = 'start', halo = false): number {
    for (const [index, line] of lines.entries()) this.text(x, baseline + index * LEADING, line, className, anchor, halo);
    return baseline + lines.length * LEADING;
  }

  line(x1: number, y1: number, x2: number, y2: number, className: string): void {
    this.#elements.push(element('line', { class: className, x1, y1, x2, y2 }));
  }

  /** Many lines as one element, which in a page of charts weighs a fraction of an element each. */
  strokes(lines: readonly (readonly [from: Point, to: Point])[], className: string): void {
    const d = lines.map(([[x1, y1], [x2, y2]]) => {
      const end = x1 === x2 ? `V${coordinate(y2)}` : y1 === y2 ? `H${coordinate(x2)}` : `L${coordinate(x2)} ${coordinate(y2)}`;
      return `M${coordinate(x1)} ${coordinate(y1)}${end}`;
    });
    if (d.length > 0) this.#elements.push(element('path', { class: className, d: d.join('') }));
  }

  path(points: readonly Point[], className: string): void {
    this.#elements.push(
      element('path', { class: className, d: `M${points.map(([x, y]) => `${coordinate(x)} ${coordinate(y)}`).join('L')}` }),
    );
  }

  rect(box: Box, className: string): void {
    this.#elements.push(
      element('rect', { class: className, x: box.left, y: box.top, width: box.right - box.left, height: box.bottom - box.top }),
    );
  }

  /** An interval between two points on a row or above each other, with a cap at both ends. */
  whisker([x1, y1]: Point, [x2, y2]: Point, mark: Mark): void {
    const [across, up] = y1 === y2 ? [0, CAP] : [CAP, 0];
    const bar = ([x, y]: Point): string =>
      `M${coordinate(x - across)} ${coordinate(y - up)}L${coordinate(x + across)} ${coordinate(y + up)}`;
    const d = `M${coordinate(x1)} ${coordinate(y1)}L${coordinate(x2)} ${coordinate(y2)}${bar([x1, y1])}${bar([x2, y2])}`;
    this.#elements.push(element('path', { class: mark === 'filled' ? 'ci hot' : 'ci', d }));
  }

  /** A data mark; the second series drawn with the same mark is square. */
  mark(x: number, y: number, mark: Mark, square = false, radius = markRadius(mark)): void {
    const className = mark === 'open' ? 'was' : 'now';
    if (square) this.rect({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius }, className);
    else this.#elements.push(element('circle', { class: className, cx: x, cy: y, r: radius }));
  }

  /** The finished picture, `height` units high. */
  finish(title: string, height: number): string {
    const id = `chart-${title
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')}-${this.width}`;
    const shape = this.width === 600 ? 'wide' : 'narrow';
    return [
      `<svg class="fig ${shape}" viewBox="0 0 ${this.width} ${coordinate(Math.ceil(height))}" role="img" aria-labelledby="${id}">`,
      element('title', { id }, title),
      ...this.#elements,
      '</svg>',
    ].join('');
  }
}

/** Radius of a mark, without its outline: a filled one lies inside an open one, so that both show where they coincide. */
export function markRadius(mark: Mark): number {
  return mark === 'open' ? 5.5 : 3.75;
}

export type Scale = (value: number) => number;

/**
 * Turns values of an axis into coordinates.
 * @param start coordinate of the axis's min
 * @param end coordinate of its max
 * @returns a function that throws where a value lies outside the axis
 */
export function scaleOf(axis: Axis, start: number, end: number): Scale {
  const scale = (axis.scale === 'log' ? scaleLog() : scaleLinear()).domain([axis.min, axis.max]).range([start, end]);
  return (value) => {
    if (value < axis.min || value > axis.max || Number.isNaN(value)) {
      throw new RangeError(
        `The axis "${axis.label}" runs from ${axis.min} to ${axis.max} and cannot show ${value}.\nWiden its min and max in the figure file.`,
      );
    }
    return scale(value);
  };
}

/** The part of an interval that the axis can show. */
export function clampTo(axis: Axis, value: number): number {
  return Math.min(axis.max, Math.max(axis.min, value));
}

/** What the ticks of an axis print: the unit stands at the last one, and only where it is as short as a per cent sign. */
export function tickLabels(axis: Axis): string[] {
  return axis.ticks.map((tick, index) => {
    const unit = index === axis.ticks.length - 1 && (axis.unit?.length ?? 0) <= 2 ? axis.unit : undefined;
    return withUnit(printNumber(tick), unit);
  });
}

/**
 * Tick labels along a horizontal axis. Those at the ends are pushed inside the picture; one between them that would touch another is left out.
 */
export function drawTicks(sketch: Sketch, axis: Axis, scale: Scale, baseline: number, room: { left: number; right: number }): void {
  const labels = tickLabels(axis).map((label, index) => {
    const half = measure(label, sketch.width, 'a') / 2;
    const x = Math.min(room.right - half, Math.max(room.left + half, scale(axis.ticks[index] ?? axis.min)));
    return { label, x, box: { left: x - half, right: x + half, top: 0, bottom: 1 } };
  });
  const drawn = labels.filter((_, index) => index === 0 || index === labels.length - 1);
  for (const label of labels.slice(1, -1)) if (!drawn.some(({ box }) => overlap(box, label.box, 6))) drawn.push(label);
  for (const { label, x } of drawn.sort((a, b) => a.x - b.x)) sketch.text(x, baseline, label, 'a', 'middle');
}

export interface LegendEntry {
  readonly label: string;
  readonly mark: Mark;
  readonly square: boolean;
}

/** Space between the entries of a legend, and between a mark and its words. */
const LEGEND_GAP = 20;
const LEGEND_MARK = 18;

/** The width of a legend in one line. */
export function legendWidth(entries: readonly LegendEntry[], width: Width): number {
  return entries.reduce((sum, { label }) => sum + LEGEND_MARK + measure(label, width, ''), LEGEND_GAP * (entries.length - 1));
}

/** Draws marks with their meaning, beside each other while there is room; returns the baseline of its last line. */
export function drawLegend(sketch: Sketch, entries: readonly LegendEntry[], baseline: number): number {
  let x = 0;
  let y = baseline;
  for (const { label, mark, square } of entries) {
    const lines = wrap(label, sketch.width - LEGEND_MARK, sketch.width, '');
    const wide = LEGEND_MARK + widest(lines, sketch.width, '');
    if (x > 0 && x + wide > sketch.width) {
      x = 0;
      y += 20;
    }
    sketch.mark(x + 7, y - DROP, mark, square);
    y = sketch.block(x + LEGEND_MARK, y, lines) - LEADING;
    x += wide + LEGEND_GAP;
  }
  return y;
}

/** Tells series with the same mark apart: true for the second and third of a kind. */
export function squares(marks: readonly Mark[]): boolean[] {
  return marks.map((mark, index) => marks.indexOf(mark) !== index);
}

/** A plotted value as a picture prints it, without its unit, which the axis names: `85.8`, `≈55`, `35–80`; a count as its percentage. */
export function printPlotted({ value, text, claim }: Plotted): string {
  if (claim === undefined) return printNumber(Number(value.toPrecision(3)));
  if (isCount(text)) return printNumber(value, Number.isInteger(value) ? 0 : 1);
  const about = text.startsWith('about ') ? '≈' : '';
  const span = /\S*\d–[−\d]\S*/.exec(text)?.[0];
  return `${about}${span ?? printNumber(value)}`;
}

/** Whether a printed value is k of n. */
export function isCount(text: string): boolean {
  return /^\d+ of \d+/.test(text);
}

export function overlap(a: Box, b: Box, gap = 0): boolean {
  return a.left < b.right + gap && b.left < a.right + gap && a.top < b.bottom + gap && b.top < a.bottom + gap;
}
