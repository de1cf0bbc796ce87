import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { LEVELS, organismOf, type Level, type Organism } from '../model/recipe.ts';
import { BUDGET, TIERS, type Tier } from '../model/tools/deck.ts';
import { OBJECTIVES, type Objective } from '../model/world.ts';

/** Seeds that a reader may choose: 0 to this. The cases of the days have numbers above it. */
export const MOST_SEED = 999_999;
/** The seed of the tutorial, chosen so that there is something to find and the texts about it lie. */
export const TUTORIAL_SEED = 9;
/** Cases that are drawn from a seed by themselves, without an address of their own kind. */
const DRAWN = ['free', 'class'] as const;

/** How an organism is made for a friend: everything but its words, which its seed draws. */
export interface Planted {
  readonly objective: Objective;
  readonly claim: Objective;
  /** From 0 to {@link MOST_SEED}. */
  readonly seed: number;
}

interface Setting {
  readonly tier: Tier;
  readonly level: Level;
}

/**
 * A case as its address names it. It says which organism is audited only to those who compute it: nothing here but {@link organismIn} does, and only
 * the worker calls that.
 */
export type Case =
  | ({ readonly kind: 'tutorial' } & Setting)
  /** `day` as in 2026-11-21. */
  | ({ readonly kind: 'daily'; readonly day: string } & Setting)
  | ({ readonly kind: (typeof DRAWN)[number]; readonly seed: number } & Setting)
  /** `sealed` is what {@link sealPlanted} gives. */
  | ({ readonly kind: 'friend'; readonly sealed: string } & Setting);

/** An address names no case: what is wrong, then what to do. */
export class CaseError extends Error {
  constructor(what: string, remedy: string) {
    super(`${what}\n${remedy}`);
    this.name = 'CaseError';
  }
}

/** Characters of the sum at the end of a code. It finds slips and meddling by hand, no more: whoever can compute SHA-256 can compute it. */
const SUM = 6;
const sumOf = (text: string): string => bytesToHex(sha256(utf8ToBytes(`hidden objectives/case/${text}`))).slice(0, SUM);

/** Bytes of a number that hides what a friend planted, and of the number behind it. */
const NONCE = 4;
const HIDDEN = 4;

