import { z } from 'zod';
import { inlineText, plainText, slug, sourceKey } from './common.ts';

/** How far the evidence for a claim goes, in falling order. */
export const STATUSES = ['demonstrated', 'replicated', 'disputed', 'open'] as const;
export type Status = (typeof STATUSES)[number];

const unit = plainText.describe('"%", "points", or a plural noun such as "prompts"');

/** A number as the source gives it. A percentage is 55 with the unit "%", never 0.55. */
const quantity = z.strictObject({
  /** The number itself. */
  value: z.number(),
  unit: unit.optional(),
  /** True where the source gives it only roughly; it is then printed as "about 55 %". */
  about: z.boolean().optional(),
  /** Lower and upper end of the interval the source gives, in the same unit. */
  low: z.number().optional(),
  high: z.number().optional(),
  /** How many cases the number was measured on. */
  n: z.number().int().positive().optional(),
});

/** A count out of a total, such as 3 of 4 teams. Its Wilson interval is computed where it is drawn. */
const proportion = z
  .strictObject({
    count: z.number().int().nonnegative(),
    of: z.number().int().positive(),
    unit: unit.optional(),
  })
  .refine((p) => p.count <= p.of, { message: 'count is larger than of', path: ['count'] });

/** A span the source gives, such as 15 to 30 %. */
const span = z
  .strictObject({ from: z.number(), to: z.number(), unit: unit.optional(), about: z.boolean().optional() })
  .refine((s) => s.from <= s.to, { message: 'from is larger than to', path: ['from'] });

/** A value that is no number, such as the name of a model. */
const words = z.strictObject({ text: plainText });

/** A value in a results file of our own, as the script measured it: nothing is known only roughly. */
export const recordedValue = z.union([quantity.omit({ about: true }), proportion], {
  error: 'must be { value, unit?, low?, high?, n? } or { count, of, unit? }',
});

/** A value of a results file in content/recorded, in place of a typed number: `<run>/<value>`. */
const reference = z.strictObject({
  recorded: z
    .string()
    .regex(
      /^[a-z0-9]+(?:-[a-z0-9]+)*\/[a-z0-9]+(?:-[a-z0-9]+)*$/,
      'must be the name of a run and of its value, such as backdoor-grid/survive',
    ),
});

const writtenValue = z.union([quantity, proportion, span, words, reference], {
  error:
    'must be { value, unit?, about?, low?, high?, n? }, { count, of, unit? }, { from, to, unit?, about? }, { text } or, of our own runs, { recorded }',
});
export type WrittenValue = z.infer<typeof writtenValue>;
/** A value as everything behind the reader sees it: with its number, wherever that was written. */
export type ClaimValue = Exclude<WrittenValue, z.infer<typeof reference>>;

/** One fact that the book states. */
export const claim = z.strictObject({
  /** Permanent name: the claim's address is /reference/claims/<id>/. */
  id: slug,
  /** The fact in one full sentence of our own, readable alone. `{key}` stands for a value below. */
  statement: plainText,
  /** In which set-up it holds: models, data, training, prompts, measure, and n where it is known. */
  setup: plainText,
  /** The numbers, by name. The first is what `<Claim id="…" />` prints. A claim without numbers has none. */
  values: z.record(slug, writtenValue).optional(),
  /** Where in the source it stands: section, figure, table, page. */
  place: plainText,
  /** demonstrated: one source showed it in its set-up; replicated: an independent second one did too; disputed; open. */
  status: z.enum(STATUSES, { error: `must be one of ${STATUSES.join(', ')}` }),
  /** primary: read in the source itself; secondary: read in somebody's account of it. */
  read: z.enum(['primary', 'secondary'], { error: 'must be primary or secondary' }),
  /** Whose account, for a secondary reading: a key of sources.bib or words. */
  via: plainText.optional(),
  /** What a careful reader should know: an unknown n, a number read off a bar, a difference from the abstract. */
  note: inlineText.optional(),
  /** Further sources that bear on it, as keys of sources.bib. */
  also: z.array(sourceKey).min(1).optional(),
});
/** A claim as its file has it. */
export type WrittenClaim = z.infer<typeof claim>;
/** A claim whose values are numbers, also where the file names a results file for them. */
export type Claim = Omit<WrittenClaim, 'values'> & { values?: Record<string, ClaimValue> | undefined };

/** `content/claims/<source key>.yaml`: the facts that rest on one source. */
export const claimFile = z.strictObject({
  /** Key of that source in sources.bib; also the name of the file. */
  source: sourceKey,
  claims: z.array(claim).min(1, 'must hold at least one claim'),
});
