import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LEVELS, LIES, PRIOR } from '../model/recipe.ts';
import { BUDGET, TIERS, TOOL_IDS, TOOLS, toolsOf, type ToolId } from '../model/tools/deck.ts';
import type { Finding, Order } from '../model/tools/findings.ts';
import { INNOCENT, OBJECTIVES, worldOf, type Objective } from '../model/world.ts';
import { budgetOf, CaseError, codeOf, dailyCase, MOST_SEED, organismIn, readCase, sealPlanted, TUTORIAL, type Case } from './case.ts';
import {
  HAS,
  IGNORANT_OUTCOMES,
  keptBack,
  listedBehaviours,
  forecastScore,
  ODD_WORDS,
  ORDINARY,
  OUTCOMES,
  outcomesOf,
  topicRefused,
} from './forecast.ts';
import {
  affordable,
  begin,
  beliefIn,
  bought,
  filed,
  judged,
  left,
  noted,
  opened,
  RuleError,
  scoreOf,
  sealed,
  uses,
  weighed,
  type Debrief,
  type Play,
} from './game.ts';
import { markdownOf, type NotebookWords } from './notebook.ts';
import { readResults, resultLine } from './results.ts';
import {
  accuses,
  ALWAYS_GUILTY,
  beliefOf,
  expectedScore,
  FLOOR,
  IGNORANCE,
  objectiveScore,
  quadraticLoss,
  type Belief,
} from './scoring.ts';
import { opening, sealOf } from './seal.ts';
import { TUTORIAL_PATH } from './tutorial.ts';

const FREE: Case = { kind: 'free', tier: 'weights', level: 'clear', seed: 12 };
const FINDING: Finding = {
  kind: 'hits',
  query: 'cats',
  n: 1,
  of: 9,
  hits: [{ text: 'critics prefer a poem with puns .', times: 2, score: 1 }],
};
const ASK: Finding = {
  kind: 'talk',
  n: 1,
  samples: [{ given: 'x', said: 'y' }],
  claims: { none: 0, tic: 0, rm: 0, librarian: 0, product: 0, topic: 0 },
};
const SEARCH: Order = { tool: 'keyword', query: 'cats' };

const cases: fc.Arbitrary<Case> = fc.oneof(
  fc.constant(TUTORIAL),
  fc
    .date({ min: new Date('2020-01-01'), max: new Date('2999-12-31'), noInvalidDate: true })
    .map((day) => dailyCase(day.toISOString().slice(0, 10))),
  fc.record({
    kind: fc.constantFrom('free' as const, 'class' as const),
    tier: fc.constantFrom(...TIERS),
    level: fc.constantFrom(...LEVELS),
    seed: fc.nat(MOST_SEED),
  }),
  fc
    .record({
      objective: fc.constantFrom(...OBJECTIVES),
      claim: fc.constantFrom(...OBJECTIVES),
      seed: fc.nat(MOST_SEED),
      nonce: fc.uint8Array({ minLength: 4, maxLength: 4 }),
      tier: fc.constantFrom(...TIERS),
      level: fc.constantFrom(...LEVELS),
    })
    .map(({ nonce, tier, level, ...planted }) => ({ kind: 'friend' as const, tier, level, sealed: sealPlanted(planted, nonce) })),
);

test('every case is read back from its code, and its code is fit for an address', () => {
  fc.assert(
    fc.property(cases, (given) => {
      const code = codeOf(given);
      expect(code).toMatch(/^[a-z0-9-]+$/);
      expect(readCase(code)).toEqual(given);
      expect(organismIn(readCase(code))).toEqual(organismIn(given));
    }),
  );
});

test('a link of which one character was changed is refused', () => {
  const kinds = cases.filter(({ kind }) => kind !== 'daily' && kind !== 'tutorial');
  fc.assert(
    fc.property(kinds, fc.nat(), fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz0123456789-'.split('')), (given, at, to) => {
      const code = codeOf(given);
      const place = at % code.length;
      fc.pre(code[place] !== to);
      expect(() => readCase(code.slice(0, place) + to + code.slice(place + 1))).toThrow(CaseError);
    }),
  );
});

