import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { ArtefactError, decodeArtefact, encodeArtefact, type ArtefactHeader } from '../../../src/labs/nn/artefact.ts';
import { Rng } from '../../../src/labs/nn/rng.ts';
import { Transformer } from '../../../src/labs/nn/transformer.ts';

const HEADER_AT = 40;
const TEXT_AT = 44;
const CONFIG = { vocabulary: 9, width: 8, layers: 1, heads: 2, context: 4 };
const WANTED = { organism: 'toy', recipe: '0123456789abcdef', config: CONFIG };

function modelOf(seed: number, config = CONFIG): Transformer {
  const rng = new Rng(seed);
  const model = new Transformer(config, rng);
  const { floats } = model.engine;
  // rows of all sizes, a row of zeros among them
  for (const { at, size } of model.engine.parameters)
    for (let i = 0; i < size; i++) floats[at + i] = rng.normal() * 10 ** (rng.below(8) - 4);
  floats.fill(0, model.engine.parameters[0]!.at, model.engine.parameters[0]!.at + config.width);
  return model;
}

const MODEL = modelOf(1);
const BYTES = encodeArtefact({ ...WANTED, seed: 3 }, MODEL.engine);
const WEIGHTS = decodeArtefact(BYTES, WANTED).weights;
const TEXT_LENGTH = new DataView(BYTES.buffer).getUint32(HEADER_AT, true);
const HEADER = JSON.parse(new TextDecoder().decode(BYTES.subarray(TEXT_AT, TEXT_AT + TEXT_LENGTH))) as ArtefactHeader;
const BODY = BYTES.subarray(TEXT_AT + TEXT_LENGTH);

/** The file with another checksum: the right one for what it now holds. */
function signed(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  copy.set(sha256(copy.subarray(HEADER_AT)), 8);
  return copy;
}

/** A signed file with this text for a header, before a body. */
function withHeader(text: string, body: Uint8Array = BODY, length?: number): Uint8Array {
  const header = utf8ToBytes(text);
  const bytes = new Uint8Array(TEXT_AT + header.length + body.length);
  bytes.set(BYTES.subarray(0, 8));
  new DataView(bytes.buffer).setUint32(HEADER_AT, length ?? header.length, true);
  bytes.set(header, TEXT_AT);
  bytes.set(body, TEXT_AT + header.length);
  return signed(bytes);
}

/** What became of a file: refused in two parts, or read, and then with the weights that were written. */
function outcome(bytes: Uint8Array): 'refused' | 'read' {
  try {
    const { header, weights } = decodeArtefact(bytes, WANTED);
    expect(weights).toEqual(WEIGHTS);
    expect(header.config).toEqual(CONFIG);
    return 'read';
  } catch (error) {
    if (!(error instanceof ArtefactError)) throw error;
    expect(error.message).toMatch(/^[^\n]+[.!]\n[^\n]+\.$/);
    return 'refused';
  }
}

const whole = { numRuns: 500, seed: 7 };

test('a file as it was written is read', () => {
  expect(outcome(BYTES)).toBe('read');
  const aside = new Uint8Array(BYTES.length + 13);
  aside.set(BYTES, 13);
  expect(outcome(aside.subarray(13))).toBe('read');
});

test('a file with flipped bits is refused', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(BYTES.length * 8 - 1), { minLength: 1, maxLength: 40 }), (bits) => {
      const bytes = BYTES.slice();
      for (const bit of bits) bytes[bit >> 3]! ^= 1 << (bit & 7);
      expect(outcome(bytes)).toBe('refused');
    }),
    whole,
  );
});

test('a file that is cut, lengthened, or spliced from pieces of itself is refused', () => {
  const place = fc.nat(BYTES.length);
  const mangled = fc.oneof(
    fc.nat(BYTES.length - 1).map((end) => BYTES.slice(0, end)),
    fc.uint8Array({ minLength: 1, maxLength: 200 }).map((more) => Uint8Array.from([...BYTES, ...more])),
    fc.uint8Array({ minLength: 1, maxLength: 60 }).map((more) => Uint8Array.from([...more, ...BYTES])),
    fc.tuple(place, place, place).map(([a, b, c]) => Uint8Array.from([...BYTES.subarray(0, a), ...BYTES.subarray(Math.min(b, c))])),
    fc.tuple(place, place).map(([a, b]) => Uint8Array.from([...BYTES.subarray(a), ...BYTES.subarray(0, b)])),
  );
  fc.assert(
    fc.property(mangled, (bytes) => {
      const same = bytes.length === BYTES.length && bytes.every((byte, i) => byte === BYTES[i]);
      expect(outcome(bytes)).toBe(same ? 'read' : 'refused');
    }),
    whole,
  );
});

test('what is something else is refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 4000 }), fc.boolean(), (bytes, named) => {
      if (named) bytes.set(BYTES.subarray(0, Math.min(8, bytes.length)));
      expect(outcome(bytes)).toBe('refused');
      if (bytes.length >= TEXT_AT) expect(outcome(signed(bytes))).toBe('refused');
    }),
    whole,
  );
  expect(outcome(gzipSync(BYTES))).toBe('refused');
  expect(outcome(utf8ToBytes('<!doctype html><title>404</title>'))).toBe('refused');
});

