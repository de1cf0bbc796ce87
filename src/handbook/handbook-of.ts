import type { Content } from '../reader/content.ts';
import { Handbook, type Records } from './handbook.ts';

/** The records of a handbook out of content that was read without Astro. */
export function recordsOf(content: Content): Records {
  const byName = (a: string, b: string): number => (a < b ? -1 : 1);
  return {
    parts: content.parts.map(({ data, folder, slug }) => ({ ...data, folder, slug })).toSorted((a, b) => byName(a.folder, b.folder)),
    pages: content.chapters.toSorted((a, b) => (a.folder === b.folder ? a.order - b.order : byName(a.folder, b.folder))),
    claims: content.claims.map(({ data, source, file, recorded, lineOf }) => ({ data, source, file, recorded, line: lineOf([]) })),
    sources: content.sources,
    terms: content.terms,
    misconceptions: content.misconceptions,
    questions: content.questions,
    figures: content.figures,
    techniques: content.techniques,
    guides: content.guides,
    lessons: content.lessons,
    labs: content.labs,
    runs: content.runs,
    organisms: content.organisms,
    single: {
      biases: content.single.biases?.data,
      timeline: content.single.timeline?.data,
      start: content.single.start?.data,
      corrections: content.single.corrections?.data,
      editions: content.single.editions?.data,
    },
  };
}

/** The handbook as Astro assembles it. */
export function handbookOf(content: Content, base: string): Handbook {
  return new Handbook(recordsOf(content), base);
}
