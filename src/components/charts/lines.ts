import simplify from 'simplify-js';
import type { LinesFigure } from '../../schemas/figure.ts';
import {
  clampTo,
  DROP,
  drawTicks,
  LEADING,
  overlap,
  scaleOf,
  Sketch,
  squares,
  tickLabels,
  widest,
  wrap,
  wrapEvenly,
  type Anchor,
  type Box,
  type Curve,
  type Mark,
  type Plot,
  type Point,
  type Scale,
  type TextClass,
  type Width,
} from './draw.ts';

/** A series turned into coordinates. */
interface Drawn {
  readonly label: string;
  readonly mark: Mark;
  readonly square: boolean;
  /** A curve beside measured points is arithmetic and drawn as such. */
  readonly reckoned: boolean;
  /** The line, in parts where it leaves the picture in between. */
  readonly parts: readonly (readonly Point[])[];
  /** Measured points, with the ends of their intervals. */
  readonly points: readonly { x: number; y: number; low: number | undefined; high: number | undefined }[];
}

interface Label {
  readonly lines: readonly string[];
  readonly x: number;
  /** Baseline of the first line. */
  readonly y: number;
  readonly anchor: Anchor;
  readonly box: Box;
  /** Set into its own line, which it interrupts. */
  readonly on: boolean;
}

/** Points at which a curve is worked out: smooth at 600 px, and more than the 80 that a sharp bend needs. */
export const CURVE_POINTS = 160;
/** Room for labels at the ends of lines, beside the plot. */
const END_ROOM = { 600: 132, 320: 92 } as const;
/** Between a line and its name. */
const CLEAR = 4;
/** Measured points may lie close to each other along a line. */
const RADIUS = 4;
const PLOT_HEIGHT = { 600: 250, 320: 240 } as const;
/** A label at a line's end may be this far from it before the reader doubts which line it names. */
const FURTHEST_SHIFT = 14;

/**
 * Lines over two axes: curves from a formula, or measured points joined, each named where it runs.
 * @param plot reads a cell of a point
 * @param width 600 or 320 units
 * @param curve the value of a formula at x, asked at CURVE_POINTS places spread over the x axis
 * @returns a complete svg element
 * @throws RangeError where a measured point lies outside an axis
 */
export function lines(figure: LinesFigure, plot: Plot, width: Width, curve: Curve): string {
  const sketch = new Sketch(width);
  const labels = tickLabels(figure.y);
  const left = widest(labels, width, 'a') + 10;
  const heading = wrap(figure.y.label, width, width, 'a');
  // the heading keeps clear of a label above the topmost line
  const top = 14 + heading.length * LEADING + 10;
  const bottom = top + PLOT_HEIGHT[width];
  const y = scaleOf(figure.y, bottom, top);

  const whole = { left, right: width - 10, top, bottom };
  const room = END_ROOM[width];
  const beside = { ...whole, right: width - room - 12 };
  const atEnds = (): Layout | undefined => endLabels(trace(figure, plot, curve, beside, y), beside, width);
  const along = (): Layout | undefined => alongLabels(trace(figure, plot, curve, whole, y), whole, width);
  // a phone has no room to spare beside the plot
  const layout =
    (width === 600 ? (atEnds() ?? along()) : (along() ?? atEnds())) ?? crowdedEnds(trace(figure, plot, curve, beside, y), beside, width);
  const { area, series } = layout;
  const x = scaleOf(figure.x, area.left, area.right);

  sketch.block(0, 14, heading, 'a');
  for (const [index, tick] of figure.y.ticks.entries()) {
    sketch.text(area.left - 10, y(tick) + DROP, labels[index] ?? '', 'a', 'end');
  }
  sketch.strokes(
    figure.y.ticks.map((tick) => [
      [area.left, y(tick)],
      [area.right, y(tick)],
    ]),
    'grid',
  );
  sketch.line(area.left, bottom, area.right, bottom, 'axis');
  for (const tick of figure.x.ticks) sketch.line(x(tick), bottom, x(tick), bottom + 5, 'axis');
  drawTicks(sketch, figure.x, x, bottom + 20, { left: 0, right: width });
  const foot = wrap(figure.x.label, width - left, width, 'a');
  const footWidth = widest(foot, width, 'a');
  const end = sketch.block(
    Math.max(area.left, Math.min((area.left + area.right - footWidth) / 2, width - footWidth)),
    bottom + 40,
    foot,
    'a',
  );

  for (const drawn of series) {
    const tone = drawn.mark === 'filled' ? ' hot' : '';
    for (const part of drawn.parts) sketch.path(withoutNeedless(part), `curve${tone}${drawn.reckoned ? ' reckoned' : ''}`);
    for (const point of drawn.points) {
      if (point.low !== undefined && point.high !== undefined) sketch.whisker([point.x, point.low], [point.x, point.high], drawn.mark);
    }
    for (const point of drawn.points) sketch.mark(point.x, point.y, drawn.mark, drawn.square, RADIUS);
  }
  for (const [index, label] of layout.labels.entries()) {
    if (label.on) sketch.rect(label.box, 'paper');
    const className: TextClass = series[index]?.mark === 'filled' ? 'hot' : '';
    sketch.block(label.x, label.y, label.lines, className, label.anchor, true);
  }
  return sketch.finish(figure.title, end - LEADING + 6);
}

