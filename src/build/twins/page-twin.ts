import { z } from 'zod';
import { STATUSES } from '../../schemas/claim.ts';

const address = z.url().describe('A whole address');
const day = z.iso.date().describe('A day, such as 2026-11-21');
const html = z
  .string()
  .describe(
    'HTML without scripts, forms, styles or pictures: links are whole, formulas are MathML with their TeX in the annotation, and a link of the class "claim" has the status of the claim in data-status',
  );
const pageRef = z.strictObject({ id: z.string(), title: z.string(), url: address });
const count = z.number().int().nonnegative();

/**
 * `page.json`: a page of the book for programs. The shape is a promise to those who read it: keys may be added, none is renamed, removed or
 * given another meaning.
 */
export const pageTwin = z
  .strictObject({
    $schema: address.describe('Where this schema is'),
    id: z.string().describe('Permanent id of the page, such as b2'),
    title: z.string(),
    answer: z.string().describe('What the page has to say, in one sentence'),
    status: z
      .strictObject({ demonstrated: count, replicated: count, disputed: count, open: count })
      .describe('How many claims of each status the page rests on'),
    updated: day.describe('Day of the last change that a reader would notice'),
    minutes: z.number().int().positive().describe('Reading time'),
    url: address.describe('The page'),
    short: address.describe('Its permanent address, which stays whatever becomes of its title'),
    markdown: address.describe('The page as Markdown'),
    part: z.strictObject({ id: z.string(), title: z.string(), url: address }),
    needs: z.array(pageRef).describe('Pages that it builds on'),
    related: z.array(pageRef).describe('Pages worth reading beside it'),
    outcomes: z.array(z.string()).describe('Each completes "Afterwards you can …"'),
    citation: z.strictObject({ text: z.string().describe('How to cite the page, in plain text') }),
    license: z.strictObject({ name: z.string(), url: address }),
    lead: html.describe('What stands before the first section, the question to predict among it; HTML as in the sections'),
    sections: z.array(
      z.strictObject({
        id: z.string().describe('Its anchor'),
        title: z.string(),
        number: z.number().int().positive(),
        url: address,
        html,
      }),
    ),
    claims: z
      .array(
        z.strictObject({
          id: z.string(),
          statement: z.string(),
          values: z
            .record(z.string(), z.string())
            .describe('Its numbers by name, as they are printed; the first is the one that is quoted'),
          status: z.enum(STATUSES),
          source: z.strictObject({
            key: z.string().describe('Key of the source in the bibliography'),
            name: z.string().describe('Authors and year'),
            url: address.describe('Its entry in the bibliography'),
          }),
          provenance: z
            .enum(['reported', 'recorded'])
            .describe('Whether the numbers are those of the source, or were recorded in a run of our own'),
          runs: z
            .array(
              z.strictObject({ run: z.string(), title: z.string(), url: address, file: address.describe('Its results file, as JSON') }),
            )
            .describe('The runs of our own from which the numbers come; none where they are reported'),
          place: z.string().describe('Where in the source'),
          url: address,
        }),
      )
      .describe('The claims that the page links to, in the order in which they first stand there'),
    figures: z.array(
      z.strictObject({
        id: z.string().describe('Its anchor'),
        number: z.string(),
        title: z.string(),
        caption: z.string(),
        url: address,
      }),
    ),
  })
  .meta({ title: 'A page of the handbook', description: 'What page.json holds, beside every page of the book' });
export type PageTwin = z.infer<typeof pageTwin>;

/** The schema as JSON Schema, under its address. */
export function pageSchema(id: string): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(pageTwin);
  return { $schema, $id: id, ...rest };
}
