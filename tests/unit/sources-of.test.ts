import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { handbookOf } from '../../src/handbook/handbook-of.ts';
import { newestChange } from '../../src/handbook/newest-change.ts';
import { sourcesOf } from '../../src/handbook/sources-of.ts';
import { readContent } from '../../src/reader/content.ts';

const content = await readContent(fileURLToPath(new URL('../fixtures/good/content', import.meta.url)));
const handbook = handbookOf(content, '/');

const keysOf = (id: string): string[] => sourcesOf(handbook, handbook.page(id)).map(({ key }) => key);

/** The same book with other texts on one page. */
function bookWith(change: { misconception?: string; why?: string; cell?: string; attribute?: Record<string, string>; name?: string }) {
  const outline = (uses: readonly object[]) => ({ sections: [], blocks: [], words: 0, uses });
  return handbookOf(
    {
      ...content,
      misconceptions: content.misconceptions.map((entry) => ({ ...entry, data: { ...entry.data, wrong: change.misconception ?? 'No.' } })),
      questions: content.questions.map((entry) => ({
        ...entry,
        data: { ...entry.data, predict: { ...entry.data.predict, why: change.why ?? 'So.' } },
      })),
      figures: content.figures.map((entry) => ({ ...entry, data: { title: 'x', rows: [{ waxed: change.cell ?? 'not run' }] } })),
      chapters: content.chapters.map((page) => ({
        ...page,
        outline: outline(change.name === undefined ? [] : [{ name: change.name, attributes: change.attribute ?? {}, text: '', line: 1 }]),
      })),
    } as unknown as typeof content,
    '/',
  );
}

test.each([
  { where: 'nowhere', change: {}, keys: [] },
  { where: 'in a citation', change: { name: 'Cite', attribute: { id: 'sink2022again' } }, keys: ['sink2022again'] },
  { where: 'under a claim', change: { name: 'Claim', attribute: { id: 'ducks-squeak' } }, keys: ['tub2021ducks'] },
  { where: 'in a formula', change: { name: 'Calc', attribute: { of: 'boats-afloat:plain * 2' } }, keys: ['fold2020boats'] },
  {
    where: 'in a misconception',
    change: { name: 'Misconception', attribute: { id: 'ducks-can-read' }, misconception: 'See <Cite id="sink2022again" at="p. 3" />.' },
    keys: ['sink2022again'],
  },
  { where: 'in a prediction', change: { why: 'As <Claim id="ducks-squeak">they do</Claim>.' }, keys: ['tub2021ducks'] },
  {
    where: 'in a cell of a chart',
    change: { name: 'Chart', attribute: { id: 'afloat' }, cell: 'boats-afloat:plain' },
    keys: ['fold2020boats'],
  },
  { where: 'as a whole cell', change: { name: 'Chart', attribute: { id: 'afloat' }, cell: 'ducks-squeak' }, keys: ['tub2021ducks'] },
  { where: 'as no value of a claim', change: { name: 'Chart', attribute: { id: 'afloat' }, cell: 'boats-afloat:sunk' }, keys: [] },
])('a page rests on the source that is named $where', ({ change, keys }) => {
  const book = bookWith(change);
  expect(sourcesOf(book, book.page('a1')).map(({ key }) => key)).toEqual(keys);
});

test('the sources of a page stand in the order of the bibliography, each once', () => {
  expect(keysOf('a1')).toEqual(['fold2020boats']);
  expect(keysOf('b1')).toContain('tub2021ducks');
});

test('the book last changed when its newest page did', () => {
  expect(newestChange({ pages: [{ updated: '2026-01-02' }, { updated: '2026-03-01' }, { updated: '2025-12-31' }] as never })).toBe(
    '2026-03-01',
  );
});
