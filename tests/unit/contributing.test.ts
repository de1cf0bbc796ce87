import { existsSync } from 'node:fs';
import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { checkContent } from '../../src/handbook/check/index.ts';
import { COMPONENTS, INLINE_COMPONENTS } from '../../src/handbook/vocabulary.ts';
import { readContent } from '../../src/reader/content.ts';
import { formatProblem } from '../../src/reader/problem.ts';
import { chapter, misconception, part, term } from '../../src/schemas/chapter.ts';
import { claim, claimFile } from '../../src/schemas/claim.ts';
import { axis, figureSchemaFor } from '../../src/schemas/figure.ts';
import { lab } from '../../src/schemas/lab.ts';
import { exercise, prediction, questions, recallPrompt } from '../../src/schemas/questions.ts';
import { organism } from '../../src/schemas/organism.ts';
import { recorded } from '../../src/schemas/recorded.ts';
import { redirects } from '../../src/schemas/redirects.ts';
import { biasList, corrections, editions, guide, lesson, start, technique, timeline } from '../../src/schemas/reference.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FIXTURES = join(ROOT, 'tests/fixtures');
const MANUAL = await readFile(join(ROOT, 'CONTRIBUTING.md'), 'utf8');

/** The files that the manual shows: a path alone on its line, then a fenced block. */
const EXAMPLES = [...MANUAL.matchAll(/^`(content\/[^`]+)`\n\n(?:<!-- prettier-ignore -->\n)?```\w+\n([\s\S]*?)^```$/gm)].map(
  ([, path = '', text = '']) => ({ path, text }),
);

const SCHEMAS = {
  chapter,
  part,
  term,
  misconception,
  claimFile,
  claim,
  questions,
  prediction,
  recallPrompt,
  exercise,
  lab,
  technique,
  guide,
  lesson,
  biasList,
  bias: biasList.shape.biases.element,
  timeline,
  event: timeline.shape.events.element,
  start,
  route: start.shape.routes.element,
  redirects,
  redirect: redirects.shape.entries.element,
  corrections,
  correction: corrections.shape.entries.element,
  editions,
  edition: editions.shape.editions.element,
  axis,
  dots: figureSchemaFor('dots'),
  lines: figureSchemaFor('lines'),
  timelineFigure: figureSchemaFor('timeline'),
  drawing: figureSchemaFor('drawing'),
  recorded,
  organism,
};

test.each(Object.entries(SCHEMAS).flatMap(([schema, { shape }]) => Object.keys(shape).map((key) => ({ schema, key }))))(
  'CONTRIBUTING.md names the key $key of $schema',
  ({ key }) => {
    expect(MANUAL).toMatch(new RegExp(`\`${key}(?:: [^\`]*)?\``));
  },
);

test('the table of components says what the vocabulary says', () => {
  const names = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
  const rows = [...MANUAL.matchAll(/^\| `<(\w+)>` +\|([^|]*)\|([^|]*)\|([^|]*)\|/gm)];
  const written = rows.map(([, name = '', required = '', optional = '', inline = '']): [string, unknown] => [
    name,
    { required: names(required), optional: names(optional), inline: inline.trim() === 'yes' },
  ]);
  const known = Object.entries(COMPONENTS).map(([name, { required, optional }]): [string, unknown] => [
    name,
    { required, optional, inline: INLINE_COMPONENTS.includes(name) },
  ]);
  expect(Object.fromEntries(written)).toEqual(Object.fromEntries(known));
});

test('the examples of CONTRIBUTING.md, laid over the good site, pass the content check', async () => {
  expect(EXAMPLES.length).toBeGreaterThanOrEqual(9);
  const site = await mkdtemp(join(tmpdir(), 'contributing-'));
  try {
    await cp(join(FIXTURES, 'good'), site, { recursive: true });
    for (const { path, text } of EXAMPLES) {
      await mkdir(dirname(join(site, path)), { recursive: true });
      await (path.endsWith('.bib') ? appendFile(join(site, path), `\n${text}`) : writeFile(join(site, path), text));
    }
    const content = await readContent(join(site, 'content'));
    expect(checkContent(content).map(formatProblem)).toEqual([]);
    expect(content.chapters.map((page) => page.data.id)).toContain('c1');
  } finally {
    await rm(site, { recursive: true });
  }
});

test('the messages that CONTRIBUTING.md shows are real', async () => {
  const shown = [...MANUAL.matchAll(/^```text\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text);
  const broken = await readdir(join(FIXTURES, 'broken'));
  const real = await Promise.all(broken.map((name) => readFile(join(FIXTURES, 'broken', name, 'expected.txt'), 'utf8')));
  expect(shown).toHaveLength(2);
  expect(shown.filter((text) => !real.some((expected) => expected.includes(text)))).toEqual([]);
});

test('the files and commands that CONTRIBUTING.md names are there', async () => {
  const { scripts } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
  const commands = [...MANUAL.matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name);
  expect(commands.filter((name) => !(name in scripts))).toEqual([]);
  const files = [...MANUAL.matchAll(/`((?:src|tests)\/[^`<]+)`/g)].map(([, path = '']) => path);
  expect(files.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});
