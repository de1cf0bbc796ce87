import fc from 'fast-check';
import { expect, test } from 'vitest';
import { choice, integer, list, StateCodec, text, type StateOf } from './state.ts';

const FIELDS = {
  K: integer('contrast years', { min: 2, max: 12, default: 12 }),
  lr: choice('learning rate', ['1e-4', '3e-4', '1e-3'], '1e-4'),
  stages: list('stages', ['sft', 'rl', 'adv'], 6, ['adv']),
  prompt: text('prompt', 40, 'what color is sky ?'),
  seed: integer('seed', { min: 0, max: 4_294_967_295, default: 1 }),
};
const codec = new StateCodec(FIELDS);

const states: fc.Arbitrary<StateOf<typeof FIELDS>> = fc.record({
  K: fc.integer({ min: 2, max: 12 }),
  lr: fc.constantFrom(...FIELDS.lr.options),
  stages: fc.array(fc.constantFrom(...FIELDS.stages.options), { maxLength: 6 }),
  prompt: fc.string({ unit: 'grapheme', maxLength: 40 }).filter((value) => value.length <= 40 && value.isWellFormed()),
  seed: fc.integer({ min: 0, max: 4_294_967_295 }),
});

test('a state is written with every setting, in the order of the description', () => {
  expect(codec.encode({ ...codec.defaults, prompt: 'a;b=c #1' })).toBe('v1;K=12;lr=1e-4;stages=adv;prompt=a%3Bb%3Dc%20%231;seed=1');
});

test('every state comes back from its address, and from an address that a program has escaped once more', () => {
  fc.assert(
    fc.property(states, (state) => {
      const address = codec.encode(state);
      // what a browser keeps of it as the hash of an address
      const { hash } = new URL(`https://example.org/labs/toy/#${address}`);
      for (const form of [address, hash, `#${encodeURIComponent(address)}`])
        expect(codec.decode(form), form).toEqual({ state, problems: [] });
    }),
  );
});

test('whatever stands in an address, a state comes of it that can be written, and each fault has two parts', () => {
  const mangled = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.string({ maxLength: 60 }).map((tail) => `v1;${tail}`),
    fc
      .tuple(states, fc.nat(200), fc.string({ maxLength: 3 }))
      .map(([state, at, put]) => codec.encode(state).slice(0, at) + put + codec.encode(state).slice(at + 1)),
    fc
      .array(fc.tuple(fc.constantFrom('K', 'lr', 'stages', 'prompt', 'seed', 'x', '__proto__', 'toString'), fc.string({ maxLength: 12 })))
      .map((pairs) => ['v1', ...pairs.map(([key, value]) => `${key}=${value}`)].join(';')),
  );
  fc.assert(
    fc.property(mangled, (address) => {
      const { state, problems } = codec.decode(address);
      expect(codec.decode(codec.encode(state))).toEqual({ state, problems: [] });
      expect(Object.keys(state)).toEqual(Object.keys(FIELDS));
      for (const { what, remedy } of problems) for (const part of [what, remedy]) expect(part).toMatch(/^[A-Z].*\.$/s);
    }),
    { numRuns: 2000 },
  );
});

test.each(['', '#', 'limits', '#predict'])('"%s" is no state, and no fault', (address) => {
  expect(codec.decode(address)).toEqual({ state: codec.defaults, problems: [] });
});

test.each([
  ['', false],
  ['#limits', false],
  ['#v1', true],
  ['v1;K=3', true],
  ['#K=3', true],
  ['#v1%3BK%3D3', true],
])('whether %s is meant as a state: %s', (address, meant) => {
  expect(codec.isState(address)).toBe(meant);
});

test('an address may name some of the settings', () => {
  expect(codec.decode('#v1;seed=7;stages=')).toEqual({ state: { ...codec.defaults, seed: 7, stages: [] }, problems: [] });
});

test.each([
  ['v1;K=13', 'The address sets contrast years to “13”; it takes a whole number from 2 to 12. It has its default, 12.'],
  ['v1;K=1e1', 'The address sets contrast years to “1e1”; it takes a whole number from 2 to 12. It has its default, 12.'],
  ['v1;K=', 'The address sets contrast years to “”; it takes a whole number from 2 to 12. It has its default, 12.'],
  ['v1;K=3;K=4', 'The address sets contrast years twice. The first counts.'],
  ['v1;lr=2e-4', 'The address sets learning rate to “2e-4”; it takes one of 1e-4, 3e-4, 1e-3. It has its default, 1e-4.'],
  [
    'v1;stages=sft,,rl',
    'The address sets stages to “sft,,rl”; it takes up to 6 of sft, rl, adv, with commas between them. It has its default, adv.',
  ],
  [
    `v1;prompt=${'a'.repeat(41)}`,
    `The address sets prompt to “${'a'.repeat(39)}…”; it takes a text of at most 40 characters. It has its default, what color is sky ?.`,
  ],
  [
    'v1;prompt=%E0%A4%A',
    'The address sets prompt to “%E0%A4%A”; it takes a text of at most 40 characters. It has its default, what color is sky ?.',
  ],
  ['v1;k=3', 'This lab has no setting “k=3”. It was passed over; the settings are K, lr, stages, prompt, seed.'],
  ['v1;seed', 'This lab has no setting “seed”. It was passed over; the settings are K, lr, stages, prompt, seed.'],
  ['v2;K=3', 'The address is of version 2, and this lab reads version 1. Every setting has its default.'],
  ['K=3;seed=1', 'The address begins with “K=3”, and the state of this lab with v1. Every setting has its default.'],
])('%s is told', (address, told) => {
  expect(codec.decode(address).problems.map(({ what, remedy }) => `${what} ${remedy}`)).toEqual([told]);
});

test('a fault in one setting leaves the others as they were written', () => {
  expect(codec.decode('v1;K=99;seed=5').state).toEqual({ ...codec.defaults, seed: 5 });
});

test('a value that a control should not have allowed is not written', () => {
  expect(() => codec.encode({ ...codec.defaults, K: 2.5 })).toThrow('The setting "K" cannot be 2.5.\nIt takes a whole number from 2 to 12');
});

test.each([
  ['a name with a sign', { 'a=b': integer('a', { min: 0, max: 1, default: 0 }) }],
  ['an option with a comma', { a: choice('a', ['x,y'], 'x,y') }],
  ['an option twice', { a: choice('a', ['x', 'x'], 'x') }],
  ['a default out of range', { a: integer('a', { min: 0, max: 1, default: 2 }) }],
])('a description with %s is refused', (_, fields) => {
  expect(() => new StateCodec(fields)).toThrow(RangeError);
});

test.each([
  ['?K=5', 'v1;K=5', ''],
  ['?theme=dark&K=5&seed=3', 'v1;K=5;seed=3', '?theme=dark'],
  ['?prompt=a%3Bb', 'v1;prompt=a%3Bb', ''],
  ['?theme=dark', '', '?theme=dark'],
  ['?toString=1', '', '?toString=1'],
  ['', '', ''],
])('of the query "%s" the settings are a state, and the rest stays', (query, state, rest) => {
  expect([codec.ofQuery(query), codec.restOfQuery(query)]).toEqual([state, rest]);
  expect(codec.decode(codec.ofQuery(query)).problems).toEqual([]);
});
