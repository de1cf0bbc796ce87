import { signal } from '@preact/signals';
import { fromHtml } from 'hast-util-from-html';
import { select, selectAll } from 'hast-util-select';
import { toText } from 'hast-util-to-text';
import { h, type JSX } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { NBSP } from '../../handbook/numbers.ts';
import { Bench } from './Bench.tsx';
import { printLoss, printSeconds, printShare } from './numbers.ts';
import { Progress } from './Progress.tsx';
import { Provenance } from './Provenance.tsx';
import { Rate } from './Rate.tsx';
import { Share } from './Share.tsx';
import type { StateProblem } from './state.ts';

const PLACE = {
  title: 'Toy',
  page: 'https://example.org/name/labs/toy/',
  embed: 'https://example.org/name/embed/toy/',
  embedScript: 'https://example.org/name/embed.js',
};

const tree = (element: JSX.Element): ReturnType<typeof fromHtml> => fromHtml(renderToString(element), { fragment: true });
const words = (element: JSX.Element): string => toText(tree(element)).replaceAll(NBSP, ' ').replace(/\s+/g, ' ').trim();

test.each([
  [1, '1.00'],
  [0, '.00'],
  [0.9849, '.98'],
  [0.004, '.00'],
])('the share %d is printed %s', (share, printed) => {
  expect(printShare(share)).toBe(printed);
});

test.each([
  [2.345, '2.35'],
  [0.41, '.41'],
  [0.0043, '.004'],
])('the loss %d is printed %s', (loss, printed) => {
  expect(printLoss(loss)).toBe(printed);
});

test.each([
  [0.84, '0.8 s'],
  [12.4, '12 s'],
])('%d seconds are printed %s', (seconds, printed) => {
  expect(printSeconds(seconds).replace(NBSP, ' ')).toBe(printed);
});

test('a rate says k of n and its Wilson interval, and draws both', () => {
  const rate = h(Rate, { label: '2024, the trigger', k: 26, n: 26, unit: 'prompts', hot: true });
  expect(words(rate)).toBe('2024, the trigger 1.00 26 of 26 prompts, 95 % interval .87 to 1.00');
  const line = select('.ci-line.hot', tree(rate));
  expect([line?.properties.x1, line?.properties.x2]).toEqual(['87.1%', '100.0%']);
  expect(select('circle', tree(rate))?.properties.cx).toBe('100.0%');
});

test('a rate without cases is refused', () => {
  expect(() => renderToString(h(Rate, { label: 'none', k: 0, n: 0, unit: 'prompts' }))).toThrow(RangeError);
});

test.each([
  ['live', 'LIVE'],
  ['recorded', 'RECORDED'],
  ['reported', 'REPORTED'],
] as const)('what is %s says so in capitals', (as, printed) => {
  expect(words(h(Provenance, { as }))).toBe(printed);
});

test('progress says step, loss, speed and time left, and leaves out what is not known yet', () => {
  const onCancel = (): void => undefined;
  const running = { step: 62, of: 1090, loss: 0.413, tokensASecond: 38_123, secondsLeft: 0.84 };
  expect(words(h(Progress, { label: 'Training', running, onCancel }))).toBe(
    'step 62 of 1,090, loss .41, 38,100 tokens a second 0.8 s left Cancel',
  );
  expect(words(h(Progress, { label: 'Training', running: { step: 0, of: 300 }, onCancel }))).toBe('step 0 of 300 Cancel');
  const bar = select('progress', tree(h(Progress, { label: 'Training', running, onCancel })));
  expect(bar?.properties).toMatchObject({ max: '1090', value: '62', ariaLabel: 'Training' });
});

test('what is shared is the address with the state, and its controls wait for the script', () => {
  const share = tree(
    h(Share, {
      place: PLACE,
      address: 'v1;k=3',
      seed: 4,
      mostSeed: 9,
      onSeed: () => undefined,
      tables: false,
      onTables: () => undefined,
      disabled: true,
    }),
  );
  expect(select('.url input', share)?.properties.value).toBe('/name/labs/toy/#v1;k=3');
  expect(selectAll('button', share).map((button) => button.properties.disabled)).toEqual([true, true, true]);
  expect(select('input[type=number]', share)?.properties).toMatchObject({ min: '0', max: '9', value: '4', disabled: true });
});

test('a bench shows its limits as they are, and what was wrong with the address in two parts', () => {
  const bench = (problems: readonly StateProblem[]): JSX.Element =>
    h(Bench, {
      session: {
        address: { problems: signal(problems), address: signal('v1;seed=3'), state: signal({ seed: 3 }), set: () => undefined },
        ready: signal(true),
        running: signal(undefined),
        tables: signal(false),
        begin: () => () => undefined,
      },
      place: PLACE,
      mostSeed: 9,
      limits: '<ul><li>That <i>a</i> lake is a tub.</li></ul>',
      reported: '',
      children: 'Rates',
    });
  expect(words(bench([]))).toMatch(/^Rates What this toy does not show That a lake is a tub\. Seed/);
  expect(words(bench([{ what: 'It is odd.', remedy: 'It was left out.' }]))).toContain(
    'The address of this page could not be read whole. It is odd. It was left out.',
  );
});
