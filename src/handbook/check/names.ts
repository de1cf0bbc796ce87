import { normalise } from '../handbook.ts';
import type { Context, Spot } from './context.ts';

/** A name and where it is given. */
interface Given {
  readonly name: string;
  readonly spot: Spot;
}

/** Whether a name is fit for an address: anchors and the names of files become part of one. */
export function isId(name: string): boolean {
  return /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name);
}

/** No name, address or number is given twice, and the name of a file is an id where it serves as one. */
export function checkNames(context: Context): void {
  checkIdsAndAddresses(context);
  checkClaimsAndTerms(context);
  checkOnce(
    context,
    'exercise',
    context.content.questions.flatMap(({ data, file, lineOf }) =>
      data.exercises.map(({ id }, index) => ({ name: id, spot: { file, line: lineOf(['exercises', index, 'id']) } })),
    ),
    'Give this one an id of its own.',
  );
  for (const term of context.content.terms) checkFileName(context, term, 'term');
  for (const entry of context.content.misconceptions) checkFileName(context, entry, 'misconception');
  for (const figure of context.content.figures) checkFileName(context, figure, 'figure');
  for (const technique of context.content.techniques) checkFileName(context, technique, 'technique');
  for (const lab of context.content.labs) checkFileName(context, lab, 'lab');
  for (const lesson of context.content.lessons) checkFileName(context, lesson, 'session');
  for (const organism of context.content.organisms) checkFileName(context, organism, 'model');
}

/** Pages and parts: their ids, and what the names of their files and folders make of them. */
function checkIdsAndAddresses(context: Context): void {
  const { parts, chapters } = context.content;
  checkOnce(
    context,
    'page',
    chapters.map((page) => ({ name: page.data.id, spot: { file: page.file, line: page.lineOf(['id']) } })),
    'Give this one an id of its own.',
  );
  checkOnce(
    context,
    'planned page',
    parts.flatMap(({ data, file, lineOf }) =>
      data.planned.map(({ id }, index) => ({ name: id, spot: { file, line: lineOf(['planned', index, 'id']) } })),
    ),
    'Give this one an id of its own.',
  );
  checkOnce(
    context,
    'part',
    parts.map((part) => ({ name: part.id, spot: { file: part.file, line: part.lineOf(['id']) } })),
    'Give this one a letter of its own.',
  );
  const slugs = new Map(parts.map((part) => [part.folder, part.slug]));
  checkOnce(
    context,
    'address',
    [
      ...parts.map(({ slug, file }) => ({ name: `/${slug}/`, spot: { file, line: 1 } })),
      ...chapters.map(({ folder, slug, file }) => ({ name: `/${slugs.get(folder) ?? folder}/${slug}/`, spot: { file, line: 1 } })),
    ],
    'Give this one another name after its number.',
  );
  checkOnce(
    context,
    'number',
    [
      ...parts.map(({ folder, file }) => ({ name: folder.slice(0, 2), spot: { file, line: 1 } })),
      ...chapters.map(({ folder, order, file }) => ({
        name: `${folder}/${String(order).padStart(2, '0')}`,
        spot: { file, line: 1 },
      })),
    ],
    'Give this one another number.',
  );
}

function checkClaimsAndTerms(context: Context): void {
  const { claims, terms } = context.content;
  checkOnce(
    context,
    'claim',
    claims.map((claim) => ({ name: claim.id, spot: { file: claim.file, line: claim.lineOf(['id']) } })),
    'Use that one, or give this one an id of its own.',
  );
  checkOnce(
    context,
    'term',
    terms.flatMap(({ data, file, lineOf }) => {
      // an alias may spell its own term another way: names that compare alike within one term count once
      const named = new Map<string, PropertyKey[]>([
        ...data.aliases.map((alias, index): [string, PropertyKey[]] => [normalise(alias), ['aliases', index]]),
        [normalise(data.term), ['term']],
      ]);
      return [...named].map(([name, path]) => ({ name, spot: { file, line: lineOf(path) } }));
    }),
    'A name can mean one term only: delete one of the two.',
  );
}

/** Reports every name that was given before, with the place where it was. */
export function checkOnce({ report }: Context, kind: string, given: readonly Given[], remedy: string): void {
  const first = new Map<string, Spot>();
  for (const { name, spot } of given) {
    const before = first.get(name);
    if (before === undefined) first.set(name, spot);
    else report(spot, `The ${kind} "${name}" is there twice.`, `It is first in ${before.file}, line ${before.line}. ${remedy}`);
  }
}

function checkFileName({ report }: Context, { id, file }: { readonly id: string; readonly file: string }, kind: string): void {
  if (!isId(id)) {
    report({ file, line: 1 }, `"${id}" is no id for a ${kind}.`, 'Name the file in lower-case letters and digits joined by single dashes.');
  }
}
