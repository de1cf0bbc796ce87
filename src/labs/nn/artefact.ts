import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Engine } from './engine.ts';
import { parametersOf, type TransformerConfig } from './transformer.ts';

/** A tensor as a header names it. */
interface Named {
  readonly name: string;
  readonly shape: readonly number[];
}

/** A tensor with its numbers, in order. */
export interface Written extends Named {
  readonly numbers: Float32Array;
}

/** A kind of model that can be shipped. */
export interface Kind<Config> {
  /** The whole numbers that say how large one is. */
  readonly keys: readonly (keyof Config & string)[];
  /** The tensors of one of that size, in the order in which it keeps them. */
  readonly tensorsOf: (config: Config) => readonly Named[];
}

/** What an artefact says about the weights it carries. */
export interface ArtefactHeader<Config = TransformerConfig> {
  readonly format: 1;
  /** Id of the organism, such as "base-64". */
  readonly organism: string;
  /** Short hash of the recipe that made it. */
  readonly recipe: string;
  readonly seed: number;
  readonly config: Config;
  readonly tensors: readonly Named[];
}

/** Where bytes are no artefact, not a whole one, or not the one that is wanted. */
export class ArtefactError extends Error {
  constructor(what: string, advice = 'Load it again; where that does not help, tell us through "Report an error".') {
    super(`${what}\n${advice}`);
    this.name = 'ArtefactError';
  }
}

const OLDER = 'Load the page again: a part of it may be older than the rest.';

const MAGIC = utf8ToBytes('HIDDENOB');
const DIGEST = 32;
const HEADER_AT = MAGIC.length + DIGEST;
const LENGTH = 4;
const FLOAT = 4;
/** Largest step of a signed byte. */
const STEPS = 127;

const TRANSFORMER: Kind<TransformerConfig> = { keys: ['vocabulary', 'width', 'layers', 'heads', 'context'], tensorsOf: parametersOf };
/** Far above anything we ship; a header that asks for more is no reason to reserve memory. */
const LARGEST = 1 << 20;

const rowsOf = (shape: readonly number[]): number => (shape.length > 1 ? (shape[0] ?? 0) : 1);
const sizeOf = (shape: readonly number[]): number => shape.reduce((size, length) => size * length, 1);

/**
 * The weights of a transformer as bytes, as {@link encodeTensors} writes them.
 * @throws ArtefactError where the engine holds another model than the header says, or a weight that is no finite number
 */
export function encodeArtefact(header: Omit<ArtefactHeader, 'format' | 'tensors'>, engine: Engine): Uint8Array {
  return encodeTensors(
    TRANSFORMER,
    header,
    engine.parameters.map((parameter) => ({ ...parameter, numbers: engine.read(parameter) })),
  );
}

/**
 * Weights as bytes: each row of a tensor as signed bytes times one float32 scale. Layout: eight letters, SHA-256 of all that follows, length of the
 * header (uint32), header (JSON), then for each tensor its scales and its bytes. Little-endian.
 * @throws ArtefactError where the tensors are not those of a model of that size, or hold a weight that is no finite number
 */
export function encodeTensors<Config>(
  kind: Kind<Config>,
  header: Omit<ArtefactHeader<Config>, 'format' | 'tensors'>,
  written: readonly Written[],
): Uint8Array {
  const tensors = written.map(({ name, shape }) => ({ name, shape }));
  const full: ArtefactHeader<Config> = { format: 1, ...header, tensors };
  requireTensors(kind, full);
  const text = utf8ToBytes(JSON.stringify(full));
  const body = tensors.reduce((size, { shape }) => size + FLOAT * rowsOf(shape) + sizeOf(shape), 0);
  const bytes = new Uint8Array(HEADER_AT + LENGTH + text.length + body);
  const view = new DataView(bytes.buffer);
  bytes.set(MAGIC);
  view.setUint32(HEADER_AT, text.length, true);
  bytes.set(text, HEADER_AT + LENGTH);
  let next = HEADER_AT + LENGTH + text.length;
  for (const { name, shape, numbers } of written) {
    if (!numbers.every(Number.isFinite)) throw holdsNoNumber(name);
    const rows = rowsOf(shape);
    const width = numbers.length / rows;
    const levels = next + FLOAT * rows;
    for (let row = 0; row < rows; row++) {
      const own = numbers.subarray(row * width, (row + 1) * width);
      const scale = Math.fround(own.reduce((largest, x) => Math.max(largest, Math.abs(x)), 0) / STEPS);
      view.setFloat32(next + FLOAT * row, scale, true);
      own.forEach((x, i) =>
        view.setInt8(levels + row * width + i, scale === 0 ? 0 : Math.max(-STEPS, Math.min(STEPS, Math.round(x / scale)))),
      );
    }
    next = levels + numbers.length;
  }
  bytes.set(sha256(bytes.subarray(HEADER_AT)), MAGIC.length);
  return bytes;
}

function holdsNoNumber(name: string): ArtefactError {
  return new ArtefactError(`The model holds a weight that is no number, in "${name}".`);
}

