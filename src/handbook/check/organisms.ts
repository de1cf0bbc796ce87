import { reportUnknown, type Context } from './context.ts';
import { checkOrder, checkTexts } from './reference.ts';

/** The card of a model names runs that are there, and the run that trained it records how large it is. */
export function checkOrganisms(context: Context): void {
  const { organisms, runs } = context.content;
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
    const run = runs.find(({ id }) => id === data.run);
    for (const size of data.artefact === undefined ? ['parameters'] : ['parameters', 'artefact-bytes']) {
      if (run === undefined || run.data.values[size] !== undefined) continue;
      context.report(
        { file, line: lineOf(['run']) },
        `The run "${data.run}" has no value "${size}", which the card prints.`,
        'Name the run that trained the model, or have its script record the value.',
      );
    }
    checkTexts(context, record, [
      ...(['is', 'trained', 'does'] as const).map((field): [string, PropertyKey[]] => [data[field], [field]]),
      ...data.limits.map((text, n): [string, PropertyKey[]] => [text, ['limits', n]]),
    ]);
  }
  checkOrder(context, 'model', organisms);
}
