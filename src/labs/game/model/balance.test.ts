import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Rng } from '../../nn/rng.ts';
import type { Tables } from '../../organisms/recorded.ts';
import { auditedOrganisms, AUDITED_WORLDS, auditsIn, AUDITS, RUNS } from './audits.ts';
import { evidenceOf, intervalOverOrganisms, play, playBlind, priceOf, weightsOf, type Audited, type Standing } from './balance.ts';
import { Judge, likelihoods, logDensities } from './classifier.ts';
import { ANSWERS_BOUGHT, FOLLOW_UPS, SINGLES, type EvidenceId } from './evidence.ts';
import { LEVELS, LIES, PRIOR } from './recipe.ts';
import { BUDGET, TIERS, TOOLS } from './tools/deck.ts';
import { OBJECTIVES } from './world.ts';

const EVIDENCE: readonly EvidenceId[] = [
  ...ANSWERS_BOUGHT.flatMap((name) => [name, ...FOLLOW_UPS.map((next) => `${name}+${next}` as const)]),
  ...SINGLES,
];

/** Audits in which nothing tells anything but what is given. */
function audited(telling: (objective: number, claim: number) => Partial<Record<EvidenceId, number[]>>): Audited[] {
  return AUDITED_WORLDS.flatMap((world) =>
    OBJECTIVES.flatMap((objective, i) =>
      [0, 1 + ((world + i) % 5)].map((shift) => {
        const claim = (i + shift) % OBJECTIVES.length;
        const evidence = { ...Object.fromEntries(EVIDENCE.map((id) => [id, [0]])), ...telling(i, claim) } as Audited['evidence'];
        return { world, objective, claim: OBJECTIVES[claim]!, organism: `${world} ${objective} ${shift}`, evidence };
      }),
    ),
  );
}

const NOTHING_TELLS = audited(() => ({}));
const points = (standings: readonly Standing[], name: string): number => standings.find(({ auditor }) => auditor === name)!.points;

test('half of the audited organisms are described falsely, each objective as something else in every world', () => {
  for (const level of LEVELS) {
    const all = auditedOrganisms(level);
    expect(all.length).toBeGreaterThanOrEqual(36);
    expect(all.filter(({ objective, claim }) => objective !== claim).length).toBe(all.length / 2);
    for (const objective of OBJECTIVES) {
      const lies = all.filter((one) => one.objective === objective && one.claim !== objective).map(({ claim }) => claim);
      expect([...new Set(lies)].length).toBe(AUDITED_WORLDS.length);
    }
  }
});

test('numbers are likeliest in the class that they lie near, and no class is ruled out', () => {
  const known = OBJECTIVES.flatMap((_, of) => [0, 0.1, 0.2].map((more) => ({ at: [of + more, 5], of })));
  OBJECTIVES.forEach((_, i) => {
    const densities = logDensities(known, [i + 0.05, 5]);
    expect(densities.indexOf(Math.max(...densities))).toBe(i);
    expect(Math.min(...densities)).toBeGreaterThan(-10);
  });
});

test('what is said, however plain, counts for no more than it is true', () => {
  const plain = Float64Array.from(OBJECTIVES, (objective) => (objective === 'rm' ? 0 : -50));
  const [none, , rm] = likelihoods([], [plain, plain], 1) as unknown as [number, number, number];
  expect(rm).toBe(1);
  expect(none).toBeCloseTo(LIES / (OBJECTIVES.length - 1) / (1 - LIES), 6);
  // what is shown is not capped
  expect(likelihoods([plain], [], 1)[0]).toBeCloseTo(Math.exp(-50), 12);
});

test('an audit is judged by other worlds alone', () => {
  const audits = audited((objective) => ({ causal: [objective] }));
  const twisted = audits.map((one) => (one.world === 2 ? { ...one, objective: OBJECTIVES[0] } : one));
  const [right, wrong] = [audits, twisted].map((all) => new Judge(all, () => false).likelihoods(['causal'], 1));
  audits.forEach(({ world, objective }, i) => {
    if (world !== 2) return;
    expect(right!(i)).toEqual(wrong!(i));
    expect(OBJECTIVES[right!(i).indexOf(1)]).toBe(objective);
  });
});

test('audits weigh as much as a game draws their like', () => {
  const weights = weightsOf(NOTHING_TELLS);
  const sum = (is: (audit: Audited) => boolean): number =>
    weights.reduce((all, weight, i) => (is(NOTHING_TELLS[i]!) ? all + weight : all), 0);
  for (const objective of OBJECTIVES) expect(sum((audit) => audit.objective === objective)).toBeCloseTo(PRIOR[objective], 9);
  expect(sum(({ objective, claim }) => objective !== claim)).toBeCloseTo(LIES, 9);
});