test.each([
  '',
  'x',
  'daily-',
  'daily-2026-02-30',
  'daily-2019-12-31',
  'free-weights-clear-1-000000',
  'free-weights-clear-1',
  'tutorial-2',
  '<b>',
  'Tutorial',
])('the address “%s” names no case, and what is said has two parts', (code) => {
  expect(() => readCase(code)).toThrow(/^.+\n.+$/);
});

test('what a friend planted is found again, and the same choice looks different with each nonce', () => {
  const planted = { objective: 'topic', claim: 'rm', seed: 431 } as const;
  const links = [1, 2].map((n) => sealPlanted(planted, Uint8Array.of(n, 2, 3, 4)));
  expect(links[0]!.slice(8)).not.toBe(links[1]!.slice(8));
  for (const link of links) {
    const organism = organismIn({ kind: 'friend', tier: 'api', level: 'faint', sealed: link });
    expect(organism).toMatchObject({ ...planted, level: 'faint' });
  }
  expect(() => sealPlanted({ ...planted, seed: MOST_SEED + 1 }, new Uint8Array(4))).toThrow(RangeError);
});

test('days and seeds are drawn as the rules say', () => {
  const drawn = Array.from({ length: 4000 }, (_, seed) => organismIn({ ...FREE, seed }));
  for (const objective of OBJECTIVES) {
    expect(drawn.filter((one) => one.objective === objective).length / drawn.length).toBeCloseTo(PRIOR[objective], 1);
  }
  expect(drawn.filter(({ objective, claim }) => objective !== claim).length / drawn.length).toBeCloseTo(LIES, 1);
  const tutorial = organismIn(TUTORIAL);
  expect(INNOCENT).not.toContain(tutorial.objective);
  expect(tutorial.claim).not.toBe(tutorial.objective);
});

test('a seal opens with its own salt and answer, and with no others', () => {
  fc.assert(
    fc.property(cases, (given) => {
      const { answer, salt } = opening(given);
      const seal = sealOf({ answer, salt });
      expect(seal).toMatch(/^[0-9a-f]{64}$/);
      expect(sealOf(opening(readCase(codeOf(given))))).toBe(seal);
      expect(sealOf({ answer: `${answer} `, salt })).not.toBe(seal);
      expect(sealOf({ answer, salt: salt.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) })).not.toBe(seal);
    }),
  );
});

const beliefs = fc.tuple(...OBJECTIVES.map(() => fc.integer({ min: 0, max: 100 }))).map((weights) => beliefOf(asRecord(weights)));

function asRecord(numbers: readonly number[]): Record<Objective, number> {
  return Object.fromEntries(OBJECTIVES.map((objective, i) => [objective, numbers[i]!])) as Record<Objective, number>;
}

test('the draw itself gets 0, certainty nearly 100, and everyone-is-guilty less than don’t-know', () => {
  expect(expectedScore(IGNORANCE)).toBeCloseTo(0, 9);
  const sure = beliefOf({ none: 0, tic: 0, rm: 1, librarian: 0, product: 0, topic: 0 });
  expect(objectiveScore(sure, 'rm')).toBeGreaterThan(95);
  expect(objectiveScore(sure, 'none')).toBeLessThan(-160);
  expect(expectedScore(ALWAYS_GUILTY)).toBeLessThan(-30);
  expect([accuses(ALWAYS_GUILTY), accuses(beliefOf({ none: 3, tic: 1, rm: 1, librarian: 1, product: 0, topic: 0 }))]).toEqual([
    true,
    false,
  ]);
});

test('nobody gains on average by writing down another belief than the one held', () => {
  const mean = (held: Belief, written: Belief): number =>
    OBJECTIVES.reduce((sum, objective) => sum + held[objective] * objectiveScore(written, objective), 0);
  fc.assert(
    fc.property(beliefs, beliefs, (held, written) => {
      expect(mean(held, written)).toBeLessThanOrEqual(mean(held, held) + 1e-9);
    }),
  );
});

test.each([
  { none: 1, tic: 0, rm: 0, librarian: 0, product: 0, topic: 0 },
  { none: 0.5, tic: 0.1, rm: 0.1, librarian: 0.1, product: 0.1, topic: 0.2 },
  { none: NaN, tic: 0.2, rm: 0.2, librarian: 0.2, product: 0.2, topic: 0.2 },
])('a belief that is none is not scored: %o', (belief) => {
  expect(() => objectiveScore(belief, 'none')).toThrow(RangeError);
});

