import type { FigureRecord } from '../../reader/content.ts';
import { DRAWN } from '../handbook.ts';
import { checkChart } from './charts.ts';
import type { Context } from './context.ts';
import { checkFormula } from './formulas.ts';
import { checkInline } from './text.ts';
import { valueOf } from './values.ts';

/** Each figure: its words, then what a chart plots or how a drawing is drawn. */
export function checkFigures(context: Context): void {
  for (const figure of context.content.figures) {
    const { id, data, file, folder, lineOf } = figure;
    // its words may refer to the page that shows it
    const page = context.content.chapters.find(
      (entry) => entry.folder === folder && entry.outline.blocks.some((block) => block.anchor === `fig-${id}`),
    );
    for (const field of ['describe', 'caption'] as const) {
      checkInline(context, data[field], { file, page }, (offset) => lineOf([field], offset));
    }
    if (data.kind === 'drawing') checkDrawings(context, figure);
    else checkChart(context, data, file, lineOf);
  }
}

/** A drawing is there for wide and for narrow screens, and takes its looks from the style sheet alone. */
function checkDrawings(context: Context, { id, data, drawings, file }: FigureRecord): void {
  const { report } = context;
  for (const [name, picture, drawing] of [
    ['wide', `${id}.svg`, drawings.wide],
    ['narrow', `${id}.narrow.svg`, drawings.narrow],
  ] as const) {
    if (drawing === undefined) report({ file, line: 1 }, `The figure "${id}" has no ${name} picture.`, `Draw ${picture} beside it.`);
    else if (/<(?:style|script|image|foreignObject)\b|\sstyle=|\son\w+=/i.test(drawing)) {
      report({ file, line: 1 }, `${picture} brings its own styles or scripts.`, 'Draw with the classes of CONTRIBUTING.md only.');
    }
    if (drawing !== undefined)
      checkDrawnNumbers(
        context,
        drawing,
        file.replace(/[^/]*$/, picture),
        data.provenance === 'reported' || data.provenance === 'recorded',
      );
  }
}

/** A number of two digits or more that is no year and no part of a name. */
const DRAWN_NUMBER = /(?<![\p{L}\d.,]|\b(?:Claude|GPT|Llama|Qwen) )(?!(?:19|20)\d\d(?!\d))\d[\d,.]*\d/gu;

/** What a drawing prints in braces is there, and in one of reported or recorded numbers none is typed. */
function checkDrawnNumbers(context: Context, drawing: string, file: string, measured: boolean): void {
  for (const { 1: text = '', index } of drawing.matchAll(/<(?:text|tspan)\b[^>]*>([^<]*)/g)) {
    const spot = { file, line: drawing.slice(0, index).split('\n').length };
    for (const [, formula, id = '', key] of text.matchAll(DRAWN)) {
      if (formula === undefined) valueOf(context, id, key, spot);
      else checkFormula(context, formula, spot);
    }
    const [typed] = text.replace(DRAWN, '').match(DRAWN_NUMBER) ?? [];
    if (measured && typed !== undefined) {
      context.report(spot, `A number is typed in the drawing: "${typed}".`, 'Write {claim-id:key} or {= formula} in its place.');
    }
  }
}