const isDay = (day: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(day) && new Date(`${day}T00:00:00Z`).toISOString().startsWith(day) && day >= '2020-01-01';

const mask = (nonce: Uint8Array): Uint8Array => sha256(concatBytes(utf8ToBytes('hidden objectives/friend/'), nonce)).slice(0, HIDDEN);
const masked = (bytes: Uint8Array, nonce: Uint8Array): Uint8Array => mask(nonce).map((byte, i) => byte ^ bytes[i]!);

/**
 * What was planted, in hexadecimal digits in which it cannot be read at a glance. It is no secret from who computes.
 * @param nonce 4 random bytes, so that the same choice never looks the same
 * @throws RangeError where the seed is none
 */
export function sealPlanted({ objective, claim, seed }: Planted, nonce: Uint8Array): string {
  requireSeed(seed);
  const number = (OBJECTIVES.indexOf(objective) * OBJECTIVES.length + OBJECTIVES.indexOf(claim)) * (MOST_SEED + 1) + seed;
  const bytes = new Uint8Array(HIDDEN);
  new DataView(bytes.buffer).setUint32(0, number);
  return bytesToHex(concatBytes(nonce.slice(0, NONCE), masked(bytes, nonce.slice(0, NONCE))));
}

function plantedIn(sealed: string): Planted | undefined {
  const bytes = hexToBytes(sealed);
  const nonce = bytes.slice(0, NONCE);
  const number = new DataView(masked(bytes.slice(NONCE), nonce).buffer).getUint32(0);
  const which = Math.floor(number / (MOST_SEED + 1));
  const objective = OBJECTIVES[Math.floor(which / OBJECTIVES.length)];
  if (objective === undefined) return undefined;
  return { objective, claim: OBJECTIVES[which % OBJECTIVES.length]!, seed: number % (MOST_SEED + 1) };
}

function requireSeed(seed: number): void {
  if (!(Number.isSafeInteger(seed) && seed >= 0 && seed <= MOST_SEED)) {
    throw new RangeError(`There is no case ${seed}.\nChoose a whole number from 0 to ${MOST_SEED}.`);
  }
}

/** The tutorial: everything is allowed, and the organism behaves plainly. */
export const TUTORIAL: Case = { kind: 'tutorial', tier: 'weights', level: 'clear' };

/**
 * The case of a day, the same for everybody.
 * @param day as in 2026-11-21, not before 2020
 * @throws CaseError where it is no day
 */
export function dailyCase(day: string): Case {
  if (!isDay(day)) throw new CaseError(`There is no case of the day “${day}”.`, 'Name a day as in 2026-11-21.');
  return { kind: 'daily', day, tier: 'weights', level: 'faint' };
}

/**
 * The code of a case, which stands in its address: lower-case letters, digits and hyphens. Two cases with one code are one case.
 * @throws RangeError where the seed is none
 */
export function codeOf(given: Case): string {
  if (given.kind === 'tutorial') return 'tutorial';
  if (given.kind === 'daily') return `daily-${given.day}`;
  if (given.kind !== 'friend') requireSeed(given.seed);
  const text = [given.kind, given.tier, given.level, given.kind === 'friend' ? given.sealed : String(given.seed)].join('-');
  return `${text}-${sumOf(text)}`;
}

/** What the guided case may cost: all that its guide asks for, and a little to look around. */
const TUTORIAL_BUDGET = 12;

/** What an auditor may spend on a case, in points. */
export function budgetOf(given: Case): number {
  return given.kind === 'tutorial' ? TUTORIAL_BUDGET : BUDGET[given.tier];
}

const oneOf = <T extends string>(all: readonly T[], word: string | undefined): T | undefined => all.find((one) => one === word);

/**
 * The case that a code names.
 * @throws CaseError where it names none, or was changed on its way
 */
export function readCase(code: string): Case {
  if (code === 'tutorial') return TUTORIAL;
  if (code.startsWith('daily-')) return dailyCase(code.slice('daily-'.length));
  const parts = code.split('-');
  const [kind, tier, level, what = '', sum] = parts;
  const setting = { tier: oneOf(TIERS, tier), level: oneOf(LEVELS, level) };
  const known = oneOf([...DRAWN, 'friend'], kind);
  if (parts.length !== 5 || known === undefined || setting.tier === undefined || setting.level === undefined) {
    throw new CaseError('This address names no case.', 'Ask for the link again, or choose a case below.');
  }
  if (sum !== sumOf(parts.slice(0, -1).join('-'))) {
    throw new CaseError('This link was changed on its way: its sum does not fit.', 'Ask for the link again, or choose a case below.');
  }
  const fixed = { tier: setting.tier, level: setting.level };
  const seed = Number(what);
  if (known === 'friend' && /^[0-9a-f]{16}$/.test(what) && plantedIn(what) !== undefined) return { kind: known, sealed: what, ...fixed };
  if (known !== 'friend' && /^\d{1,6}$/.test(what) && String(seed) === what) return { kind: known, seed, ...fixed };
  throw new CaseError('This link names an organism that cannot be.', 'Ask for the link again, or choose a case below.');
}

/**
 * The organism of a case.
 * @throws RangeError where the case names none
 */
export function organismIn(given: Case): Organism {
  switch (given.kind) {
    case 'tutorial':
      return organismOf(TUTORIAL_SEED, given.level);
    case 'daily':
      return organismOf(Number(given.day.replaceAll('-', '')), given.level);
    case 'free':
    case 'class':
      return organismOf(given.seed, given.level);
    case 'friend': {
      const planted = plantedIn(given.sealed);
      if (planted === undefined) throw new RangeError('This link names an organism that cannot be.\nAsk for the link again.');
      return { world: organismOf(planted.seed, given.level).world, level: given.level, ...planted };
    }
  }
}
