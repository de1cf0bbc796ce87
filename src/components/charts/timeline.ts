import type { Plotted } from '../../handbook/handbook.ts';
import { printNumber, withUnit } from '../../handbook/numbers.ts';
import type { Axis, TimelineFigure } from '../../schemas/figure.ts';
import {
  drawTicks,
  DROP,
  LEADING,
  measure,
  overlap,
  printPlotted,
  scaleOf,
  Sketch,
  widest,
  wrap,
  type Box,
  type Plot,
  type Width,
} from './draw.ts';

const LABEL_ROOM = 170;
/** Half the height of a bar. */
const BAR = 2;
/** From the end of a bar, past its mark, to its label. */
const END_GAP = 13;
/** Marks are larger than in rows of dots, to stand out from their bar. */
const RADIUS = 5.5;
/** The plot keeps at least this share of its room before end labels are broken into two lines. */
const LEAST_SHARE = 0.62;

/** An instant as it is read aloud: with its unit, which the axis gives to a bare number. */
export function printInstant({ value, text, claim }: Plotted, unit: string | undefined): string {
  return claim === undefined ? withUnit(printNumber(Number(value.toPrecision(3))), unit) : text;
}

/** How long a row lasts: its end, with its beginning where that is not the beginning of the axis. */
export function printSpan(from: Plotted, to: Plotted, axis: Axis): string {
  return from.value === axis.min ? printInstant(to, axis.unit) : withUnit(`${printPlotted(from)}–${printPlotted(to)}`, axis.unit);
}

interface Row {
  readonly label: string[];
  readonly note: string[];
  readonly from: Plotted | undefined;
  readonly to: Plotted | undefined;
  readonly mark: 'open' | 'filled';
  /** What stands at the bar's end: its length and the marks that fall there. */
  readonly end: string[];
  readonly endMarked: boolean;
  readonly others: { at: Plotted; label: string }[];
}

/**
 * Bars from one time to another, with marks on them and their length at the end.
 * @param plot reads a cell
 * @param width 600: labels at the left; 320: labels above their bar
 * @returns a complete svg element
 * @throws RangeError where a time lies outside the axis
 */
