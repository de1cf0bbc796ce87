import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { handbookOf } from '../../src/handbook/handbook-of.ts';
import { plain } from '../../src/handbook/plain.ts';
import { readContent } from '../../src/reader/content.ts';

const handbook = handbookOf(await readContent(fileURLToPath(new URL('../fixtures/good/content', import.meta.url))), '/');
const [claim] = handbook.claims.filter(({ values }) => values !== undefined);
const id = claim?.id ?? '';

test.each([
  { text: 'A *soft* `code` word', words: 'A soft code word' },
  { text: 'A boat floats. <Cite id="fold2020boats" at="§2" />', words: 'A boat floats.' },
  { text: 'A boat (<Cite id="fold2020boats" />), folded', words: 'A boat, folded' },
  { text: 'A <Term>paper boat</Term> has a <Term id="keel">long fin</Term>', words: 'A paper boat has a long fin' },
  { text: '$p_{\\text{train}}$ in $95\\,\\%$', words: 'p_train in 95 %' },
  { text: 'See <Ref to="a1" />', words: 'See a1 ' + handbook.page('a1').title },
  { text: `<Claim id="${id}">Most</Claim> of them`, words: 'Most of them' },
  { text: 'It is <Calc of="1/4" digits="2" />', words: 'It is 0.25' },
])('$text reads as "$words"', ({ text, words }) => {
  expect(plain(handbook, text)).toBe(words);
});

test('a claim prints its value', () => {
  expect(plain(handbook, `Of them <Claim id="${id}" />.`)).toMatch(/^Of them [^<>]*\d[^<>]*\.$/);
});