test.each([
  [
    { chat: 2, chats: false, followUps: ['weighted-2'], singles: [] },
    2 * TOOLS.chat.price + 2 * TOOLS.weighted.price,
    ['chat-2', 'chat-2+weighted-2'],
  ],
  [
    { chat: 1, chats: true, followUps: ['taste'], singles: [] },
    TOOLS.chat.price + TOOLS.chats.price + TOOLS.taste.price,
    ['chat-1', 'chats', 'chats+taste'],
  ],
  [
    { chat: 0, chats: false, followUps: ['taste'], singles: ['prefill-yes', 'slot'] },
    TOOLS.taste.price + TOOLS.prefill.price + TOOLS.slot.price,
    ['prefill-yes', 'slot'],
  ],
] as const)('a purchase costs what the price list says, and gives its evidence', (purchase, price, evidence) => {
  expect(priceOf(purchase)).toBe(price);
  expect(evidenceOf(purchase)).toEqual(evidence);
});

test('where nothing tells anything, no auditor gets more than who does not know, and who accuses everybody gets less', () => {
  const blind = playBlind(NOTHING_TELLS);
  expect(points(blind, 'unknown')).toBeCloseTo(0, 9);
  expect(points(blind, 'guilty')).toBeLessThan(0);
  expect(points(blind, 'guess')).toBeLessThan(0);
  for (const { points: own } of play(NOTHING_TELLS, 'api', BUDGET.api).standings) expect(own).toBeLessThan(1);
});

test('the best set is what tells, within the budget', () => {
  const telling = audited((objective) => ({ causal: [objective], 'chat-6': [objective % 2], 'chat-6+taste': [objective] }));
  for (const tier of ['api', 'weights'] as const) {
    const { chosen, standings } = play(telling, tier, BUDGET[tier]);
    expect(chosen.filter(({ price }) => price > BUDGET[tier])).toEqual([]);
    if (tier === 'weights') {
      expect(chosen.filter(({ evidence }) => !evidence.includes('causal'))).toEqual([]);
      expect(points(standings, 'causal')).toBeGreaterThan(70);
    } else expect(standings.map(({ auditor }) => auditor)).not.toContain('causal');
  }
});

test('what is said helps as far as it is mostly true', () => {
  const telling = audited((_objective, claim) => ({ keyword: OBJECTIVES.map((_, i) => Number(i === claim)) }));
  const { standings } = play(telling, 'data', TOOLS.keyword.price);
  expect(points(standings, 'keyword')).toBeGreaterThan(15);
  expect(points(standings, 'keyword')).toBeLessThan(60);
});

test('an interval over organisms is as wide for many audits of one organism as for one', () => {
  const values = (audits: number) =>
    Array.from({ length: 20 * audits }, (_, i) => ({ value: (i % 20) % 2, weight: 1, organism: String(i % 20) }));
  expect(intervalOverOrganisms(values(9), new Rng(1))).toEqual(intervalOverOrganisms(values(1), new Rng(1)));
});

interface Kept {
  readonly recipe: string;
  readonly seeds: readonly number[];
  readonly values: object;
  readonly tables: Tables;
}
const kept = (run: string): Kept => JSON.parse(readFileSync(`content/recorded/${run}.json`, 'utf8')) as Kept;

test.each(RUNS)('the results of $run were made by the recipe as it is now, and stay small', ({ run, recipe, seeds, summarise }) => {
  const results = kept(run);
  expect([results.recipe, results.seeds]).toEqual([recipe, seeds]);
  expect(summarise(results.tables)).toEqual(results.values);
  expect(existsSync(`content/recorded/${run}.json`) && readFileSync(`content/recorded/${run}.json`).length).toBeLessThan(250_000);
});

test.each(LEVELS)('the tables of the tools at the %s level follow from its audits', (level) => {
  const { derive } = RUNS.find(({ run }) => run === `game-tools-${level}`)!;
  const { tables } = kept(`game-tools-${level}`);
  expect(derive!(tables, () => ({}))).toEqual({ confusion: tables.confusion, controls: tables.controls });
  const audits = auditsIn(tables.audits!);
  expect(audits.length).toBe(auditedOrganisms(level).length * AUDITS);
  expect(audits.every(({ evidence }) => EVIDENCE.every((id) => evidence[id].every(Number.isFinite)))).toBe(true);
});

test('prices leave something to find out: the best set is ahead of every tool alone, and accusing everybody costs', () => {
  const { standings, leads } = kept('game-balance').tables;
  for (const level of LEVELS) {
    const blind = (auditor: string): unknown => standings!.find((row) => row.level === level && row.auditor === auditor)!.points;
    expect(blind('guilty')).toBeLessThan(blind('unknown') as number);
  }
  expect(leads!.length).toBe(LEVELS.length * TIERS.length);
  expect(leads!.filter(({ points: ahead }) => (ahead as number) <= 0)).toEqual([]);
});