export function timeline(figure: TimelineFigure, plot: Plot, width: Width): string {
  const sketch = new Sketch(width);
  const narrow = width === 320;
  const { axis } = figure;
  const labelRoom = narrow
    ? width
    : Math.min(
        LABEL_ROOM,
        Math.max(...figure.rows.flatMap(({ label, note = '' }) => [measure(label, width, 'v'), measure(note, width, 'a')])),
      );
  const rows = figure.rows.map((row): Row => {
    const [from, to] = [plot(row.from), plot(row.to)];
    const marks = row.marks.flatMap(({ at, label }) => {
      const instant = plot(at);
      return instant === undefined ? [] : [{ at: instant, label }];
    });
    const atEnd = marks.filter(({ at }) => at.value === to?.value);
    return {
      label: wrap(row.label, labelRoom, width, 'v'),
      note: row.note === undefined ? [] : wrap(row.note, labelRoom, width, 'a'),
      from,
      to,
      mark: row.mark,
      end: from === undefined || to === undefined ? [] : [printSpan(from, to, axis), ...atEnd.map(({ label }) => label)],
      endMarked: atEnd.length > 0,
      others: marks.filter(({ at }) => at.value !== to?.value),
    };
  });

  const left = narrow ? 8 : labelRoom + 22;
  const most = width - 10;
  const share = (value: number): number => scaleOf(axis, 0, 1)(value);
  // the furthest right at which the axis may end so that every end label still fits
  const fitting = (lines: (row: Row) => string[]): number =>
    Math.min(
      most,
      ...rows.flatMap((row) =>
        row.to === undefined || share(row.to.value) === 0
          ? []
          : [left + (width - left - END_GAP - widest(lines(row), width, 'v')) / share(row.to.value)],
      ),
    );
  const inOne = fitting(({ end }) => [end.join(', ')]);
  const broken = inOne - left < LEAST_SHARE * (most - left);
  const right = broken ? fitting(({ end }) => end) : inOne;
  const x = scaleOf(axis, left, right);

  const heading = wrap(axis.label, width - (narrow ? 0 : left), width, 'a');
  let y = sketch.block(narrow ? 0 : left, 14, heading, 'a') + 2;
  drawTicks(sketch, axis, x, y, { left: 0, right: width });
  const gridTop = y + 8;
  y = gridTop + (narrow ? 0 : 6);

  const bands: { row: Row; textAt: number; middle: number }[] = [];
  const lanesOf: { label: string; box: Box }[][] = [];
  for (const row of rows) {
    const text = (row.label.length + row.note.length) * LEADING;
    const lanes = labelsAbove(row, x, width);
    const above = lanes.reduce((height, { box }) => Math.max(height, -box.top), 0);
    const below = broken && row.end.length > 1 ? (row.end.length * LEADING) / 2 : 10;
    if (narrow) {
      const middle = y + 6 + text + Math.max(above, below, 12);
      bands.push({ row, textAt: y + 6 + LEADING - 4, middle });
      y = middle + below + 6;
    } else {
      const half = Math.max(text / 2, above, below) + 7;
      const middle = y + half;
      bands.push({ row, textAt: middle - text / 2 + LEADING / 2 + DROP, middle });
      y = middle + half;
    }
    lanesOf.push(lanes);
  }
  const bottom = y + (narrow ? 0 : 4);

  const spans = narrow ? bands.map(({ middle }) => [middle - 10, middle + 10] as const) : [[gridTop, bottom] as const];
  sketch.strokes(
    axis.ticks.flatMap((tick) => spans.map(([from, to]) => [[x(tick), from] as const, [x(tick), to] as const] as const)),
    'grid',
  );
  for (const [index, { row, textAt, middle }] of bands.entries()) {
    const noteAt = sketch.block(0, textAt, row.label, 'v');
    sketch.block(0, noteAt, row.note, 'a');
    if (row.from === undefined || row.to === undefined) {
      sketch.text(left, middle + DROP, 'not run', 'a', 'start', true);
      continue;
    }
    const [start, end] = [x(row.from.value), x(row.to.value)];
    sketch.rect({ left: start, right: end, top: middle - BAR, bottom: middle + BAR }, row.mark === 'filled' ? 'rod hot' : 'rod');
    for (const { at } of row.others) sketch.mark(x(at.value), middle, row.mark, false, RADIUS);
    if (row.endMarked) sketch.mark(end, middle, row.mark, false, RADIUS);
    for (const { label, box } of lanesOf[index] ?? []) {
      sketch.text((box.left + box.right) / 2, middle + box.bottom - 4, label, '', 'middle', true);
    }
    const ending = broken ? row.end : [row.end.join(', ')];
    sketch.block(end + END_GAP, middle + DROP - ((ending.length - 1) * LEADING) / 2, ending, 'v', 'start', true);
  }
  return sketch.finish(figure.title, bottom);
}

/** Labels of the marks along a bar, stacked upwards where they would touch; heights are counted from the bar's middle. */
function labelsAbove(row: Row, x: (value: number) => number, width: Width): { label: string; box: Box }[] {
  const placed: { label: string; box: Box }[] = [];
  for (const { at, label } of row.others) {
    const half = measure(label, width, '') / 2;
    const middle = Math.min(width - half, Math.max(half, x(at.value)));
    for (let lane = 0; ; lane++) {
      const bottom = -8 - lane * LEADING;
      const box = { left: middle - half, right: middle + half, top: bottom - LEADING, bottom };
      if (
        placed.some(
          (other) =>
            overlap(box, other.box, 0) || (box.left < other.box.right + 6 && other.box.left < box.right + 6 && box.top === other.box.top),
        )
      )
        continue;
      placed.push({ label, box });
      break;
    }
  }
  return placed;
}
