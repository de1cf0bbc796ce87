import { GAME } from '../vocabulary.ts';
import { reportUnknown, type Context } from './context.ts';
import { checkOrder, checkTexts } from './reference.ts';

/** The card of a model names labs and runs that are there, and the run that trained it records how large it is. */
export function checkOrganisms(context: Context): void {
  const { organisms, runs, labs } = context.content;
  const labIds = [...labs.map(({ id }) => id), GAME.target];
  const names = runs.map(({ id }) => id);
  for (const record of organisms) {
    const { data, file, lineOf } = record;
    const named: [string, PropertyKey[]][] = [
      [data.run, ['run']],
      ...data.runs.map((run, n): [string, PropertyKey[]] => [run, ['runs', n]]),
    ];
    for (const [name, path] of named) {
      if (!names.includes(name))
        reportUnknown(context, { file, line: lineOf(path) }, 'run', name, names, 'name a results file of content/recorded.');
    }
    for (const [n, lab] of data.labs.entries()) {
      if (!labIds.includes(lab)) reportUnknown(context, { file, line: lineOf(['labs', n]) }, 'lab', lab, labIds, 'add it to content/labs.');
    }
    const run = runs.find(({ id }) => id === data.run);
    if (run !== undefined && run.data.values.parameters === undefined) {
      context.report(
        { file, line: lineOf(['run']) },
        `The run "${data.run}" has no value "parameters", which the card prints.`,
        'Name a run that trained the model, or have its script record the value.',
      );
    }
    checkTexts(context, record, [
      ...(['is', 'trained', 'does'] as const).map((field): [string, PropertyKey[]] => [data[field], [field]]),
      ...data.limits.map((text, n): [string, PropertyKey[]] => [text, ['limits', n]]),
    ]);
  }
  checkOrder(context, 'model', organisms);
}
