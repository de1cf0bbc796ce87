import type { Plotted } from '../../handbook/handbook.ts';
import type { DotsFigure } from '../../schemas/figure.ts';
import {
  clampTo,
  drawLegend,
  drawTicks,
  DROP,
  isCount,
  LEADING,
  legendWidth,
  markRadius,
  measure,
  printPlotted,
  scaleOf,
  Sketch,
  squares,
  wrap,
  type Plot,
  type Scale,
  type Width,
} from './draw.ts';

type Row = DotsFigure['rows'][number];

/** Labels wider than this are wrapped in the wide picture, so that the plot keeps half of it. */
const LABEL_ROOM = 232;
/** Between two columns of values; room for an arrow where marks are joined. */
const COLUMN_GAP = { joined: 28, apart: 14 };
const ARROW = 13;
/** Half the height of a row's band, in which the grid is drawn on a phone. */
const BAND = 12;
/** A picture higher than this repeats its ticks at the foot. */
const HIGH = 320;

/** What a cell of a row holds for one series. Content was checked: every cell is a string. */
export function cellOf(row: Row, series: string): string | number {
  return row[series] as string | number;
}

/**
 * Rows of dots, before and after joined by a line, with intervals as whiskers and the values at the right.
 * @param plot reads a cell
 * @param width 600: labels at the left; 320: labels above their row
 * @returns a complete svg element
 * @throws RangeError where a value lies outside the axis
 */
export function dots(figure: DotsFigure, plot: Plot, width: Width): string {
  const sketch = new Sketch(width);
  const narrow = width === 320;
  const { axis, series } = figure;
  const square = squares(series.map(({ mark }) => mark));
  const rows = figure.rows.map((row) => ({ ...row, cells: series.map(({ id }) => plot(cellOf(row, id))) }));

  const valueOf = (cell: Plotted): string => (series.length === 1 && isCount(cell.text) ? cell.text : printPlotted(cell));
  const columnGap = figure.join ? COLUMN_GAP.joined : COLUMN_GAP.apart;
  // points stand under points, without zeros that the source does not give
  const columns = series.map((_, index) => {
    const printed = rows.flatMap(({ cells }) => (cells[index] === undefined ? [] : [valueOf(cells[index])]));
    const fraction = Math.max(0, ...printed.map(fractionWidth));
    // beside a value, "not run" takes the gap as well, where no arrow stands then
    const halfRun = rows.some(({ cells }) => cells[index] === undefined && cells.some((cell) => cell !== undefined));
    const least = halfRun ? measure('not run', width, 'a') - (index === 0 ? 0 : columnGap - 8) : 0;
    return { fraction, wide: Math.max(0, least, ...printed.map((text) => measure(text, width, 'v') + fraction - fractionWidth(text))) };
  });
  function fractionWidth(text: string): number {
    const fraction = /^[^ ]*?(\.\d+)$/.exec(text)?.[1];
    return fraction === undefined ? 0 : measure(fraction, width, 'v');
  }
  const columnEnds = columns.map((_, index) => width - columns.slice(index + 1).reduce((sum, { wide }) => sum + wide + columnGap, 0));
  const valuesStart = width - columns.reduce((sum, { wide }) => sum + wide, 0) - columnGap * (columns.length - 1);

  const groups = rows.flatMap(({ group }) => (group === undefined ? [] : [group]));
  const labelRoom = narrow
    ? width
    : Math.min(
        LABEL_ROOM,
        Math.max(...rows.map(({ label }) => measure(label, width, '')), ...groups.map((group) => measure(group, width, 'g'))),
      );
  const left = narrow ? 8 : labelRoom + 22;
  const right = valuesStart - 24;
  const x = scaleOf(axis, left, right);

  const legend = series.map(({ label, mark }, index) => ({ label, mark, square: square[index] ?? false }));
  const hasLegend = series.length > 1;
  const legendBeside = hasLegend && !narrow && legendWidth(legend, width) <= labelRoom;
  let y = 14;
  if (hasLegend && !legendBeside) y = drawLegend(sketch, legend, y) + 24;
  const axisLabelStart = narrow ? 0 : left;
  y = sketch.block(axisLabelStart, y, wrap(axis.label, width - axisLabelStart, width, 'a'), 'a') + 2;
  const ticksAt = y;
  drawTicks(sketch, axis, x, ticksAt, { left: 0, right: valuesStart });
  if (legendBeside) drawLegend(sketch, legend, ticksAt);
  const gridTop = ticksAt + 8;
  y = gridTop + (narrow ? 0 : 4);

  const placed: { row: (typeof rows)[number]; lines: string[]; labelAt: number; middle: number }[] = [];
  const headings: { lines: string[]; baseline: number }[] = [];
  const pitch = 24;
  let group: string | undefined;
  for (const row of rows) {
    if (row.group !== undefined && row.group !== group) {
      const lines = wrap(row.group, narrow ? width : labelRoom, width, 'g');
      y += group === undefined ? 14 : 22;
      headings.push({ lines, baseline: y });
      y += (lines.length - 1) * LEADING + (narrow ? 4 : 8);
    }
    group = row.group;
    const lines = wrap(row.label, labelRoom, width, '');
    const extra = (lines.length - 1) * LEADING;
    if (narrow) {
      const labelAt = y + 18;
      const middle = labelAt + extra + 5 + BAND;
      placed.push({ row, lines, labelAt, middle });
      y = middle + BAND + 5;
    } else {
      const middle = y + (pitch + extra) / 2;
      placed.push({ row, lines, labelAt: middle + DROP - extra / 2, middle });
      y += pitch + extra;
    }
  }
  const bottom = y + (narrow ? 0 : 4);

  // on a phone, a line through the labels above the rows would strike them out
  const spans = narrow ? placed.map(({ middle }) => [middle - BAND, middle + BAND] as const) : [[gridTop, bottom] as const];
  sketch.strokes(
    axis.ticks.flatMap((tick) => spans.map(([from, to]) => [[x(tick), from] as const, [x(tick), to] as const] as const)),
    'grid',
  );
  for (const { lines, baseline } of headings) sketch.block(0, baseline, lines, 'g');
  for (const { row, lines, labelAt, middle } of placed) {
    sketch.block(0, labelAt, lines);
    if (row.cells.every((cell) => cell === undefined)) {
      sketch.text(left, middle + DROP, 'not run', 'a', 'start', true);
      continue;
    }
    drawMarks(sketch, figure, row.cells, x, middle, square);
    for (const [index, cell] of row.cells.entries()) {
      const end = columnEnds[index] ?? width;
      if (cell === undefined) sketch.text(end, middle + DROP, 'not run', 'a', 'end');
      else {
        const shift = (columns[index]?.fraction ?? 0) - fractionWidth(valueOf(cell));
        sketch.text(end - shift, middle + DROP, valueOf(cell), 'v', 'end');
      }
      if (figure.join && index > 0 && cell !== undefined && row.cells[index - 1] !== undefined) {
        drawArrow(sketch, (columnEnds[index - 1] ?? 0) + (columnGap - ARROW) / 2, middle);
      }
    }
  }
  if (bottom <= HIGH) return sketch.finish(figure.title, bottom);
  drawTicks(sketch, axis, x, bottom + 16, { left: 0, right: valuesStart });
  return sketch.finish(figure.title, bottom + 20);
}

