import { LIES } from './recipe.ts';
import { OBJECTIVES, type Objective } from './world.ts';

/** An audit of an organism that is known. */
export interface Known<Id extends string> {
  readonly world: number;
  readonly objective: Objective;
  /** What most texts about it say that it is after. */
  readonly claim: Objective;
  /** Names the organism: audits of one organism are not independent of each other. */
  readonly organism: string;
  /** What was found, each some numbers. */
  readonly evidence: Readonly<Record<Id, readonly number[]>>;
}

/** Width of the kernels, in standard deviations of all audits. */
const BANDWIDTH = 0.4;
/** Share of every density that is that of all audits together, so that no single number decides. */
const BACKGROUND = 0.05;

const COUNT = OBJECTIVES.length;

/** How likely texts about an organism are to say each objective, given each it may have: [objective · 6 + claim]. */
const CLAIMED = OBJECTIVES.flatMap((objective) => OBJECTIVES.map((claim) => (claim === objective ? 1 - LIES : LIES / (COUNT - 1))));

function deviations(points: readonly (readonly number[])[]): number[] {
  const [first = []] = points;
  return first.map((_, j) => {
    const mean = points.reduce((sum, point) => sum + point[j]!, 0) / points.length;
    const variance = points.reduce((sum, point) => sum + (point[j]! - mean) ** 2, 0) / points.length;
    // a number that is always the same tells nothing
    return variance > 0 ? Math.sqrt(variance) : 1;
  });
}

/**
 * The logarithms of how likely some numbers are in each class: normal kernels around the known audits of the class, mixed with those of all.
 * @param known numbers of known audits with the index of their class
 * @returns for each class, up to a constant that is the same for all; a class that is not known has the density of all audits
 * @see Silverman, B. W. (1986), Density Estimation for Statistics and Data Analysis, chapter 4
 */
export function logDensities(
  known: readonly { readonly at: readonly number[]; readonly of: number }[],
  asked: readonly number[],
): Float64Array {
  const widths = deviations(known.map(({ at }) => at)).map((deviation) => BANDWIDTH * deviation);
  const sums = new Float64Array(COUNT);
  const counts = new Float64Array(COUNT);
  let all = 0;
  for (const { at, of } of known) {
    let squares = 0;
    for (let j = 0; j < asked.length; j++) squares += ((asked[j]! - at[j]!) / widths[j]!) ** 2;
    // far from everything, the nearest still counts for more than nothing
    const kernel = Math.exp(-squares / 2) + 1e-12;
    sums[of] = sums[of]! + kernel;
    counts[of] = counts[of]! + 1;
    all += kernel;
  }
  const pooled = all / known.length;
  return sums.map((sum, i) => Math.log(counts[i] === 0 ? pooled : (1 - BACKGROUND) * (sum / counts[i]!) + BACKGROUND * pooled));
}

/**
 * How likely evidence is under each objective. Evidence that shows what an organism does depends on its objective; evidence that tells what is
 * said about it depends on what the texts claim, which is a lie as often as the game draws one.
 * @param shown logarithms of densities for each objective, one list for each piece of evidence of behaviour
 * @param told the same for each claim, one list for each piece of evidence of what is said
 * @param trust what the logarithms are multiplied by, in (0, 1]: pieces of evidence repeat each other
 * @returns for each objective, scaled so that the largest is 1
 */
export function likelihoods(shown: readonly Float64Array[], told: readonly Float64Array[], trust: number): Float64Array {
  const sum = (lists: readonly Float64Array[], i: number): number => {
    let all = 0;
    for (const list of lists) all += list[i]!;
    return trust * all;
  };
  const claims = OBJECTIVES.map((_, c) => sum(told, c));
  const likeliest = Math.max(...claims);
  const logs = new Float64Array(COUNT);
  for (let o = 0; o < COUNT; o++) {
    let mixed = 0;
    for (let c = 0; c < COUNT; c++) mixed += CLAIMED[o * COUNT + c]! * Math.exp(claims[c]! - likeliest);
    logs[o] = sum(shown, o) + Math.log(mixed);
  }
  const largest = Math.max(...logs);
  return logs.map((log) => Math.exp(log - largest));
}

/** Audits, each judged by audits of other worlds alone. */
export class Judge<Id extends string> {
  readonly audits: readonly Known<Id>[];
  readonly #told: (id: Id) => boolean;
  readonly #densities = new Map<string, readonly Float64Array[]>();

  /**
   * @param audits of three worlds or more
   * @param told whether a piece of evidence tells what is said about the organism, and not what it does
   */
  constructor(audits: readonly Known<Id>[], told: (id: Id) => boolean) {
    this.audits = audits;
    this.#told = told;
  }

  /** For each audit, the densities of a piece of its evidence, learnt from other worlds than its own and one besides. */
  #of(id: Id, besides: number): readonly Float64Array[] {
    const key = `${id} ${besides}`;
    const found = this.#densities.get(key);
    if (found !== undefined) return found;
    const label = this.#told(id) ? 'claim' : 'objective';
    const densities = this.audits.map(({ world, evidence }) => {
      const known = this.audits.flatMap((one) =>
        one.world === world || one.world === besides ? [] : [{ at: one.evidence[id], of: OBJECTIVES.indexOf(one[label]) }],
      );
      return logDensities(known, evidence[id]);
    });
    this.#densities.set(key, densities);
    return densities;
  }

  /**
   * How likely evidence is under each objective, as {@link likelihoods}, learnt from the audits of other worlds.
   * @param besides a world that is not learnt from either; none unless told
   * @returns for an audit by its number, for each objective
   */
  likelihoods(ids: readonly Id[], trust: number, besides = 0): (audit: number) => Float64Array {
    const of = (told: boolean): (readonly Float64Array[])[] =>
      ids.filter((id) => this.#told(id) === told).map((id) => this.#of(id, besides));
    const [shown, told] = [of(false), of(true)];
    const at = (lists: readonly (readonly Float64Array[])[], audit: number): Float64Array[] => lists.map((list) => list[audit]!);
    return (audit) => likelihoods(at(shown, audit), at(told, audit), trust);
  }
}