/** @throws ArtefactError where the tensors are not those of a model of that size: the code that wrote them was another */
function requireTensors<Config>({ tensorsOf }: Kind<Config>, { config, tensors }: ArtefactHeader<Config>): void {
  const needed = tensorsOf(config);
  needed.forEach(({ name, shape }, i) => {
    const found = tensors[i];
    if (found?.name === name && String(found.shape) === String(shape)) return;
    const there = found === undefined ? 'nothing' : `"${found.name}" of [${found.shape.join(', ')}]`;
    throw new ArtefactError(`The model holds ${there} where "${name}" of [${shape.join(', ')}] belongs.`, OLDER);
  });
  if (tensors.length > needed.length)
    throw new ArtefactError(`The model holds ${tensors.length} tensors, but one of its size has ${needed.length}.`, OLDER);
}

/**
 * Reads the artefact of a transformer, as {@link decodeTensors} does.
 * @returns its header, and its weights in the order of the header's tensors: they fit `Engine.restore`
 */
export function decodeArtefact(
  bytes: Uint8Array,
  wanted: Pick<ArtefactHeader, 'organism' | 'recipe' | 'config'>,
): { readonly header: ArtefactHeader; readonly weights: Float32Array } {
  return decodeTensors(TRANSFORMER, bytes, wanted);
}

/**
 * Reads an artefact.
 * @param wanted organism, recipe and size that the caller was made for
 * @returns its header, and its weights in the order of the header's tensors
 * @throws ArtefactError where a byte is missing, too many or other than it was, where it is another organism, recipe or size, or where its
 *   tensors are not those of a model of that size
 */
export function decodeTensors<Config>(
  kind: Kind<Config>,
  bytes: Uint8Array,
  wanted: Pick<ArtefactHeader<Config>, 'organism' | 'recipe' | 'config'>,
): { readonly header: ArtefactHeader<Config>; readonly weights: Float32Array } {
  if (bytes.length < HEADER_AT + LENGTH || MAGIC.some((byte, i) => bytes[i] !== byte))
    throw new ArtefactError(`These ${bytes.length} bytes are no model of this handbook.`);
  const digest = bytesToHex(sha256(bytes.subarray(HEADER_AT)));
  if (digest !== bytesToHex(bytes.subarray(MAGIC.length, HEADER_AT)))
    throw new ArtefactError('The model was damaged on its way: its checksum does not fit.');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = HEADER_AT + LENGTH;
  const end = start + view.getUint32(HEADER_AT, true);
  if (end > bytes.length) throw new ArtefactError('The model ends within its header.');
  const header = readHeader(kind, bytes.subarray(start, end));
  if (header.organism !== wanted.organism || header.recipe !== wanted.recipe) {
    throw new ArtefactError(
      `This is the model "${header.organism}" of recipe ${header.recipe}, but "${wanted.organism}" of recipe ${wanted.recipe} is needed.`,
      OLDER,
    );
  }
  for (const key of kind.keys) {
    if (header.config[key] !== wanted.config[key])
      throw new ArtefactError(
        `This model has the ${key} ${String(header.config[key])}, but ${String(wanted.config[key])} is needed.`,
        OLDER,
      );
  }
  requireTensors(kind, header);
  const needed = header.tensors.reduce((size, { shape }) => size + FLOAT * rowsOf(shape) + sizeOf(shape), end);
  if (needed !== bytes.length) throw new ArtefactError(`The model has ${bytes.length} bytes, but its header speaks of ${needed}.`);
  const weights = new Float32Array(header.tensors.reduce((size, { shape }) => size + sizeOf(shape), 0));
  let from = end;
  let to = 0;
  for (const { name, shape } of header.tensors) {
    const rows = rowsOf(shape);
    const size = sizeOf(shape);
    const levels = from + FLOAT * rows;
    for (let i = 0; i < size; i++) {
      const weight = Math.fround(view.getFloat32(from + FLOAT * Math.floor((i * rows) / size), true) * view.getInt8(levels + i));
      if (!Number.isFinite(weight)) throw holdsNoNumber(name);
      weights[to + i] = weight;
    }
    to += size;
    from = levels + size;
  }
  return { header, weights };
}

function readHeader<Config>(kind: Kind<Config>, bytes: Uint8Array): ArtefactHeader<Config> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new ArtefactError("The model's header cannot be read.");
  }
  if (!isHeader(kind, header)) throw new ArtefactError("The model's header is incomplete or of another format.");
  return header;
}

const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) > 0 && (value as number) <= LARGEST;
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function isHeader<Config>({ keys }: Kind<Config>, value: unknown): value is ArtefactHeader<Config> {
  if (!isRecord(value)) return false;
  const { format, organism, recipe, seed, config, tensors } = value;
  return (
    format === 1 &&
    typeof organism === 'string' &&
    typeof recipe === 'string' &&
    Number.isInteger(seed) &&
    isRecord(config) &&
    keys.every((key) => isCount(config[key])) &&
    Array.isArray(tensors) &&
    tensors.every(
      (tensor) =>
        isRecord(tensor) &&
        typeof tensor.name === 'string' &&
        Array.isArray(tensor.shape) &&
        tensor.shape.length > 0 &&
        tensor.shape.every(isCount) &&
        isCount(sizeOf(tensor.shape)),
    )
  );
}
