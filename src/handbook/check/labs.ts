import type { Context } from './context.ts';
import { checkHome } from './references.ts';
import { checkInline } from './text.ts';

/** Labs belong to a page that is there, and say what they do not show. Their words stand on a page of their own, apart from the book. */
export function checkLabs(context: Context): void {
  for (const record of context.content.labs) {
    const { data, file, lineOf } = record;
    const page = checkHome(context, record, 'name the page that it belongs to.');
    const texts: [string, PropertyKey[]][] = [
      [data.lead, ['lead']],
      [data.predict.question, ['predict', 'question']],
      [data.predict.why, ['predict', 'why']],
      ...data.reported.map((text, index): [string, PropertyKey[]] => [text, ['reported', index]]),
      ...data.limits.map((text, index): [string, PropertyKey[]] => [text, ['limits', index]]),
    ];
    for (const [text, path] of texts) checkInline(context, text, { file, page, apart: true }, (offset) => lineOf(path, offset));
  }
}
