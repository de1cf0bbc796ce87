import { z } from 'zod';
import { recordedValue } from './claim.ts';
import { day, plainText, slug } from './common.ts';

/** The form of results files that this site reads. */
export const RECORDED_FORMAT = 1;

/** A row of a table; null where nothing was measured. */
const row = z.record(
  plainText,
  z.union([z.number(), z.string(), z.boolean(), z.null()], { error: 'must be a number, a text, true, false or null' }),
);

/** The rows of a table have the same columns, in one order, so that it can be printed. */
const table = z
  .array(row)
  .min(1, 'must hold at least one row')
  .superRefine((rows, context) => {
    const columns = Object.keys(rows[0] ?? {}).join(', ');
    for (const [index, entry] of rows.entries()) {
      if (Object.keys(entry).join(', ') === columns) continue;
      context.addIssue({ code: 'custom', path: [index], message: `must have the columns of the first row, ${columns}` });
    }
  });

/** The beginning of a SHA-256, as 16 hexadecimal digits. */
const hash = z.string().regex(/^[0-9a-f]{16}$/, 'must be 16 hexadecimal digits in quotes, such as 00f4c1d2e3a5b697');

/** `content/recorded/<run>.json`: what a run of ours measured, as its script wrote it. Nobody edits such a file. */
export const recorded = z.strictObject({
  /** The form of the file, for a reader of another time. */
  format: z.literal(RECORDED_FORMAT, { error: `must be ${RECORDED_FORMAT}, the form that this site reads` }),
  /** Permanent name of the run; also the name of the file. Its address is /reference/runs/<run>/. */
  run: slug,
  /** What was run, as a heading. */
  title: plainText,
  /** The command that computes it again. */
  script: plainText,
  /** The day on which it was run. */
  date: day,
  /** Hash of the recipe: corpus, stages, schedules and measures. */
  recipe: hash,
  /** Hash of the engine that ran it. */
  engine: hash,
  /** The seeds from which it was run, one for each repetition. */
  seeds: z.array(z.number().int().nonnegative()).min(1, 'must hold at least one seed'),
  /** What was measured, by name; claims take their numbers from here. */
  values: z.record(slug, recordedValue),
  /** Rows of what was measured, by the name of their table. */
  tables: z.record(slug, table),
});
export type Recorded = z.infer<typeof recorded>;
/** A number, a text, true or false, or nothing. */
export type RecordedCell = Recorded['tables'][string][number][string];
