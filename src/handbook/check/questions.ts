import type { Context } from './context.ts';
import { checkHome } from './references.ts';
import { checkInline } from './text.ts';

/** Questions belong to the page after which their file is named. */
export function checkQuestions(context: Context): void {
  for (const record of context.content.questions) {
    const { id, data, file, lineOf } = record;
    if (id !== data.page) {
      context.report(
        { file, line: lineOf(['page']) },
        `The file is named ${id}.yaml and its page is "${data.page}".`,
        `Name the file ${data.page}.yaml.`,
      );
    }
    const page = checkHome(context, record, 'delete the file.');
    const texts: [string, PropertyKey[]][] = [
      [data.predict.question, ['predict', 'question']],
      [data.predict.why, ['predict', 'why']],
      ...data.recall.flatMap(({ question, answer }, index): [string, PropertyKey[]][] => [
        [question, ['recall', index, 'question']],
        [answer, ['recall', index, 'answer']],
      ]),
    ];
    for (const [index, { id: name }] of data.recall.entries()) {
      const first = data.recall.findIndex((prompt) => prompt.id === name);
      if (first < index) {
        context.report(
          { file, line: lineOf(['recall', index, 'id']) },
          `The prompt "${name}" is there twice.`,
          `It is first on line ${lineOf(['recall', first, 'id'])}. Give this one another id.`,
        );
      }
    }
    for (const [index, exercise] of data.exercises.entries()) {
      const at = ['exercises', index];
      if (!exercise.id.startsWith(`${data.page}-`)) {
        context.report(
          { file, line: lineOf([...at, 'id']) },
          `The exercise "${exercise.id}" is not named after its page.`,
          `Begin its id with ${data.page}-, which keeps the ids of all exercises apart.`,
        );
      }
      for (const field of ['question', 'answer'] as const) {
        checkInline(context, exercise[field], { file, page, apart: true, paragraphs: true }, (offset) => lineOf([...at, field], offset));
      }
    }
    for (const [text, path] of texts) checkInline(context, text, { file, page }, (offset) => lineOf(path, offset));
  }
}
