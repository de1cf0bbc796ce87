import type { FigureRecord } from '../../reader/content.ts';
import { CLAIM_REFERENCE } from '../formula.ts';
import { DRAWN } from '../handbook.ts';
import type { Context, Spot } from './context.ts';

/** What is called recorded shows only numbers of our own runs, and what is called reported shows none of them. */
export function checkProvenance(context: Context): void {
  for (const figure of context.content.figures) {
    checkShown(context, `figure "${figure.id}"`, figure.data.provenance, figure.data.kind === 'drawing' ? drawn(figure) : plotted(figure));
  }
  for (const { file, outline } of context.content.chapters) {
    for (const { name, attributes } of outline.uses) {
      if (name !== 'Table') continue;
      const inside = outline.uses.filter(({ table }) => table === `tab-${attributes.id ?? ''}`);
      const shown = inside.flatMap(({ name: kind, attributes: { id = '', of = '' }, line }): Shown[] => {
        const claims = kind === 'Claim' ? [id] : kind === 'Calc' ? namedIn(of) : [];
        return claims.map((claim) => ({ claim, spot: { file, line } }));
      });
      checkShown(context, `table "${attributes.id ?? ''}"`, attributes.provenance, shown);
    }
  }
}

/** A claim of which a figure or a table shows a number, and where it names it. */
interface Shown {
  readonly claim: string;
  readonly spot: Spot;
}

function checkShown({ exists, report }: Context, what: string, provenance: string | undefined, shown: readonly Shown[]): void {
  if (provenance !== 'recorded' && provenance !== 'reported') return;
  for (const { claim, spot } of shown) {
    const source = exists.claims.get(claim)?.source;
    // what is not there is reported as such
    if (source === undefined || !exists.sources.has(source) || exists.ownRuns.has(source) === (provenance === 'recorded')) continue;
    report(
      spot,
      `The ${what} is ${provenance}, and the claim "${claim}" is ${provenance === 'recorded' ? 'none of our own runs' : 'of our own runs'}.`,
      'Part the two kinds of numbers, or mend its provenance.',
    );
  }
}

function namedIn(formula: string): string[] {
  return [...formula.matchAll(CLAIM_REFERENCE)].flatMap(([, id]) => id ?? []);
}

/** The claims behind the cells and curves of a chart. */
function plotted({ data, file, lineOf }: FigureRecord): Shown[] {
  const cells: [value: unknown, path: PropertyKey[]][] = [];
  if (data.kind === 'dots') {
    for (const [n, row] of data.rows.entries()) for (const { id } of data.series) cells.push([row[id], ['rows', n, id]]);
  } else if (data.kind === 'lines') {
    for (const [n, { points = [], curve }] of data.series.entries()) {
      for (const [m, point] of points.entries())
        for (const key of ['x', 'y'] as const) cells.push([point[key], ['series', n, 'points', m, key]]);
      if (curve !== undefined) cells.push([`=${curve}`, ['series', n, 'curve']]);
    }
  } else if (data.kind === 'timeline') {
    for (const [n, { from, to, marks }] of data.rows.entries()) {
      cells.push([from, ['rows', n, 'from']], [to, ['rows', n, 'to']]);
      for (const [m, { at }] of marks.entries()) cells.push([at, ['rows', n, 'marks', m, 'at']]);
    }
  }
  return cells.flatMap(([value, path]) => {
    if (typeof value !== 'string') return [];
    const claims = value.startsWith('=') ? namedIn(value) : [value.split(':')[0] ?? ''];
    return claims.map((claim) => ({ claim, spot: { file, line: lineOf(path) } }));
  });
}

/** The claims in the braces of a drawing, wide and narrow. */
function drawn({ id, file, drawings: { wide = '', narrow = '' } }: FigureRecord): Shown[] {
  return [
    [`${id}.svg`, wide],
    [`${id}.narrow.svg`, narrow],
  ].flatMap(([picture = '', drawing = '']) =>
    [...drawing.matchAll(DRAWN)].flatMap(({ 1: formula, 2: claim = '', index }) => {
      const spot = { file: file.replace(/[^/]*$/, picture), line: drawing.slice(0, index).split('\n').length };
      return (formula === undefined ? [claim] : namedIn(formula)).map((name) => ({ claim: name, spot }));
    }),
  );
}