test('a signed file whose header says another length is refused', () => {
  fc.assert(
    fc.property(fc.oneof(fc.nat(0xffff_ffff), fc.nat(2 * BYTES.length)), (length) => {
      const bytes = BYTES.slice();
      new DataView(bytes.buffer).setUint32(HEADER_AT, length, true);
      expect(outcome(signed(bytes))).toBe(length === TEXT_LENGTH ? 'read' : 'refused');
    }),
    whole,
  );
});

/** Every place in the header that holds something. */
function placesOf(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => placesOf(inner, [...path, Array.isArray(value) ? Number(key) : key]))];
}

function replaced(value: unknown, [key, ...rest]: readonly (string | number)[], by: unknown): unknown {
  if (key === undefined) return by;
  const copy = structuredClone(value) as Record<string | number, unknown>;
  copy[key] = replaced(copy[key], rest, by);
  return copy;
}

test('a signed file whose header holds something else in any place is refused, or is the same model', () => {
  const numbers = [0, 1, -1, 2, 3, 4, 8, 9, 16, 1.5, 72, 2 ** 20, 2 ** 20 + 1, 2 ** 31, 2 ** 53, 1e308, -0];
  const other = fc.oneof(
    fc.constantFrom(...numbers),
    fc.constantFrom(null, true, '', 'embedding', '0.norm1', [], {}, [8], [8, 9], [1, 9, 8], [2 ** 20, 2 ** 20, 2 ** 20], '__proto__'),
    fc.jsonValue(),
  );
  // what may change without the weights being others': for whom they were made, and from which seed
  const free = new Set(['seed']);
  fc.assert(
    fc.property(fc.constantFrom(...placesOf(HEADER)), other, (path, value) => {
      const header = replaced(HEADER, path, value);
      const result = outcome(withHeader(JSON.stringify(header)));
      const same = JSON.stringify(header) === JSON.stringify(HEADER);
      if (same) expect(result).toBe('read');
      else if (!free.has(String(path[0]))) expect(result).toBe('refused');
    }),
    { numRuns: 2000, seed: 7 },
  );
});

test('a signed file whose header is no JSON, lacks a key, or has its tensors in another order is refused', () => {
  const text = JSON.stringify(HEADER);
  const { tensors } = HEADER;
  const swapped = tensors.map((tensor, i) => (tensor.name === '0.norm1' || tensor.name === '0.norm2' ? tensors[i === 3 ? 6 : 3]! : tensor));
  for (const header of [
    text.slice(0, -1),
    `${text}x`,
    text.replaceAll('"', "'"),
    'null',
    '[]',
    '"model"',
    '[['.repeat(50_000),
    ...Object.keys(HEADER).map((key) => JSON.stringify({ ...HEADER, [key]: undefined })),
    ...Object.keys(CONFIG).map((key) => JSON.stringify({ ...HEADER, config: { ...CONFIG, [key]: undefined } })),
    JSON.stringify({ ...HEADER, tensors: swapped }),
    JSON.stringify({ ...HEADER, tensors: [...tensors, tensors[0]] }),
    JSON.stringify({ ...HEADER, tensors: tensors.slice(1) }),
    JSON.stringify({ ...HEADER, tensors: [] }),
  ])
    expect(outcome(withHeader(header)), header.slice(0, 80)).toBe('refused');
  const broken = utf8ToBytes(text);
  broken[3] = 0xff;
  const bytes = withHeader(text);
  bytes.set(broken, TEXT_AT);
  expect(outcome(signed(bytes))).toBe('refused');
});

test('what a header claims is not reserved before the file is as long as that', () => {
  const before = process.memoryUsage();
  const started = performance.now();
  const huge = 2 ** 20;
  const claims = [
    { config: { ...CONFIG, vocabulary: huge }, tensors: [{ name: 'embedding', shape: [huge, 8] }, ...HEADER.tensors.slice(1)] },
    { config: { ...CONFIG, layers: huge }, tensors: HEADER.tensors },
    { config: { vocabulary: huge, width: huge, layers: huge, heads: 1, context: huge }, tensors: HEADER.tensors },
    { config: CONFIG, tensors: Array.from({ length: 20_000 }, () => ({ name: 'embedding', shape: [huge] })) },
  ];
  for (const claim of claims)
    for (let i = 0; i < 20; i++) expect(outcome(withHeader(JSON.stringify({ ...HEADER, ...claim })))).toBe('refused');
  expect(process.memoryUsage().arrayBuffers - before.arrayBuffers).toBeLessThan(300e6);
  expect(performance.now() - started).toBeLessThan(10_000);
});

