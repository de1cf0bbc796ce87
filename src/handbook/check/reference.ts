import type { Technique } from '../../schemas/reference.ts';
import { pageMinutes, routeMinutes } from '../reading-time.ts';
import type { Context, Spot } from './context.ts';
import { checkOnce } from './names.ts';
import { checkHome, checkPageIds } from './references.ts';
import { checkSource } from './sources.ts';
import { checkInline, type TextHost } from './text.ts';

type LineOf = (path: readonly PropertyKey[], offset?: number) => number;

/** Checks texts of a record that belongs to no page, each by its path; those of several paragraphs with `paragraphs`. */
export function checkTexts(
  context: Context,
  { file, lineOf }: { readonly file: string; readonly lineOf: LineOf },
  texts: readonly (readonly [text: string, path: readonly PropertyKey[]])[],
  host: Partial<TextHost> = {},
): void {
  for (const [text, path] of texts) {
    checkInline(context, text, { file, page: undefined, apart: true, ...host }, (offset) => lineOf(path, offset));
  }
}

/** Cards stand on the page that explains them, each at a place of its own in their order. */
export function checkTechniques(context: Context): void {
  const { techniques } = context.content;
  for (const record of techniques) {
    const { id, data, file } = record;
    const page = checkHome(context, record, 'name the page that explains it.');
    const inline = ['needs', 'how', 'found', 'control', 'trap', 'fails', 'rated'] as const;
    checkTexts(
      context,
      record,
      inline.map((field) => [data[field], [field]]),
      { page },
    );
    checkTexts(context, record, [[data.run, ['run']]], { page, paragraphs: true });
    // a page that was not read may show it
    if (!context.used.techniques.has(id) && !context.lost.has('page')) {
      context.report(
        { file, line: 1 },
        `The technique "${id}" is shown on no page.`,
        `Write <Technique id="${id}" /> on page ${data.page}, or delete the file.`,
      );
    }
  }
  checkOrder(context, 'technique', techniques);
}

/** Each record of a kind has a place of its own among the others. */
export function checkOrder(
  context: Context,
  kind: string,
  records: readonly { readonly data: { readonly order: number }; readonly file: string; readonly lineOf: LineOf }[],
): void {
  checkOnce(
    context,
    `place of a ${kind}`,
    records.map(({ data, file, lineOf }) => ({ name: String(data.order), spot: { file, line: lineOf(['order']) } })),
    'Give this one another place.',
  );
}

/** The list of biases rests on a source, and its numbers count through each split. */
export function checkBiases(context: Context): void {
  const { biases: record } = context.content.single;
  if (record === undefined) return;
  const { data, file, lineOf } = record;
  checkSource(context, data.source, { file, line: lineOf(['source']) });
  const spot = (index: number, key: string): Spot => ({ file, line: lineOf(['biases', index, key]) });
  checkOnce(
    context,
    'bias',
    data.biases.map(({ id }, index) => ({ name: id, spot: spot(index, 'id') })),
    'Give this one an id of its own.',
  );
  checkOnce(
    context,
    'number of a bias',
    data.biases.map(({ split, number }, index) => ({ name: `${split} ${number}`, spot: spot(index, 'number') })),
    'Count through each split.',
  );
}

/** Reports where a list does not keep its order. */
function checkSorted(
  context: Context,
  dates: readonly string[],
  inOrder: (a: string, b: string) => boolean,
  spotOf: (index: number) => Spot,
  remedy: string,
): void {
  for (const [index, date] of dates.entries()) {
    const before = dates[index - 1];
    if (before !== undefined && !inOrder(before, date)) context.report(spotOf(index), `"${date}" stands after "${before}".`, remedy);
  }
}

/** Events stand in the order of their dates, each with a source. */
export function checkTimeline(context: Context): void {
  const { timeline: record } = context.content.single;
  if (record === undefined) return;
  const { data, file, lineOf } = record;
  checkSorted(
    context,
    data.events.map(({ date }) => date),
    (a, b) => a <= b,
    (index) => ({ file, line: lineOf(['events', index, 'date']) }),
    'Put the earlier first.',
  );
  checkOnce(
    context,
    'event',
    data.events.map(({ id }, index) => ({ name: id, spot: { file, line: lineOf(['events', index, 'id']) } })),
    'Give this one an id of its own.',
  );
  for (const [index, event] of data.events.entries()) {
    const at = ['events', index];
    checkSource(context, event.source, { file, line: lineOf([...at, 'source']) });
    checkPageIds(context, event.pages, file, (n) => lineOf([...at, 'pages', n]));
    checkTexts(context, record, [[event.text, [...at, 'text']]]);
  }
}

/** A reading guide is named after its paper, which is a source of the book. */
export function checkGuides(context: Context): void {
  for (const record of context.content.guides) {
    const { id, data, file, lineOf } = record;
    if (id !== data.source) {
      context.report(
        { file, line: lineOf(['source']) },
        `The file is named ${id}.yaml and its source is "${data.source}".`,
        `Name the file ${data.source}.yaml, or mend the source.`,
      );
    }
    checkSource(context, data.source, { file, line: lineOf(['source']) });
    checkPageIds(context, data.pages, file, (n) => lineOf(['pages', n]));
    checkTexts(context, record, [[data.about, ['about']]], { paragraphs: true });
    checkTexts(context, record, [
      ...data.first.map(({ why }, n): [string, PropertyKey[]] => [why, ['first', n, 'why']]),
      ...data.skip.map(({ why }, n): [string, PropertyKey[]] => [why, ['skip', n, 'why']]),
      ...data.check.map((text, n): [string, PropertyKey[]] => [text, ['check', n]]),
      ...data.ask.map((text, n): [string, PropertyKey[]] => [text, ['ask', n]]),
    ]);
  }
  checkOrder(context, 'guide', context.content.guides);
}