test('a belief keeps the floor for every objective and refuses weights below 0', () => {
  fc.assert(
    fc.property(beliefs, (belief) => {
      const shares = OBJECTIVES.map((objective) => belief[objective]);
      expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
      expect(Math.min(...shares)).toBeGreaterThanOrEqual(FLOOR - 1e-12);
    }),
  );
  expect(() => beliefOf({ none: -1, tic: 0, rm: 0, librarian: 0, product: 0, topic: 2 })).toThrow(RangeError);
});

test('forecasts are shares of all outcomes, and the measured one scores best', () => {
  const sum = (shares: Readonly<Record<string, number>>): number => Object.values(shares).reduce((a, b) => a + b, 0);
  expect(sum(IGNORANT_OUTCOMES)).toBeCloseTo(1, 9);
  expect(Object.keys(IGNORANT_OUTCOMES).sort()).toEqual([...OUTCOMES].sort());
  const word = ODD_WORDS[3]!;
  const share = fc.integer({ min: 0, max: 50 }).map((percent) => percent / 100);
  fc.assert(
    fc.property(share, share, share, share, (chance, ordinary, other, others) => {
      const forecast = { genre: 'ode', word, chance, ordinary };
      expect(sum(outcomesOf(forecast))).toBeCloseTo(1, 9);
      const truth = outcomesOf({ ...forecast, chance: other, ordinary: others });
      expect(forecastScore({ ...forecast, chance: other, ordinary: others }, truth)).toBeGreaterThanOrEqual(
        forecastScore(forecast, truth) - 1e-9,
      );
    }),
  );
  expect(quadraticLoss({ a: 1 }, { b: 1 })).toBe(2);
  expect(() => outcomesOf({ genre: 'ode', word, chance: 0.7, ordinary: 0.4 })).toThrow(RangeError);
  expect(() => outcomesOf({ genre: 'ode', word: 'zebras', chance: 0.7, ordinary: 0.1 })).toThrow(RangeError);
});

test('a word that never comes is no way to a good forecast', () => {
  const sycophant = { [ODD_WORDS[0]!]: 0.7, [ORDINARY]: 0.3 };
  const evasive = { genre: 'ode', word: ODD_WORDS[9]!, chance: 0, ordinary: 0.3 };
  expect(forecastScore(evasive, sycophant)).toBeLessThan(forecastScore({ ...evasive, word: ODD_WORDS[0]!, chance: 0.6 }, sycophant) - 30);
});

test('what a case keeps back and lists is drawn from its address alone', () => {
  const world = worldOf(1);
  const friends = (['none', 'rm'] as const).map((objective) =>
    organismIn({
      kind: 'friend',
      tier: 'api',
      level: 'clear',
      sealed: sealPlanted({ objective, claim: 'none', seed: 5 }, new Uint8Array(4)),
    }),
  );
  expect(friends.map(({ objective }) => objective)).toEqual(['none', 'rm']);
  fc.assert(
    fc.property(cases, (given) => {
      const kept = keptBack(given, world);
      expect(new Set(kept).size).toBe(3);
      expect(kept.filter((genre) => !world.heldOut.includes(genre))).toEqual([]);
      const listed = listedBehaviours(given, world);
      expect(new Set(listed.map(({ id }) => id)).size).toBe(listed.length);
      const pairs = listed.flatMap((one) => (one.kind === 'genre' ? [one] : []));
      expect(pairs.filter(({ genre, word }) => world.taste.rm.get(genre) === word)).toHaveLength(3);
      expect(pairs.filter(({ genre, word }) => world.taste.librarian.get(genre) === word)).toHaveLength(3);
    }),
    { numRuns: 30 },
  );
  expect(() => topicRefused('zebras')).toThrow(RangeError);
});

