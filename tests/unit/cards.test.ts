import { fromHtml } from 'hast-util-from-html';
import { renderToString } from 'katex';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import { cardsOf } from '../../src/build/cards/cards-of.ts';
import type { Card, Run } from '../../src/build/cards/card.ts';
import { cardSvg, drawCard, layoutOf } from '../../src/build/cards/drawing.ts';
import { faceOf, readFace } from '../../src/build/cards/faces.ts';
import { lightColours } from '../../src/build/cards/ink.ts';
import { readPicture } from '../../src/build/cards/picture.ts';
import { encodePng, isWholePng } from '../../src/build/cards/png.ts';
import { plain, runsOf } from '../../src/build/cards/rich-text.ts';
import { missing, setLines } from '../../src/build/cards/setting.ts';
import { CardStore } from '../../src/build/cards/write-cards.ts';
import { handbookOf } from '../../src/handbook/handbook-of.ts';
import { readContent } from '../../src/reader/content.ts';
import { STATUSES } from '../../src/schemas/claim.ts';
import { CARD_SIZE } from '../../src/site.ts';

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const toy = handbookOf(await readContent(at('tests/fixtures/good/content')), '/name/');
const book = handbookOf(await readContent(at('content')), '/');
const formula = renderToString('p_{\\text{bad}} \\approx \\frac{3}{n}');

/** Stands for every page of the toy site at once. */
const PAGE = `<main>
  <h2 id="why">Why</h2><figure><p>not this</p></figure><div><p>Paper is <em>thin</em> and <a class="claim">5 of 8 boats<i class="moon">⁠</i></a> sank.</p></div>
  <figure id="fig-afloat"><svg class="fig wide" viewBox="0 0 600 200"><line class="grid" x1="0" y1="0" x2="600" y2="0"/><text class="v" x="300" y="20" text-anchor="middle">5 of 8</text></svg>
  <figcaption><p><b>Figure a1.1.</b> Boats afloat. <a class="cite">Bow 2021</a></p></figcaption></figure>
  <p class="answer">A definition with ${formula} in it.</p>
  <dl class="mis"><dt>You may think</dt><dd>x</dd><dt>That is wrong</dt><dd>y</dd><dt>Instead say</dt><dd>that it floats.</dd></dl>
</main>`;

async function all(origin = 'https://example.org'): Promise<Card[]> {
  const cards: Card[] = [];
  for await (const card of cardsOf(toy, origin, () => Promise.resolve(PAGE))) cards.push(card);
  return cards;
}

const cards = await all();
const cardAt = (name: string): Card => {
  const card = cards.find(({ href }) => href === `/name/cards/${name}.png`);
  if (card === undefined) throw new Error(`There is no card ${name}.`);
  return card;
};
const claim = cards.find(({ evidence }) => evidence !== undefined)?.href.slice('/name/cards/'.length, -'.png'.length) ?? '';
const sentence = (words: string): Card => ({ href: '', title: [{ text: words }], sentence: true, address: '/' });

test('everything that can be linked to has a card of its own', () => {
  const anchors = toy.pages.flatMap(({ id, outline }) => [
    id,
    ...outline.sections.map((section) => `${id}/${section.id}`),
    ...outline.blocks.filter(({ kind }) => kind === 'figure').map(({ anchor }) => `${id}/${anchor}`),
  ]);
  expect(cards.map(({ href }) => href).sort()).toEqual(
    [
      'site',
      ...toy.parts.filter(({ pages }) => pages.length > 0).map(({ id }) => `part-${id}`),
      ...anchors,
      ...toy.claims.map(({ id }) => `claims/${id}`),
      ...toy.terms.map(({ id }) => `terms/${id}`),
      ...toy.misconceptions.map(({ id }) => `misconceptions/${id}`),
    ]
      .map((name) => `/name/cards/${name}.png`)
      .sort(),
  );
});

test.each([
  'site',
  'part-a',
  'a1',
  `a1/${toy.page('a1').outline.sections[0]?.id ?? ''}`,
  'a1/fig-fold',
  claim,
  'terms/keel',
  'misconceptions/wax-is-magic',
])('the card %s is a PNG of 1200 × 630', async (name) => {
  const png = await drawCard(cardAt(name));
  const { format, width, height } = await sharp(png).metadata();
  expect({ format, width, height }).toEqual({ format: 'png', width: 1200, height: 630 });
  expect(png.length).toBeLessThan(40_000);
  const { channels } = await sharp(png).stats();
  expect(channels[0]?.stdev, 'something is drawn').toBeGreaterThan(5);
});

test('a term card says the definition, its maths in a line', () => {
  expect(plain(cardAt('terms/keel').text?.runs ?? [])).toBe('A definition with pbad\u00a0≈\u00a03/n in it.');
});

