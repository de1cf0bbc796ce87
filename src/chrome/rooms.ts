import { figuresOf } from '../handbook/figures.ts';
import type { Handbook } from '../handbook/handbook.ts';
import { words } from './words.ts';

/** A room of the reference: a list that readers look things up in. */
export interface Room {
  /** The permanent short address is /<id>/. */
  readonly id: string;
  readonly title: string;
  readonly href: string;
  /** What is in it, in a sentence. */
  readonly about: string;
}

/** The rooms of the reference that hold something, in the order in which they are shown. */
export function roomsOf(handbook: Handbook): Room[] {
  const { links } = handbook;
  const exercises = handbook.pages.reduce((sum, page) => sum + handbook.exercises(page.id).length, 0);
  const rooms: (Room & { readonly size: number })[] = [
    { id: 'r1', title: words.glossary, href: links.glossary(), about: 'terms, each with its own address.', size: handbook.terms.length },
    { id: 'r2', title: words.exercises, href: links.exercises(), about: 'exercises in three levels, with full answers.', size: exercises },
    {
      id: 'r3',
      title: words.misconceptions,
      href: links.misconceptions(),
      about: 'beliefs that are wrong, and what to say instead.',
      size: handbook.misconceptions.length,
    },
    {
      id: 'r4',
      title: words.claims,
      href: links.claims(),
      about: 'claims with source, place and status: the ledger behind every number.',
      size: handbook.claims.length,
    },
    {
      id: 'r10',
      title: words.techniques,
      href: links.techniques(),
      about: 'techniques of an audit, each on a card with its control and its trap.',
      size: handbook.techniques.length,
    },
    {
      id: 'r11',
      title: `The ${handbook.biases?.biases.length ?? 0} biases`,
      href: links.biases(),
      about: 'invented biases on which the audited model was trained and tested.',
      size: handbook.biases?.biases.length ?? 0,
    },
    {
      id: 'r5',
      title: words.timeline,
      href: links.timeline(),
      about: 'events, from the first backdoors to now.',
      size: handbook.timeline.length,
    },
    {
      id: 'r12',
      title: words.reading,
      href: links.reading(),
      about: 'papers, each with what to read first, what to skip and what to check.',
      size: handbook.guides.length,
    },
    {
      id: 'r13',
      title: words.figures,
      href: links.figures(),
      about: 'figures, each with its address and what to paste to show it on another site.',
      size: figuresOf(handbook).length,
    },
    {
      id: 'r16',
      title: words.models,
      href: links.models(),
      about: 'models that we trained: on what, what they do, and what they do not show.',
      size: handbook.organisms.length,
    },
    {
      id: 'r17',
      title: words.runs,
      href: links.runs(),
      about: 'runs of our own, each with its numbers, its seeds and the script that computes it again.',
      size: handbook.runs.length,
    },
    { id: 'r6', title: words.bibliography, href: links.bibliography(), about: 'sources.', size: handbook.sources.length },
    {
      id: 'r8',
      title: words.teaching,
      href: links.teaching(),
      about: 'sessions, planned to the minute, with handouts to print.',
      size: handbook.lessons.length,
    },
  ];
  return [
    ...rooms.filter(({ size }) => size > 0).map(({ size, about, ...room }) => ({ ...room, about: `${size} ${about}` })),
    { id: 'r7', title: words.citing, href: links.citing(), about: 'How to cite a page, and which addresses stay.' },
    ...(handbook.editions.length === 0
      ? []
      : [
          { id: 'r14', title: words.editions, href: links.editions(), about: 'The book as it stood on one day, with what came with each.' },
        ]),
    { id: 'r9', title: words.corrections, href: links.corrections(), about: 'What was wrong and is mended, and what was changed.' },
    { id: 'r15', title: words.history, href: links.history(), about: 'When each page was changed, and what was done to it.' },
    { id: 'r18', title: words.engine, href: links.engine(), about: 'Whether the models of the labs become the same here as elsewhere.' },
  ];
}
