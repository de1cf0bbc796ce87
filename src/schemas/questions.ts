import { z } from 'zod';
import { inlineText, pageId, plainText, slug } from './common.ts';
import { prose } from './reference.ts';

/** A guess that the reader commits to before the page answers it. */
export const prediction = z
  .strictObject({
    question: inlineText,
    /** What can be chosen. On a scale, from low to high. */
    options: z.array(plainText).min(2, 'must hold at least two options').max(5, 'must hold at most five options'),
    /** True where the options are points on one scale; they then stand in a row. */
    scale: z.boolean().default(false),
    /** Which option is right; the first is 1. */
    answer: z.number().int().positive(),
    /** Why, and why the tempting wrong answer tempts. */
    why: inlineText,
  })
  .refine((p) => p.answer <= p.options.length, { message: 'names an option that is not there', path: ['answer'] });

/** How hard an exercise is: 1 recalls or computes in a few minutes, 2 applies to a new case, 3 judges or designs. */
export const LEVELS = [1, 2, 3] as const;
export type Level = (typeof LEVELS)[number];

/** A problem to work on after the page, with its full answer. */
export const exercise = z.strictObject({
  /** Permanent name, which begins with the id of the page: `b3-which-training`. */
  id: slug,
  level: z.literal(LEVELS),
  title: plainText,
  question: prose,
  /** Every step of a calculation; for level 3 what a good answer holds and a weak one misses. */
  answer: prose,
});
export type Exercise = z.infer<typeof exercise>;

/** A question to recall the page by. */
export const recallPrompt = z.strictObject({
  /** Permanent name on its page, such as `q1`; the anchor is `recall-q1`. */
  id: slug,
  question: inlineText,
  answer: inlineText,
});

/** `content/questions/<page id>.yaml`: what a page asks its reader. */
export const questions = z.strictObject({
  /** Id of the page; also the name of the file. */
  page: pageId,
  predict: prediction,
  /** Prompts to recall the page by, each with its answer. */
  recall: z.array(recallPrompt).min(3, 'must hold at least three prompts').max(5, 'must hold at most five prompts'),
  /** Exercises on the page, the easy first. */
  exercises: z.array(exercise).default([]),
});
export type Questions = z.infer<typeof questions>;