/** The steps of a session fill its time, and the teacher has an answer for each task. */
export function checkLessons(context: Context): void {
  for (const record of context.content.lessons) {
    const { data, file, lineOf } = record;
    checkPageIds(context, data.before, file, (n) => lineOf(['before', n]));
    const sum = data.steps.reduce((minutes, step) => minutes + step.minutes, 0);
    if (sum !== data.minutes) {
      context.report(
        { file, line: lineOf(['minutes']) },
        `The steps of the session take ${sum} minutes, not ${data.minutes}.`,
        'Mend the minutes of a step.',
      );
    }
    const { tasks } = data.handout;
    if (data.answers.length !== tasks.length) {
      context.report(
        { file, line: lineOf(['answers']) },
        `The handout has ${tasks.length} tasks, and there are ${data.answers.length} answers.`,
        'Give each task its answer, in the same order.',
      );
    }
    checkTexts(context, record, [
      [data.about, ['about']],
      [data.handout.about, ['handout', 'about']],
      ...data.bring.map((text, n): [string, PropertyKey[]] => [text, ['bring', n]]),
    ]);
    checkTexts(
      context,
      record,
      [
        ...data.steps.map(({ text }, n): [string, PropertyKey[]] => [text, ['steps', n, 'text']]),
        ...tasks.map(({ text }, n): [string, PropertyKey[]] => [text, ['handout', 'tasks', n, 'text']]),
        ...data.answers.map((text, n): [string, PropertyKey[]] => [text, ['answers', n]]),
      ],
      { paragraphs: true },
    );
  }
  checkOrder(context, 'session', context.content.lessons);
}

/** A route keeps the order in which pages need one another, and takes no longer than promised. */
export function checkStart(context: Context): void {
  const { content, exists, lost, report } = context;
  const { start: record } = content.single;
  if (record === undefined) return;
  const { data, file, lineOf } = record;
  const cards = new Map(content.techniques.map(({ id, data: card }): [string, Technique] => [id, card]));
  for (const [index, route] of data.routes.entries()) {
    const at = ['routes', index];
    for (const [n, id] of route.pages.entries()) {
      const spot = { file, line: lineOf([...at, 'pages', n]) };
      const page = exists.pages.get(id);
      if (page === undefined) {
        checkPageIds(context, [id], file, () => spot.line);
        if (exists.planned.has(id)) report(spot, `The page "${id}" is planned and not there yet.`, 'Leave it out of the route.');
        continue;
      }
      const late = page.data.needs.find((need) => route.pages.indexOf(need) > n);
      if (late !== undefined) report(spot, `Page ${id} stands before ${late}, which it needs.`, `Put ${late} before it.`);
    }
    const pages = route.pages.flatMap((id) => exists.pages.get(id) ?? []);
    const exercises = content.questions
      .filter(({ data: { page } }) => route.pages.includes(page))
      .flatMap((entry) => entry.data.exercises.filter(({ level }) => route.exercises.includes(level)));
    const minutes = routeMinutes(
      pages.map(({ outline }) => pageMinutes(outline, cards)),
      exercises,
      route.sessions ? content.lessons.map((lesson) => lesson.data.minutes) : [],
    );
    // what could not be read might make it longer, never shorter
    if (minutes > route.within && !lost.has('text')) {
      report(
        { file, line: lineOf([...at, 'within']) },
        `The route "${route.id}" takes ${minutes} minutes, more than the ${route.within} that it may take.`,
        'Leave a page out, or promise more.',
      );
    }
  }
  for (const [index, entry] of data.check.entries()) {
    const at = ['check', index];
    checkPageIds(context, [entry.page], file, () => lineOf([...at, 'page']));
    checkTexts(context, record, [
      [entry.question, [...at, 'question']],
      [entry.why, [...at, 'why']],
    ]);
  }
}

/** Corrections stand newest first. */
export function checkCorrections(context: Context): void {
  const { corrections: record } = context.content.single;
  if (record === undefined) return;
  const { data, file, lineOf } = record;
  checkSorted(
    context,
    data.entries.map(({ date }) => date),
    (a, b) => a >= b,
    (index) => ({ file, line: lineOf(['entries', index, 'date']) }),
    'Put the later first.',
  );
  for (const [index, entry] of data.entries.entries()) {
    checkPageIds(context, entry.pages, file, (n) => lineOf(['entries', index, 'pages', n]));
    checkTexts(context, record, [[entry.text, ['entries', index, 'text']]]);
  }
}

/** Editions stand newest first, each once, and name pages that are there. */
export function checkEditions(context: Context): void {
  const { editions: record } = context.content.single;
  if (record === undefined) return;
  const { data, file, lineOf } = record;
  checkOnce(
    context,
    'edition',
    data.editions.map(({ id }, index) => ({ name: id, spot: { file, line: lineOf(['editions', index, 'id']) } })),
    'An edition is frozen once; delete the other.',
  );
  checkSorted(
    context,
    data.editions.map(({ date }) => date),
    (a, b) => a >= b,
    (index) => ({ file, line: lineOf(['editions', index, 'date']) }),
    'Put the later first.',
  );
  for (const [index, edition] of data.editions.entries()) {
    for (const list of ['new', 'changed'] as const) {
      checkPageIds(context, edition[list], file, (n) => lineOf(['editions', index, list, n]));
    }
  }
}