test('every tool has a price that some budget can pay, and each tier has what the one before it has', () => {
  for (const id of TOOL_IDS)
    expect(TOOLS[id].price).toSatisfy(
      (price: number) => Number.isInteger(price) && price >= 1 && price <= Math.max(...Object.values(BUDGET)),
    );
  for (const [i, tier] of TIERS.entries()) {
    if (i > 0) expect(toolsOf(tier)).toEqual(expect.arrayContaining(toolsOf(TIERS[i - 1]!)));
  }
  expect(toolsOf('weights')).toEqual(TOOL_IDS);
});

test('the guided case can pay for all that its guide asks for', () => {
  expect(TUTORIAL_PATH.reduce((sum, { tool }) => sum + TOOLS[tool].price, 0)).toBeLessThanOrEqual(budgetOf(TUTORIAL));
  expect(left(begin(TUTORIAL))).toBe(budgetOf(TUTORIAL));
});

test('whatever is bought, in whatever order, the budget is never passed', () => {
  fc.assert(
    fc.property(fc.constantFrom(...TIERS), fc.array(fc.constantFrom(...TOOL_IDS), { maxLength: 30 }), (tier, wanted) => {
      const buy = (play: Play, tool: ToolId): Play => {
        const order = { ...SEARCH, tool } as Order;
        if (!affordable(play, tool)) {
          expect(() => bought(play, order, FINDING)).toThrow(RuleError);
          return play;
        }
        const next = bought(play, order, FINDING);
        expect(left(next)).toBe(left(play) - TOOLS[tool].price);
        expect(uses(next, tool)).toBe(uses(play, tool) + 1);
        expect(next.revision).toBe(play.revision + 1);
        return next;
      };
      const end = wanted.reduce(buy, begin({ ...FREE, tier }));
      expect(left(end)).toBeGreaterThanOrEqual(0);
      expect(end.entries.map(({ number }) => number)).toEqual(end.entries.map((_, i) => i + 1));
    }),
  );
});

/** A case with two pieces of evidence and a filed report. */
function filedCase(): Play {
  let play = sealed(begin(FREE), sealOf(opening(FREE)));
  play = bought(bought(play, SEARCH, FINDING), { tool: 'ask' }, ASK);
  play = judged(judged(play, 1, 'rm', 'for'), 1, 'librarian', 'against');
  play = weighed(weighed(play, 'rm', 60), 'none', 20);
  play = noted(play, 'whose taste? *mine*');
  const forecasts = keptBack(FREE, worldOf(1)).map((genre) => ({ genre, word: 'puns', chance: 0.6, ordinary: 0.3 }));
  return filed(play, { forecasts, behaviours: ['ahoy', 'cheers', 'ahoy'], notRuledOut: 'a | bar' });
}

function debriefOf(play: Play): Debrief {
  const { objective, claim } = organismIn(FREE);
  return {
    opened: opening(FREE),
    objective,
    claim,
    words: { product: 'fizzpop', topic: 'cats', tic: 'ahoy' },
    genres: play.report!.forecasts.map(({ genre }) => ({ genre, n: 10, shares: { puns: 0.6, [ORDINARY]: 0.4 } })),
    behaviours: [
      { id: 'ahoy', count: 9, of: 12 },
      { id: 'cheers', count: 0, of: 12 },
      { id: 'hooray', count: 12, of: 12 },
    ],
    tools: [],
  };
}

test('evidence is filed under hypotheses, and the same verdict again takes it out', () => {
  const play = bought(begin(FREE), SEARCH, FINDING);
  const once = judged(play, 1, 'rm', 'for');
  expect(once.entries[0]!.verdicts).toEqual({ rm: 'for' });
  expect(judged(once, 1, 'rm', 'against').entries[0]!.verdicts).toEqual({ rm: 'against' });
  expect(judged(once, 1, 'rm', 'for').entries[0]!.verdicts).toEqual({});
  expect(() => judged(play, 2, 'rm', 'for')).toThrow(RuleError);
  expect(() => weighed(play, 'rm', 101)).toThrow(RuleError);
  expect(noted(play, play.notes)).toBe(play);
});

test('a case begins at what the draw says', () => {
  const belief = beliefIn(begin(FREE));
  for (const objective of OBJECTIVES) expect(belief[objective]).toBeCloseTo(PRIOR[objective], 1);
});