interface Layout {
  readonly area: Box;
  readonly series: readonly Drawn[];
  readonly labels: readonly Label[];
}

function trace(figure: LinesFigure, plot: Plot, curve: Curve, area: Box, y: Scale): Drawn[] {
  const x = scaleOf(figure.x, area.left, area.right);
  const square = squares(figure.series.map(({ mark }) => mark));
  const measured = figure.series.some(({ points }) => points !== undefined);
  return figure.series.map((series, index) => {
    const points = (series.points ?? []).flatMap((point) => {
      const [across, up] = [plot(point.x), plot(point.y)];
      if (across === undefined || up === undefined) return [];
      const end = (value: number | undefined): number | undefined => (value === undefined ? undefined : y(clampTo(figure.y, value)));
      return [{ x: x(across.value), y: y(up.value), low: end(up.low), high: end(up.high) }];
    });
    return {
      label: series.label,
      mark: series.mark,
      square: (square[index] ?? false) && series.points !== undefined,
      reckoned: measured && series.curve !== undefined,
      parts:
        series.curve === undefined ? [points.map((point): Point => [point.x, point.y])] : sampleCurve(figure, series.curve, curve, x, y),
      points,
    };
  });
}

/** What may be left out of a curve, in px: less than a screen's finest dot. */
const UNSEEN = 0.15;

/** The points of a line without those that nobody would miss. */
function withoutNeedless(points: readonly Point[]): Point[] {
  return simplify(
    points.map(([x, y]) => ({ x, y })),
    UNSEEN,
    true,
  ).map(({ x, y }) => [x, y]);
}

/** The curve as far as the y axis shows it, cut where it crosses the upper or the lower end. */
function sampleCurve({ x: across, y: up }: LinesFigure, formula: string, curve: Curve, x: Scale, y: Scale): Point[][] {
  const values = Array.from({ length: CURVE_POINTS }, (_, index) => {
    const share = index / (CURVE_POINTS - 1);
    const at = across.scale === 'log' ? across.min * (across.max / across.min) ** share : across.min + (across.max - across.min) * share;
    // powers may end a hair outside the axis
    return { at: clampTo(across, at), value: curve(formula, clampTo(across, at)) };
  });
  const inside = (value: number): boolean => value >= up.min && value <= up.max;
  const parts: Point[][] = [];
  let part: Point[] | undefined;
  for (const [index, { at, value }] of values.entries()) {
    const before = values[index - 1];
    if (before !== undefined && inside(before.value) !== inside(value)) {
      const edge = Math.max(before.value, value) > up.max ? up.max : up.min;
      const share = (edge - before.value) / (value - before.value);
      const crossing: Point = [x(before.at) + (x(at) - x(before.at)) * share, y(edge)];
      if (part === undefined) parts.push((part = [crossing]));
      else part.push(crossing);
    }
    if (!inside(value)) part = undefined;
    else if (part === undefined) parts.push((part = [[x(at), y(value)]]));
    else part.push([x(at), y(value)]);
  }
  return parts;
}

