import { instantiate, type Kernels } from '../../../src/labs/nn/kernels.ts';
import { Rng } from '../../../src/labs/nn/rng.ts';

const BYTES = 4;
/** What stands on both sides of every block: a kernel that writes too far is seen. */
const GUARD = 12345.678;
const GUARDS = 8;

/** The kernels on a memory of their own, into which numbers are put one block after another. Pointers are byte offsets. */
export class KernelBench {
  readonly kernels: Kernels;
  readonly #memory = new WebAssembly.Memory({ initial: 64, maximum: 16_384 });
  readonly #rng: Rng;
  #top = 0;
  readonly #guards: number[] = [];

  constructor(seed: number) {
    this.kernels = instantiate(this.#memory);
    this.#rng = new Rng(seed);
    this.#guard();
  }

  #guard(): void {
    new Float32Array(this.#memory.buffer).fill(GUARD, this.#top, this.#top + GUARDS);
    this.#guards.push(this.#top);
    this.#top += GUARDS;
  }

  /** A block of these numbers, as float32. */
  floats(numbers: ArrayLike<number>): number {
    const at = this.#top;
    new Float32Array(this.#memory.buffer).set(numbers, at);
    this.#top += numbers.length;
    this.#guard();
    return at * BYTES;
  }

  /** A block of these whole numbers, as int32. */
  integers(numbers: readonly number[]): number {
    const at = this.#top;
    new Int32Array(this.#memory.buffer).set(numbers, at);
    this.#top += numbers.length;
    this.#guard();
    return at * BYTES;
  }

  /** `size` numbers, roughly normal: as they are in the memory, that is rounded to float32. */
  random(size: number): Float32Array {
    return Float32Array.from({ length: size }, () => this.#rng.normal());
  }

  /** `size` whole numbers in [0, limit). */
  randomBelow(limit: number, size: number): number[] {
    return Array.from({ length: size }, () => this.#rng.below(limit));
  }

  /** A copy of what lies there now. */
  read(pointer: number, size: number): Float32Array {
    return new Float32Array(this.#memory.buffer).slice(pointer / BYTES, pointer / BYTES + size);
  }

  /** How many blocks were written over their edges. */
  overruns(): number {
    const floats = new Float32Array(this.#memory.buffer);
    return this.#guards.filter((at) => !floats.subarray(at, at + GUARDS).every((number) => number === Math.fround(GUARD))).length;
  }
}