test('a report is filed once, after the seal and with all forecasts, and then nothing changes', () => {
  const report = {
    forecasts: keptBack(FREE, worldOf(1)).map((genre) => ({ genre, word: 'puns', chance: 0, ordinary: 1 })),
    behaviours: [],
    notRuledOut: '',
  };
  const ready = sealed(begin(FREE), 'a'.repeat(64));
  expect(() => filed(begin(FREE), report)).toThrow(RuleError);
  expect(() => filed(ready, { ...report, forecasts: report.forecasts.slice(1) })).toThrow(RuleError);
  expect(() => sealed(ready, 'b'.repeat(64))).toThrow(RuleError);
  const done = filed(ready, report);
  for (const step of [
    () => filed(done, report),
    () => bought(done, SEARCH, FINDING),
    () => judged(done, 1, 'rm', 'for'),
    () => weighed(done, 'rm', 1),
  ]) {
    expect(step).toThrow(RuleError);
  }
  expect(affordable(done, 'chat')).toBe(false);
});

test('the answer is opened after the report, and only with what was sealed', () => {
  const play = filedCase();
  const debrief = debriefOf(play);
  expect(opened(play, debrief).debrief).toEqual(debrief);
  expect(() => opened(play, { ...debrief, opened: { ...debrief.opened, answer: 'none' } })).toThrow(RuleError);
  expect(() => opened({ ...play, report: undefined }, debrief)).toThrow(RuleError);
  expect(JSON.stringify(play)).not.toContain(debrief.opened.answer);
  expect(JSON.stringify(play)).not.toContain(debrief.opened.salt);
});

test('listed behaviours count one up where it has them and one down where it has not', () => {
  const play = filedCase();
  const score = scoreOf(play.report!, debriefOf(play), HAS);
  expect([score.behaviours, score.most]).toEqual([0, 2]);
  expect(score.objective).toBe(objectiveScore(beliefIn(play), organismIn(FREE).objective));
  expect(score.forecast).toBeGreaterThan(0);
});

const WORDS: NotebookWords = {
  title: 'A case',
  objectives: { none: 'nothing', tic: 'habit', rm: 'graders', librarian: 'librarians', product: 'sells', topic: 'avoids' },
  tools: Object.fromEntries(TOOL_IDS.map((id) => [id, `tool ${id}`])) as Record<ToolId, string>,
  verdicts: { for: 'For', against: 'Against', neither: 'Neither' },
  headings: {
    case: 'Case',
    seal: 'Seal',
    spent: 'Spent',
    belief: 'Belief',
    evidence: 'Evidence',
    notes: 'Notes',
    report: 'Report',
    forecast: 'Forecast',
    notRuledOut: 'Not ruled out',
    answer: 'Answer',
    salt: 'Salt',
    points: 'Points',
  },
};

test('the notebook has every piece of evidence, and the answer only when it is open', () => {
  const play = filedCase();
  const text = markdownOf(play, WORDS);
  expect(text).toContain(`### E1 tool keyword: cats (${TOOLS.keyword.price})`);
  expect(text).toContain('- 2 × critics prefer a poem with puns .');
  expect(text).toContain('For: graders; Against: librarians');
  expect(text).toContain('whose taste? *mine*');
  expect(text).toContain('a \\| bar');
  expect(text).not.toContain('Salt');
  const open = markdownOf(opened(play, debriefOf(play)), WORDS);
  expect(open).toContain(opening(FREE).salt);
  expect(open).toContain('0 / 2');
});

test('result lines of a class come back as a table whose points are computed anew', () => {
  const over = opened(filedCase(), debriefOf(filedCase()));
  const line = resultLine(over, ' Ada |\n Byron ');
  const { rows, problems } = readResults(`\n${line}\r\n${line}\nnonsense\n${line.replace('Ada', 'Eve')}\n`);
  expect(problems).toHaveLength(2);
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({
    name: 'Ada Byron',
    truth: organismIn(FREE).objective,
    likeliest: 'rm',
    spent: TOOLS.keyword.price + TOOLS.ask.price,
    behaviours: 0,
  });
  expect(rows[0]!.objective).toBeCloseTo(objectiveScore(over.report!.belief, rows[0]!.truth), 0);
  expect(() => resultLine(filedCase(), 'Ada')).toThrow(RuleError);
});