test('a misconception card says the belief and what to say instead', () => {
  const { label, title, text } = cardAt('misconceptions/wax-is-magic');
  expect([label, plain(title), text?.label, plain(text?.runs ?? [])]).toEqual([
    'You may think',
    toy.misconception('wax-is-magic').think,
    'Instead say',
    'that it floats.',
  ]);
});

test.each([
  ['https://example.org', 'example.org/name/a1'],
  ['http://localhost:4321', '/name/a1/'],
])('built for %s, a page names its short address as %s', async (origin, address) => {
  expect((await all(origin)).find(({ href }) => href === '/name/cards/a1.png')?.address).toBe(address);
});

test.each(STATUSES)('a claim that is %s has its moon and word in the colour of its status', async (status) => {
  const svg = await cardSvg({ ...sentence('Boats float.'), evidence: { status, source: 'Bow 2021, table 1' } });
  const colours = lightColours(await readFile(at('src/styles/tokens.css'), 'utf8'));
  expect(svg).toContain(`stroke="${colours.get(status) ?? ''}"`);
  expect(svg).toContain(`<path fill="${colours.get(status) ?? ''}"`);
});

test('a picture keeps the violet of its number, however little of it there is', async () => {
  const { data } = await sharp(await drawCard(cardAt('part-a')))
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect(data.toString('hex')).toContain(
    lightColours(await readFile(at('src/styles/tokens.css'), 'utf8'))
      .get('accent')
      ?.slice(1),
  );
});

const longest = (texts: readonly string[]): string => texts.toSorted((a, b) => b.length - a.length)[0] ?? '';
const marks = /<[^>]+>|\$/g;

test.each<[string, () => Card]>([
  [
    'title and answer',
    () => ({
      ...sentence(longest(book.pages.map(({ title }) => title))),
      text: { runs: [{ text: longest(book.pages.map(({ answer }) => answer)) }] },
    }),
  ],
  [
    'statement of a claim',
    () => ({
      ...sentence(longest(book.claims.map(({ id, statement }) => book.fill(id, statement)))),
      evidence: {
        status: 'demonstrated',
        source: longest(book.claims.map(({ source, place }) => `${source.authors[0] ?? ''} et al. ${source.year}, ${place}`)),
      },
    }),
  ],
  [
    'term and definition',
    () => ({
      href: '',
      address: '/',
      title: [{ text: longest(book.terms.map(({ term }) => term)) }],
      text: { runs: [{ text: longest(book.terms.map(({ definition }) => definition.replace(marks, ''))) }] },
    }),
  ],
  [
    'belief and what to say instead',
    () => ({
      ...sentence(longest(book.misconceptions.map(({ think }) => think))),
      text: { label: 'Instead say', runs: [{ text: longest(book.misconceptions.map(({ instead }) => instead)) }] },
    }),
  ],
])('the longest %s of the book fit whole', (_, make) => {
  const layout = layoutOf(make());
  expect(layout.fits).toBe(true);
  expect(outside(layout.placed)).toEqual([]);
});

function outside(placed: ReturnType<typeof layoutOf>['placed']): string[] {
  return placed
    .filter(({ line, x, baseline }) => x < 40 || x + line.width > 1160 || baseline < 40 || baseline > 500)
    .map(({ line }) => line.pieces.map(({ text }) => text).join(''));
}

test.each([
  ['a sentence without end', Array.from({ length: 300 }, (_, index) => `word${index}`).join(' ')],
  ['a word without end', 'antidisestablishment'.repeat(60)],
])('%s is cut with an ellipsis and stays on the card', (_, words) => {
  const layout = layoutOf(sentence(words));
  expect(layout.fits).toBe(false);
  expect(outside(layout.placed)).toEqual([]);
  expect(
    layout.placed
      .at(-1)
      ?.line.pieces.map(({ text }) => text)
      .join(''),
  ).toMatch(/[^\s,]…$/);
});

test('lines break between words alone and are no wider than their room', () => {
  const words = 'A well-known sentence, in which 55\u00a0% of the words are held together.';
  const lines = setLines([{ text: words }], { hand: 'serif', size: 40, room: 300, even: 0.8 });
  expect(lines.every(({ width }) => width <= 300)).toBe(true);
  const set = lines.map(({ pieces }) => pieces.map(({ text }) => text).join(''));
  expect(set.length).toBeGreaterThan(3);
  expect(set.join(' ').replace('well- ', 'well-')).toBe(words);
  expect(set.filter((line) => line.includes('55')).join('')).toContain('55\u00a0%');
});

test.each(Array.from('AéńΔθρσ≈≤≥→∈∼−×±√·“”…'))('the sign %s has a glyph, in its own face or another', async (sign) => {
  const face = faceOf(sign, 'serif');
  expect(face?.widths.get(sign.codePointAt(0) ?? 0)).toBeGreaterThan(0);
  const outline = async (words: string): Promise<string> => (await cardSvg(sentence(words))).split('<path').slice(0, 3).join();
  expect(await outline(`x ${sign}`)).not.toBe(await outline('x \u{1f642}'));
});

