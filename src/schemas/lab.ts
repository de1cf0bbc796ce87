import { z } from 'zod';
import { inlineText, pageId, plainText, slug } from './common.ts';
import { prediction } from './questions.ts';

/** `content/labs/<slug>.yaml`: the words around a lab. What it computes stands in `src/labs/<slug>/`. */
export const lab = z.strictObject({
  /** What its reader sets out to do, as a heading. */
  title: plainText,
  /** What it is and what it answers, in two or three sentences. */
  lead: inlineText,
  /** Id of the page that it belongs to. */
  page: pageId,
  /** The guess that the reader commits to before the lab shows anything. */
  predict: prediction,
  /** What papers report on the same question, each in a sentence or two with its claims, and where our own runs differ. */
  reported: z.array(inlineText).default([]),
  /** What the toy does not show, each in a sentence or two. */
  limits: z.array(inlineText).min(1, 'must hold at least one limit'),
  /** Ids of the cards of the models that it runs. */
  models: z.array(slug).default([]),
});
export type Lab = z.infer<typeof lab>;