function drawMarks(
  sketch: Sketch,
  { axis, series, join }: DotsFigure,
  cells: readonly (Plotted | undefined)[],
  x: Scale,
  middle: number,
  square: readonly boolean[],
): void {
  for (const [index, cell] of cells.entries()) {
    const before = cells[index - 1];
    if (!join || cell === undefined || before === undefined) continue;
    const [from, to] = [x(before.value), x(cell.value)];
    const inset = markRadius(series[index - 1]?.mark ?? 'open');
    if (Math.abs(to - from) <= inset) continue;
    sketch.line(from + Math.sign(to - from) * inset, middle, to, middle, 'go');
  }
  for (const [index, cell] of cells.entries()) {
    if (cell?.low === undefined || cell.high === undefined) continue;
    sketch.whisker([x(clampTo(axis, cell.low)), middle], [x(clampTo(axis, cell.high)), middle], series[index]?.mark ?? 'open');
  }
  for (const [index, cell] of cells.entries()) {
    if (cell !== undefined) sketch.mark(x(cell.value), middle, series[index]?.mark ?? 'open', square[index]);
  }
}

/** Drawn, because the text face has no arrow. */
function drawArrow(sketch: Sketch, start: number, middle: number): void {
  const tip = start + ARROW;
  sketch.line(start, middle, tip, middle, 'arrow');
  sketch.path(
    [
      [tip - 3.5, middle - 3],
      [tip, middle],
      [tip - 3.5, middle + 3],
    ],
    'arrow',
  );
}
