import type { ChartFigure } from '../../schemas/figure.ts';
import { dots } from './dots.ts';
import type { Curve, Plot, Width } from './draw.ts';
import { lines } from './lines.ts';
import { timeline } from './timeline.ts';

/**
 * The picture of a chart, as SVG.
 * @param plot reads a cell
 * @param curve the value of a formula at x
 */
export function chart(figure: ChartFigure, plot: Plot, curve: Curve, width: Width): string {
  switch (figure.kind) {
    case 'dots':
      return dots(figure, plot, width);
    case 'lines':
      return lines(figure, plot, width, curve);
    case 'timeline':
      return timeline(figure, plot, width);
  }
}
