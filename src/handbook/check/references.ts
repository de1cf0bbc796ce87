import type { ChapterRecord } from '../../reader/content.ts';
import { suggest } from '../../reader/problem.ts';
import { splitTarget } from '../handbook.ts';
import { GAME, LAB_TARGET } from '../vocabulary.ts';
import { reportUnknown, type Context, type Spot } from './context.ts';

/** Everything on a page that can be linked to, in two runs: its sections, its blocks. */
export function anchorsOf({ outline }: ChapterRecord): { readonly anchor: string; readonly line: number }[] {
  return [
    ...outline.sections.map(({ id, line }) => ({ anchor: id, line })),
    ...outline.blocks.map(({ anchor, line }) => ({ anchor, line })),
  ];
}

/** A list of pages, such as `needs`, may name those that are there and those that are planned. */
export function checkPageIds(context: Context, ids: readonly string[], file: string, lineOf: (index: number) => number): void {
  const { pages, planned } = context.exists;
  for (const [index, id] of ids.entries()) {
    if (pages.has(id) || planned.has(id)) continue;
    reportUnknown(
      context,
      { file, line: lineOf(index) },
      'page',
      id,
      [...pages.keys(), ...planned],
      'name a page that is there or planned in a part.yaml.',
    );
  }
}

/** The page to which a record belongs; it must be there. */
export function checkHome(
  context: Context,
  record: {
    readonly data: { readonly page: string };
    readonly file: string;
    readonly lineOf: (path: readonly PropertyKey[]) => number;
  },
  otherwise: string,
): ChapterRecord | undefined {
  const { pages } = context.exists;
  const { page: id } = record.data;
  const page = pages.get(id);
  if (page === undefined) {
    reportUnknown(context, { file: record.file, line: record.lineOf(['page']) }, 'page', id, [...pages.keys()], otherwise);
  }
  return page;
}

/** A lab must be there. */
export function checkLab(context: Context, id: string, spot: Spot): void {
  const ids = context.content.labs.map((entry) => entry.id);
  if (!ids.includes(id)) reportUnknown(context, spot, 'lab', id, ids, 'add a file to content/labs.');
}

/** The target of a `<Ref>`: a page that is there, or an anchor on it or on the page `from` which it is named; a lab; the game. */
export function checkReference(context: Context, target: string, spot: Spot, from: ChapterRecord | undefined): void {
  if (target === GAME.target) return;
  if (target.startsWith(LAB_TARGET)) {
    checkLab(context, target.slice(LAB_TARGET.length), spot);
    return;
  }
  const { exists, report } = context;
  const [head, tail] = splitTarget(target);
  const page = head === '' ? from : exists.pages.get(head);
  if (page === undefined) {
    if (head === '') report(spot, `The reference "${target}" stands on no page.`, 'Name the page too, such as b2#known.');
    else if (exists.planned.has(head)) report(spot, `The page "${head}" is planned and not there yet.`, 'Name it without a link.');
    else reportUnknown(context, spot, 'page', head, [...exists.pages.keys()], 'name a page by its id, such as b2.');
    return;
  }
  if (tail === undefined) return;
  const anchors = anchorsOf(page).map(({ anchor }) => anchor);
  if (!anchors.includes(tail)) {
    report(spot, `There is no anchor "${tail}" on page ${page.data.id}.`, suggest(tail, anchors, 'give the place that is meant an id.'));
  }
}
