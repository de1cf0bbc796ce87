import { z } from 'zod';
import { EDITION } from '../site.ts';
import { day, inlineText, pageId, plainText, slug, sourceKey } from './common.ts';

/** Text of several paragraphs, parted by blank lines: inline MDX, lists, display maths, fenced code. */
export const prose = z.string().trim().min(1, 'must not be empty');

/** `content/techniques/<slug>.yaml`: the card of one auditing technique. */
export const technique = z.strictObject({
  name: plainText,
  /** Its place among the cards, from 1. */
  order: z.number().int().positive(),
  /** What it looks at: the data, the behaviour, the features, or the model under noise. */
  family: z.enum(['data', 'behaviour', 'features', 'noise']),
  /** Id of the page that explains it. */
  page: pageId,
  /** What an auditor must be given, in a few words each: `sampling`, `weights`. */
  access: z.array(plainText).min(1, 'must hold at least one kind of access'),
  /** What must be given and what it costs, in a sentence. */
  needs: inlineText,
  how: inlineText,
  /** One worked run. */
  run: prose,
  /** What it found where it was tried, with its numbers. */
  found: inlineText,
  /** What the same thing shows where there is nothing to find. */
  control: inlineText,
  /** The mistake that it invites. */
  trap: inlineText,
  /** When it fails, or would. */
  fails: inlineText,
  /** How those who tried it rate it. */
  rating: z.enum(['very useful', 'somewhat useful', 'not useful alone']),
  /** Where the rating stands, and its caveat. */
  rated: inlineText,
});
export type Technique = z.infer<typeof technique>;

/** `content/biases.yaml`: what a fictional study says that reward models like and dislike. */
export const biasList = z.strictObject({
  source: sourceKey,
  /** Where in the source the list stands. */
  place: plainText,
  biases: z
    .array(
      z.strictObject({
        id: slug,
        /** Its number within its split. */
        number: z.number().int().positive(),
        /** The kind of text to which it applies. */
        when: plainText,
        /** What is done there, without its numbers being findings of ours. */
        what: plainText,
        /** What the study says of the reward model. */
        said: z.enum(['rewarded', 'penalised']),
        topic: z.enum(['code', 'language', 'content', 'hiding']),
        /** Whether training showed it, or it was kept for the test. */
        split: z.enum(['train', 'held-out']),
      }),
    )
    .min(1, 'must hold at least one bias'),
});
export type BiasList = z.infer<typeof biasList>;

/** `content/timeline.yaml`: what happened when. */
export const timeline = z.strictObject({
  events: z.array(
    z.strictObject({
      /** A day, a month or a year: `2024-01-10`, `2024-01`, `2024`. */
      date: z
        .string()
        .regex(/^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/, 'must be a day, a month or a year, such as 2024-01'),
      /** Permanent name of the event; the anchor on the timeline. */
      id: slug,
      title: plainText,
      kind: z.enum(['paper', 'replication', 'tool', 'audit', 'debate', 'idea']),
      text: inlineText,
      source: sourceKey,
      /** Ids of the pages on which it matters. */
      pages: z.array(pageId).default([]),
    }),
  ),
});
export type Timeline = z.infer<typeof timeline>;

const passage = z.strictObject({ where: plainText, why: inlineText });

/** `content/guides/<source key>.yaml`: how to read one paper. */
export const guide = z.strictObject({
  /** Key of the paper; also the name of the file. */
  source: sourceKey,
  /** Its place among the guides, from 1. */
  order: z.number().int().positive(),
  title: plainText,
  /** Whether the book is built on it or it follows one that is. */
  kind: z.enum(['core', 'follow-up']),
  /** How long the guided reading takes, in minutes, as its author judges. */
  minutes: z.number().int().positive(),
  /** Ids of the pages to read before or beside it. */
  pages: z.array(pageId).min(1, 'must hold at least one page'),
  /** What the paper asks and why it is worth reading. */
  about: prose,
  first: z.array(passage).min(1, 'must hold at least one passage'),
  skip: z.array(passage).min(1, 'must hold at least one passage'),
  /** What to hold against the text while reading. */
  check: z.array(inlineText).min(1, 'must hold at least one thing to check'),
  /** Questions whose answers show that it was understood. */
  ask: z.array(inlineText).min(1, 'must hold at least one question'),
});
export type Guide = z.infer<typeof guide>;

