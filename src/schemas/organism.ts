import { z } from 'zod';
import { inlineText, plainText, slug } from './common.ts';

/** What a run may record about the model that it trained, in the order in which a card prints it. */
export const SIZES = ['parameters', 'layers', 'width', 'heads', 'vocabulary', 'context', 'artefact-bytes'] as const;
export type Size = (typeof SIZES)[number];

/** `content/organisms/<id>.yaml`: the card of a model that this site trained. It holds no number: those come from its run. */
export const organism = z.strictObject({
  /** As it stands in a heading. */
  name: plainText,
  /** Its place among the cards, from 1. */
  order: z.number().int().positive(),
  /** The labs that use it, by their ids; `game` is the game. */
  labs: z.array(slug).min(1, 'must hold at least one lab'),
  /** The architecture in words, in a sentence or two. */
  is: inlineText,
  /** On what it was trained, and how. */
  trained: inlineText,
  /** What it does. */
  does: inlineText,
  /** What it must not be taken to show, each in a sentence. */
  limits: z.array(inlineText).min(1, 'must hold at least one limit'),
  /** A run that trained it: its results file holds the sizes of the model, `parameters` at least. */
  run: slug,
  /** Further runs in which it was measured. */
  runs: z.array(slug).default([]),
  /** Name of the file with its weights, below public/labs/weights. */
  artefact: z
    .string()
    .regex(/^[a-z0-9]+(?:[.-][a-z0-9]+)*$/, 'must be the name of a file below public/labs/weights, such as base-64.bin')
    .optional(),
});
export type Organism = z.infer<typeof organism>;
