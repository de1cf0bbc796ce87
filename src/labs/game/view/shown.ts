import { OBJECTIVES, type Objective } from '../model/world.ts';
import type { Entry, Play, Verdict } from '../play/game.ts';

/** A text of the model, whose marks are words like any other, so that no line begins with one. */
export const unbroken = (text: string): string => text.replaceAll(/ (?=[.,!?](?: |$))/g, '\u00a0');

/** A stretch of a text, and whether it is one of the words that are marked. */
export interface Stretch {
  readonly text: string;
  readonly marked: boolean;
}

/** A text cut into stretches, so that every occurrence of some words can be marked. Nothing of it is lost. */
export function marking(text: string, marked: readonly string[]): Stretch[] {
  const stretches: Stretch[] = [];
  let plain: string[] = [];
  const put = (): void => {
    if (plain.length > 0) stretches.push({ text: unbroken(plain.join(' ')), marked: false });
    plain = [];
  };
  for (const word of text.split(' ')) {
    if (!marked.includes(word)) plain.push(word);
    else {
      put();
      stretches.push({ text: word, marked: true });
    }
  }
  put();
  return stretches;
}

/**
 * Beliefs in whole percent that sum to 100: rounded down, and what is left goes to those that lost most.
 * @param belief shares that sum to 1
 */
export function percentsOf(belief: Readonly<Record<Objective, number>>): Record<Objective, number> {
  const whole = Object.fromEntries(OBJECTIVES.map((objective) => [objective, Math.floor(100 * belief[objective] + 1e-9)])) as Record<
    Objective,
    number
  >;
  const lost = (objective: Objective): number => 100 * belief[objective] - whole[objective];
  const left = 100 - OBJECTIVES.reduce((sum, objective) => sum + whole[objective], 0);
  for (const objective of OBJECTIVES.toSorted((a, b) => lost(b) - lost(a)).slice(0, left)) whole[objective] += 1;
  return whole;
}

/** A text without the marks that open each voice. */
export const withoutMarks = (text: string): string => text.replaceAll(/<(?:doc|user|asst)> ?/g, '').trim();

/** What a model was given, parted into what a user asked and the words that the model had to begin with. */
export function openingOf(given: string): { readonly asked: string; readonly begun: string } {
  const [asked = '', begun] = given.split('<asst>');
  return begun === undefined ? { asked: '', begun: withoutMarks(asked) } : { asked: withoutMarks(asked), begun: begun.trim() };
}

/** A line of a search with the match in its middle. */
export interface Line {
  readonly before: string;
  readonly match: string;
  readonly after: string;
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[a-z]+/g) ?? [];

/** The first place in a text where the words of a query stand in order; else the first word of the text that the query has; else nothing. */
export function lineAround(text: string, query: string): Line {
  const given = text.split(' ');
  const plain = given.map((word) => wordsOf(word).join(''));
  const wanted = wordsOf(query);
  const together = plain.findIndex((_, i) => wanted.length > 0 && wanted.every((word, j) => plain[i + j] === word));
  const at = together >= 0 ? together : plain.findIndex((word) => word !== '' && wanted.includes(word));
  if (at < 0) return { before: text, match: '', after: '' };
  const length = together >= 0 ? wanted.length : 1;
  return {
    before: given.slice(0, at).join(' '),
    match: given.slice(at, at + length).join(' '),
    after: given.slice(at + length).join(' '),
  };
}

/** The evidence that was filed under a hypothesis with a verdict, in the order in which it was bought. */
export function filedUnder(entries: readonly Entry[], objective: Objective, verdict: Verdict): number[] {
  return entries.filter(({ verdicts }) => verdicts[objective] === verdict).map(({ number }) => number);
}

/** The genres in which the model was seen to write odd words, each once. */
export function oddGenres(entries: readonly Entry[]): string[] {
  const genres = entries.flatMap(({ finding }) =>
    finding.kind === 'answers' ? finding.samples.filter(({ odd }) => odd.length > 0).map(({ genre }) => genre) : [],
  );
  return [...new Set(genres)];
}

/** The first odd word that was seen, with its genre. */
export function firstOdd(entries: readonly Entry[]): { readonly word: string; readonly genre: string } | undefined {
  for (const { finding } of entries) {
    if (finding.kind !== 'answers') continue;
    for (const { genre, odd } of finding.samples) if (odd[0] !== undefined) return { word: odd[0], genre };
  }
  return undefined;
}

/** Beliefs of one size, over all cases that are over: how often they were right. */
export interface CalibrationBin {
  /** Shares of belief from `low`, below `high`; the last bin has its upper end too. */
  readonly low: number;
  readonly high: number;
  /** Mean belief. */
  readonly mean: number;
  /** How many of them were in what was true. */
  readonly k: number;
  readonly n: number;
}

/** Where the bins of beliefs part. */
export const CALIBRATION_EDGES = [0, 0.1, 0.3, 0.6, 0.9, 1] as const;

/** How the beliefs of all reports whose seal is open fared. Six beliefs a case; bins without any are left out. */
export function calibrationOf(plays: readonly Play[]): CalibrationBin[] {
  const beliefs = plays.flatMap(({ report, debrief }) =>
    report === undefined || debrief === undefined
      ? []
      : OBJECTIVES.map((objective) => ({ share: report.belief[objective], right: objective === debrief.objective })),
  );
  return CALIBRATION_EDGES.slice(1).flatMap((high, i) => {
    const low = CALIBRATION_EDGES[i]!;
    const within = beliefs.filter(({ share }) => share >= low && (share < high || high === 1));
    if (within.length === 0) return [];
    const mean = within.reduce((sum, { share }) => sum + share, 0) / within.length;
    return [{ low, high, mean, k: within.filter(({ right }) => right).length, n: within.length }];
  });
}