test('each weight comes back within half a step of its row', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const { engine } = modelOf(seed);
    const before = engine.snapshot();
    const { weights: after } = decodeArtefact(encodeArtefact({ ...WANTED, seed }, engine), WANTED);
    let at = 0;
    for (const { shape, size } of engine.parameters) {
      const width = shape.length > 1 ? size / shape[0]! : size;
      for (let row = 0; row < size / width; row++, at += width) {
        const own = before.subarray(at, at + width);
        const step = Math.max(...own.map(Math.abs)) / 127;
        own.forEach((weight, i) => expect(Math.abs(after[at + i]! - weight)).toBeLessThanOrEqual(step * 0.5 * (1 + 1e-5)));
      }
    }
    expect(at).toBe(engine.parameterCount);
    // what has been through it once goes through it unchanged
    engine.restore(after);
    expect(decodeArtefact(encodeArtefact({ ...WANTED, seed }, engine), WANTED).weights).toEqual(after);
  }
});

test('the same weights are the same bytes', () => {
  expect(encodeArtefact({ ...WANTED, seed: 3 }, modelOf(1).engine)).toEqual(BYTES);
  expect(HEADER.seed).toBe(3);
});

const AGAIN = 'Load it again; where that does not help, tell us through "Report an error".';
const OLDER = 'Load the page again: a part of it may be older than the rest.';

test.for([
  { what: 'something else', bytes: () => new Uint8Array(100), message: `These 100 bytes are no model of this handbook.\n${AGAIN}` },
  { what: 'nothing', bytes: () => new Uint8Array(), message: `These 0 bytes are no model of this handbook.\n${AGAIN}` },
  {
    what: 'half of it',
    bytes: () => BYTES.subarray(0, 300),
    message: `The model was damaged on its way: its checksum does not fit.\n${AGAIN}`,
  },
  { what: 'a header that does not end', bytes: () => withHeader('{}', BODY, 1e9), message: `The model ends within its header.\n${AGAIN}` },
  { what: 'a header that is no JSON', bytes: () => withHeader('{'), message: `The model's header cannot be read.\n${AGAIN}` },
  {
    what: 'another format',
    bytes: () => withHeader(JSON.stringify({ ...HEADER, format: 2 })),
    message: `The model's header is incomplete or of another format.\n${AGAIN}`,
  },
  {
    what: 'another organism',
    bytes: () => withHeader(JSON.stringify({ ...HEADER, organism: 'other' })),
    message: `This is the model "other" of recipe 0123456789abcdef, but "toy" of recipe 0123456789abcdef is needed.\n${OLDER}`,
  },
  {
    what: 'a tensor of other code',
    bytes: () => withHeader(JSON.stringify(HEADER).replace('"0.qkv"', '"0.query"')),
    message: `The model holds "0.query" of [8, 24] where "0.qkv" of [8, 24] belongs.\n${OLDER}`,
  },
  {
    what: 'fewer tensors',
    bytes: () => withHeader(JSON.stringify({ ...HEADER, tensors: HEADER.tensors.slice(0, 4) })),
    message: `The model holds nothing where "0.qkv" of [8, 24] belongs.\n${OLDER}`,
  },
  {
    what: 'more tensors',
    bytes: () => withHeader(JSON.stringify({ ...HEADER, tensors: [...HEADER.tensors, { name: 'more', shape: [1] }] })),
    message: `The model holds 11 tensors, but one of its size has 10.\n${OLDER}`,
  },
  {
    what: 'another number of heads',
    bytes: () => withHeader(JSON.stringify({ ...HEADER, config: { ...CONFIG, heads: 1 } })),
    message: `This model has the heads 1, but 2 is needed.\n${OLDER}`,
  },
  {
    what: 'a byte too many',
    bytes: () => withHeader(JSON.stringify(HEADER), Uint8Array.from([...BODY, 0])),
    message: `The model has ${BYTES.length + 1} bytes, but its header speaks of ${BYTES.length}.\n${AGAIN}`,
  },
  {
    what: 'a scale that is no number',
    bytes: () => withHeader(JSON.stringify(HEADER), Uint8Array.from([0, 0, 0xc0, 0x7f, ...BODY.subarray(4)])),
    message: `The model holds a weight that is no number, in "embedding".\n${AGAIN}`,
  },
  {
    what: 'a scale that is too large for its weights',
    bytes: () => withHeader(JSON.stringify(HEADER), Uint8Array.from([...BODY.subarray(0, 4), 0xff, 0xff, 0x7f, 0x7f, ...BODY.subarray(8)])),
    message: `The model holds a weight that is no number, in "embedding".\n${AGAIN}`,
  },
])('$what is refused in words', ({ bytes, message }) => {
  expect(() => decodeArtefact(bytes(), WANTED)).toThrow(new ArtefactError(...(message.split('\n') as [string, string])));
});

test('a model of another size, or one that holds what is no number, is not written', () => {
  const { engine } = modelOf(2);
  expect(() => encodeArtefact({ ...WANTED, seed: 1, config: { ...CONFIG, context: 5 } }, engine)).toThrow(
    `The model holds "positions" of [4, 8] where "positions" of [5, 8] belongs.\n${OLDER}`,
  );
  engine.floats[engine.parameters[4]!.at] = NaN;
  expect(() => encodeArtefact({ ...WANTED, seed: 1 }, engine)).toThrow(`The model holds a weight that is no number, in "0.qkv".\n${AGAIN}`);
});