function blockBox(lines: readonly string[], x: number, middle: number, anchor: Anchor, width: Width): Box {
  const wide = widest(lines, width, '');
  const start = anchor === 'start' ? x : anchor === 'end' ? x - wide : x - wide / 2;
  const half = (lines.length * LEADING) / 2;
  return { left: start, right: start + wide, top: middle - half, bottom: middle + half };
}

function labelAt(lines: readonly string[], x: number, middle: number, anchor: Anchor, width: Width, on = false): Label {
  const box = blockBox(lines, x, middle, anchor, width);
  return { lines, x, y: box.top + LEADING / 2 + DROP, anchor, box, on };
}

/** Labels right of the lines' ends, moved apart where they would touch; undefined where one would have to move too far. */
function endLabels(series: readonly Drawn[], area: Box, width: Width, furthest = FURTHEST_SHIFT): Layout | undefined {
  const wanted = series.map(({ label, parts }, index) => {
    const lines = wrapEvenly(label, width - area.right - 12, width, '');
    return { index, lines, half: (lines.length * LEADING) / 2, at: parts.at(-1)?.at(-1)?.[1] ?? area.bottom };
  });
  const inOrder = wanted.toSorted((a, b) => a.at - b.at || a.index - b.index);
  const middles: number[] = [];
  let free = 0;
  for (const { at, half } of inOrder) {
    const middle = Math.max(at, free + half);
    middles.push(middle);
    free = middle + half + 4;
  }
  // what was pushed below the plot pushes the others up again
  let limit = area.bottom + LEADING / 2;
  for (const [index, { half }] of [...inOrder.entries()].toReversed()) {
    const middle = Math.min(middles[index] ?? 0, limit - half);
    middles[index] = middle;
    limit = middle - half - 4;
  }
  if (inOrder.some(({ at }, index) => Math.abs((middles[index] ?? 0) - at) > furthest)) return undefined;
  const labels = wanted.map(({ index, lines }) =>
    labelAt(lines, area.right + 12, middles[inOrder.findIndex((entry) => entry.index === index)] ?? 0, 'start', width),
  );
  return { area, series, labels };
}

function crowdedEnds(series: readonly Drawn[], area: Box, width: Width): Layout {
  return endLabels(series, area, width, Number.POSITIVE_INFINITY) ?? { area, series, labels: [] };
}

/** Points every 3 px along a line, so that a label can be held against them. */
function dense(parts: readonly (readonly Point[])[]): Point[] {
  const all: Point[] = [];
  for (const part of parts) {
    for (const [index, [x, y]] of part.entries()) {
      const [fromX, fromY] = part[index - 1] ?? [x, y];
      const steps = Math.max(1, Math.ceil(Math.hypot(x - fromX, y - fromY) / 3));
      for (let step = 1; step <= steps; step++) all.push([fromX + ((x - fromX) * step) / steps, fromY + ((y - fromY) * step) / steps]);
    }
  }
  return all;
}

function distance(box: Box, points: readonly Point[]): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (const [x, y] of points) {
    const across = Math.max(box.left - x, 0, x - box.right);
    const up = Math.max(box.top - y, 0, y - box.bottom);
    nearest = Math.min(nearest, Math.hypot(across, up));
  }
  return nearest;
}

type Side = 'right' | 'above' | 'left' | 'below' | 'on';

interface Candidate {
  readonly side: Side;
  readonly label: Label;
  readonly cost: number;
}

/** What makes a place worse, in one currency: a line break, the side of the line, distance from its end, a neighbour nearby. */
const COST = { line: 10, right: 0, above: 4, left: 6, below: 8, on: 45, far: 20, near: 0.4, doubtful: 60, mixed: 8 };

/** How far along its line a label stands best: at the end where the last point counts, before the end where a curve only runs out. */
const BEST_PLACE = { points: 1, curve: 0.7 };

