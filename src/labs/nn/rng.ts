import { utf8ToBytes } from '@noble/hashes/utils.js';
import { sha256 } from '@noble/hashes/sha2.js';

/**
 * Random numbers that are the same in every JavaScript engine: integers and divisions by powers of two only, never Math.random, Math.log
 * or Math.cos.
 * @see Doty-Humphrey, C., PractRand: the generator is his sfc32
 */
export class Rng {
  #a: number;
  #b = 0x9e3779b9 | 0;
  #c = 0x243f6a88 | 0;
  #counter = 0xb7e15162 | 0;

  /** @param seed any integer; its lowest 32 bits count */
  constructor(seed: number) {
    this.#a = seed | 0;
    // the first numbers of neighbouring seeds are alike
    for (let i = 0; i < 20; i++) this.integer32();
  }

  /**
   * The stream of random numbers that belongs to a name, such as "backdoor/1/plant": streams of different names are unrelated, so that
   * one stage of a training run does not depend on what ran before it.
   */
  static named(name: string): Rng {
    return new Rng(new DataView(sha256(utf8ToBytes(name)).buffer).getInt32(0));
  }

  /** A uniform integer in [0, 2³²). */
  integer32(): number {
    const t = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + t) | 0;
    return t >>> 0;
  }

  /** A uniform number in [0, 1). */
  uniform(): number {
    return this.integer32() / 0x1_0000_0000;
  }

  /** A uniform integer in [0, n). */
  below(n: number): number {
    return Math.floor(this.uniform() * n);
  }

  /** True with probability p in [0, 1]. */
  chance(p: number): boolean {
    return this.uniform() < p;
  }

  /**
   * One of the items, each equally likely.
   * @throws RangeError when there is none
   */
  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new RangeError('There is nothing to pick from: the list is empty.');
    return item;
  }

  /** The items in a random order, as a new list (Fisher and Yates). */
  shuffled<T>(items: readonly T[]): T[] {
    const all = [...items];
    for (let i = all.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      const here = all[i] as T;
      all[i] = all[j] as T;
      all[j] = here;
    }
    return all;
  }

  /** Roughly standard normal: the sum of twelve uniform numbers, less 6. It has no tails beyond ±6 and needs no logarithm. */
  normal(): number {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += this.uniform();
    return sum;
  }
}
