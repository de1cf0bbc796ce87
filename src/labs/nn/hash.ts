import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** Characters of a hash that people are shown and that results files keep: 64 bits, enough to tell our files apart. */
const SHOWN = 16;

/** The first 16 hexadecimal digits of the SHA-256 of some bytes. */
export function shortHash(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes)).slice(0, SHOWN);
}

/** The short hash of float32 numbers, by their bytes in memory (little-endian on every machine that runs WebAssembly in practice). */
export function hashOfNumbers(numbers: Float32Array): string {
  return shortHash(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
}

/** The short hash of plain data, whatever the order of its keys. */
export function hashOfData(data: unknown): string {
  return shortHash(utf8ToBytes(canonical(data)));
}

/** JSON with the keys of every object in the order of their characters. */
function canonical(data: unknown): string {
  return JSON.stringify(data, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