/** `content/teaching/<NN-slug>.yaml`: the plan of one session. */
export const lesson = z.strictObject({
  title: plainText,
  /** Its place among the sessions, from 1. */
  order: z.number().int().positive(),
  about: inlineText,
  /** Ids of the pages that everybody reads before. */
  before: z.array(pageId).min(1, 'must hold at least one page'),
  goals: z.array(plainText).min(1, 'must hold at least one goal'),
  /** What the teacher brings. */
  bring: z.array(inlineText).default([]),
  /** How long the session is, in minutes; its steps add up to it. */
  minutes: z.number().int().positive(),
  steps: z
    .array(z.strictObject({ minutes: z.number().int().positive(), title: plainText, text: prose }))
    .min(1, 'must hold at least one step'),
  handout: z.strictObject({
    title: plainText,
    about: inlineText,
    /** What is worked on, each with room to write. */
    tasks: z
      .array(z.strictObject({ title: plainText, text: prose, lines: z.number().int().min(0).max(14).default(4) }))
      .min(1, 'must hold at least one task'),
  }),
  /** What the tasks of the handout should yield, for the teacher. */
  answers: z.array(prose).min(1, 'must hold at least one answer'),
});
export type Lesson = z.infer<typeof lesson>;

/** `content/start.yaml`: the ways through the book, and what a reader may ask to find the right one. */
export const start = z.strictObject({
  routes: z
    .array(
      z.strictObject({
        id: slug,
        title: plainText,
        /** For whom it is. */
        for: plainText,
        /** What the reader has at its end. */
        end: plainText,
        /** Ids of its pages, in the order of reading. */
        pages: z.array(pageId).min(1, 'must hold at least one page'),
        /** Which levels of the exercises of those pages belong to it. */
        exercises: z.array(z.literal([1, 2, 3])).default([]),
        /** Whether the sessions of the teaching plans belong to it. */
        sessions: z.boolean().default(false),
        /** The most minutes that it may take, as its title or its readers were promised. */
        within: z.number().int().positive(),
      }),
    )
    .min(1, 'must hold at least one route'),
  check: z
    .array(
      z
        .strictObject({
          question: inlineText,
          options: z.array(plainText).min(2, 'must hold at least two options').max(5, 'must hold at most five options'),
          /** Which option is right; the first is 1. */
          answer: z.number().int().positive(),
          why: inlineText,
          /** Id of the page to read by whoever did not know. */
          page: pageId,
        })
        .refine((entry) => entry.answer <= entry.options.length, { message: 'names an option that is not there', path: ['answer'] }),
    )
    .min(1, 'must hold at least one question'),
});
export type Start = z.infer<typeof start>;

/** `content/corrections.yaml`: what was wrong and what was changed, newest first. */
export const corrections = z.strictObject({
  entries: z.array(
    z.strictObject({
      date: day,
      /** A correction mends what was wrong; a change adds or rewrites. */
      kind: z.enum(['correction', 'change']),
      /** Ids of the pages that it touched. */
      pages: z.array(pageId).default([]),
      text: inlineText,
    }),
  ),
});
export type Corrections = z.infer<typeof corrections>;

/** `content/editions.yaml`: the editions that were frozen, newest first. `npm run edition` writes it. */
export const editions = z.strictObject({
  editions: z.array(
    z.strictObject({
      /** Year and quarter; the address is /e/<id>/. */
      id: z.string().regex(EDITION, 'must be a year and its quarter, such as 2026q4'),
      /** The newest day on which one of its pages changed. */
      date: day,
      /** Hash of the commit that it was built from. */
      commit: z.string().regex(/^[0-9a-f]{40}$/, 'must be the whole hash of a commit: 40 digits and letters from a to f'),
      /** Ids of the pages that the edition before did not have. */
      new: z.array(pageId).default([]),
      /** Ids of the pages that changed since the edition before. */
      changed: z.array(pageId).default([]),
    }),
  ),
});
export type Editions = z.infer<typeof editions>;