test('a character that no face has is left out and drawn as no box', async () => {
  expect(missing([{ text: 'a🙂b' }], 'serif')).toEqual(['🙂']);
  expect(await cardSvg(sentence('a🙂b'))).toBe(await cardSvg(sentence('ab')));
});

test.each<[string, Run[]]>([
  ['<p>One <em>two</em>\n three.</p>', [{ text: 'One ' }, { text: 'two', italic: true }, { text: ' three.' }]],
  ['<h2><span class="no" aria-hidden="true">3</span>Title<button>Copy</button></h2>', [{ text: 'Title' }]],
  ['<p>It holds. <a class="cite">Bow 2021</a></p>', [{ text: 'It holds.' }]],
  ['<p>As <a class="cite">Bow 2021</a> says.</p>', [{ text: 'As ' }, { text: 'Bow 2021', cite: true }, { text: ' says.' }]],
  ['<p>Set <code>x</code>.</p>', [{ text: 'Set ' }, { text: 'x', code: true }, { text: '.' }]],
  [
    'p^{\\text{bad}}',
    [
      { text: 'p', italic: true },
      { text: 'bad', shift: 'sup' },
    ],
  ],
  ['z = -1.96', [{ text: 'z', italic: true }, { text: '\u00a0=\u00a0−1.96' }]],
  ['m/N', [{ text: 'm', italic: true }, { text: '/' }, { text: 'N', italic: true }]],
  ['\\frac{a+b}{2}', [{ text: '(' }, { text: 'a', italic: true }, { text: '\u00a0+\u00a0' }, { text: 'b', italic: true }, { text: ')/2' }]],
  ['\\sqrt{n}', [{ text: '√' }, { text: 'n', italic: true }]],
  ['\\log 2', [{ text: 'log\u00a02' }]],
  ['<p> </p>', []],
])('%s is read as %j', (source, runs) => {
  const html = source.startsWith('<') ? source : renderToString(source);
  expect(runsOf(fromHtml(html, { fragment: true }))).toEqual(runs);
});

test('a picture is parted into shapes in colours and letters', () => {
  const picture = readPicture(cards.find(({ picture }) => picture !== undefined)?.picture ?? '');
  expect(picture?.shapes).toContain('stroke="#dcd8d0"');
  expect(picture?.shapes).not.toMatch(/class=|var\(|<text/);
  expect(picture?.letterings).toEqual([
    { text: '5 of 8', x: 300, baseline: 20, anchor: 'middle', size: 13.5, semibold: false, colour: '#1d1b24', halo: false },
  ]);
});

test('a picture whose letters are turned is none for a card', () => {
  expect(readPicture('<svg viewBox="0 0 600 200"><text transform="rotate(90)">up</text></svg>')).toBeUndefined();
});

test('a font that is no WOFF file is refused', () => {
  expect(() => readFace('kite', Buffer.from('wOF2 and more'))).toThrow('The font "kite" is no WOFF file.\nName a file that ends in .woff.');
});

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cards-'));
});

test('the same card is drawn once and is the same bytes', async () => {
  const card = sentence('Boats float.');
  const first = await (await CardStore.open(folder)).picture(card);
  const second = await (await CardStore.open(folder)).picture(card);
  expect([first.fresh, second.fresh]).toEqual([true, false]);
  expect(second.png.equals(first.png)).toBe(true);
  expect((await drawCard(card)).equals(first.png)).toBe(true);
});

test('a card whose words have changed is drawn anew', async () => {
  const store = await CardStore.open(folder);
  const [before, after] = [sentence('Boats sink.'), sentence('Boats sank.')];
  expect((await store.picture(before)).fresh).toBe(true);
  expect((await store.picture(after)).fresh).toBe(true);
  expect(store.fileOf(before)).not.toBe(store.fileOf(after));
});

test.each<[string, (png: Buffer) => Buffer | Promise<Buffer>]>([
  ['cut short', (png) => png.subarray(0, png.length - 20)],
  ['empty', () => Buffer.alloc(0)],
  ['changed in one place', (png) => Buffer.from(png.map((byte, index) => (index === 300 ? byte ^ 1 : byte)))],
  ['of another size', () => encodePng(new Uint8Array(4), { width: 1, height: 1 }, [[0, 0, 0]])],
  ['no picture', () => Buffer.from('<html></html>')],
])('a kept picture that is %s is drawn anew', async (_, spoil) => {
  const store = await CardStore.open(folder);
  const card = sentence('Boats leak.');
  const { png } = await store.picture(card);
  await writeFile(store.fileOf(card), await spoil(png));
  const again = await store.picture(card);
  expect(again.fresh).toBe(true);
  expect(again.png.equals(png)).toBe(true);
  expect(isWholePng(await readFile(store.fileOf(card)), CARD_SIZE)).toBe(true);
});