/** Labels beside the lines, inside the plot, each nearer to its own line than to any other; undefined where one finds no place. */
function alongLabels(series: readonly Drawn[], area: Box, width: Width): Layout | undefined {
  const paths = series.map(({ parts }) => dense(parts));
  const candidates = series.map((_, index) => candidatesFor(series, paths, index, area, width));
  let best: { cost: number; labels: Label[] } | undefined;
  // names all on one side and of one height read as a set
  const alike = (['right', 'above', 'left', 'below'] as const).flatMap((side) =>
    [1, 2, 3].map((count) => (at: Label, of: Side) => of === side && at.lines.length === count),
  );
  for (const fits of [...alike, () => true]) {
    for (const order of permutations(series.map((_, index) => index))) {
      const labels: Label[] = [];
      let cost = alike.includes(fits) ? 0 : COST.mixed * series.length;
      for (const index of order) {
        const free = candidates[index]?.find(
          ({ side, label }) => fits(label, side) && !labels.some((other) => overlap(label.box, other.box, 4)),
        );
        if (free === undefined) break;
        labels[index] = free.label;
        cost += free.cost;
      }
      const placed = Object.keys(labels).length === series.length;
      if (placed && (best === undefined || cost < best.cost)) best = { cost, labels };
    }
  }
  return best === undefined ? undefined : { area, series, labels: best.labels };
}

function candidatesFor(series: readonly Drawn[], paths: readonly Point[][], index: number, area: Box, width: Width): Candidate[] {
  const own = series[index];
  const path = paths[index];
  if (own === undefined || path === undefined || path.length === 0) return [];
  const others = paths.filter((_, other) => other !== index).flat();
  const best = own.points.length > 0 ? BEST_PLACE.points : BEST_PLACE.curve;
  const clear = own.points.length > 0 ? RADIUS + 3 : CLEAR;
  const found: Candidate[] = [];
  const variants = [
    ...new Map(
      [300, 160, 110, 84, 64, 48].map((room) => wrapEvenly(own.label, room, width, '')).map((lines) => [lines.join('\n'), lines]),
    ).values(),
  ];
  for (const lines of variants) {
    const half = (lines.length * LEADING) / 2;
    const wide = widest(lines, width, '') / 2;
    for (let step = 0; step <= 60; step++) {
      const [x, y] = path[Math.round(((path.length - 1) * step) / 60)] ?? [0, 0];
      const middle = Math.max(area.left + wide + 2, Math.min(x, area.right - wide));
      // of a line's height, 3 px at its top and foot are empty
      const level = path.filter(([, at]) => Math.abs(at - y) <= half - 3);
      const over = path.filter(([at]) => Math.abs(at - middle) <= wide);
      const places: [Side, Label][] = [
        // where the line slopes, the label stands clear of all of it that passes by
        ['right', labelAt(lines, Math.max(...level.map(([at]) => at)) + clear + 2, y, 'start', width)],
        ['left', labelAt(lines, Math.min(...level.map(([at]) => at)) - clear - 2, y, 'end', width)],
        ['above', labelAt(lines, middle, Math.min(...over.map(([, at]) => at)) - half - clear, 'middle', width)],
        ['below', labelAt(lines, middle, Math.max(...over.map(([, at]) => at)) + half + clear, 'middle', width)],
        ['on', labelAt(lines, x, y, 'middle', width, true)],
      ];
      for (const [side, label] of places) {
        const { box } = label;
        // above the plot or in it, not across its edge
        const astride = box.top < area.top && box.bottom > area.top;
        if (
          astride ||
          box.left < area.left + 2 ||
          box.right > width ||
          box.top < area.top - LEADING - CLEAR ||
          box.bottom > area.bottom - 2
        )
          continue;
        const toOthers = distance(box, others);
        if (toOthers < 6) continue;
        const toOwn = distance(box, path);
        if (side !== 'on' && toOwn < 1) continue;
        const doubtful = toOthers < toOwn + 8 ? COST.doubtful : 0;
        found.push({
          side,
          label,
          cost:
            COST.line * (lines.length - 1) +
            COST[side] +
            COST.far * Math.abs(best - step / 60) +
            COST.near * Math.max(0, 30 - toOthers) +
            doubtful,
        });
      }
    }
  }
  return found.sort((a, b) => a.cost - b.cost);
}

function permutations(items: readonly number[]): number[][] {
  // more than five lines are no longer a chart that labels can save; trying every order would only take long
  if (items.length > 5) return [[...items]];
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item) => permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]));
}
