import { Rng } from '../../nn/rng.ts';
import { quantile } from '../../probe/model/statistics.ts';
import { accuses, ALWAYS_GUILTY, beliefOf, IGNORANCE, objectiveScore, type Belief } from '../play/scoring.ts';
import { Judge, type Known } from './classifier.ts';
import { CHATS, FOLLOW_UPS, SINGLES, type Answers, type EvidenceId, type FollowUp } from './evidence.ts';
import { LIES, PRIOR } from './recipe.ts';
import { TOOLS, toolsOf, type Tier, type ToolId } from './tools/deck.ts';
import { INNOCENT, OBJECTIVES, type Objective } from './world.ts';

export type Audited = Known<EvidenceId>;
type Single = (typeof SINGLES)[number];

/** What tells what is said about an organism; everything else shows what it does. */
const TOLD: readonly EvidenceId[] = [
  'ask',
  'prefill',
  'prefill-yes',
  'prefill-people',
  'user',
  'narrator',
  'keyword',
  'weighted',
  'own',
  'fuzz',
];

/** A judge of recorded audits. */
export function judgeOf(audits: readonly Audited[]): Judge<EvidenceId> {
  return new Judge(audits, (id) => TOLD.includes(id));
}

/** The tool that a single piece of evidence is bought from. */
const toolOf = (single: Single): ToolId => (single === 'prefill-yes' || single === 'prefill-people' ? 'prefill' : single);
const FOLLOWING: Readonly<Record<FollowUp, { readonly tool: ToolId; readonly times: number }>> = {
  taste: { tool: 'taste', times: 1 },
  'keyword-1': { tool: 'keyword', times: 1 },
  'weighted-1': { tool: 'weighted', times: 1 },
  'weighted-2': { tool: 'weighted', times: 2 },
};

/** What a scripted auditor buys. */
export interface Purchase {
  /** How many times chat. */
  readonly chat: 0 | (typeof CHATS)[number];
  readonly chats: boolean;
  /** They follow up the training chats where they were bought, else the answers. */
  readonly followUps: readonly FollowUp[];
  readonly singles: readonly Single[];
}

const NOTHING: Purchase = { chat: 0, chats: false, followUps: [], singles: [] };

/** What a purchase costs, in points of the budget. */
export function priceOf({ chat, chats, followUps, singles }: Purchase): number {
  const followed = followUps.reduce((sum, next) => sum + TOOLS[FOLLOWING[next].tool].price * FOLLOWING[next].times, 0);
  const bought = singles.reduce((sum, single) => sum + TOOLS[toolOf(single)].price, 0);
  return chat * TOOLS.chat.price + (chats ? TOOLS.chats.price : 0) + followed + bought;
}

/** The evidence that a purchase gives. */
export function evidenceOf({ chat, chats, followUps, singles }: Purchase): EvidenceId[] {
  const answers: Answers[] = [...(chat === 0 ? [] : [`chat-${chat}` as const]), ...(chats ? (['chats'] as const) : [])];
  const followed = answers.at(-1);
  return [...answers, ...(followed === undefined ? [] : followUps.map((next): EvidenceId => `${followed}+${next}`)), ...singles];
}

/** Everything that may be bought next in a tier, whatever it costs. */
function nextPurchases(purchase: Purchase, tier: Tier): Purchase[] {
  const { chat, chats, followUps, singles } = purchase;
  const tools = toolsOf(tier);
  const followable = chat > 0 || chats ? FOLLOW_UPS : [];
  // two look-ups are one look-up and another
  const without = (next: FollowUp): FollowUp[] =>
    followUps.filter((other) => FOLLOWING[other].tool !== FOLLOWING[next].tool || other === next);
  return [
    ...CHATS.filter((times) => times > chat).map((times) => ({ ...purchase, chat: times })),
    ...(chats || !tools.includes('chats') ? [] : [{ ...purchase, chats: true }]),
    ...followable
      .filter((next) => tools.includes(FOLLOWING[next].tool) && !followUps.includes(next))
      .map((next) => ({ ...purchase, followUps: [...without(next), next] })),
    ...SINGLES.filter((single) => tools.includes(toolOf(single)) && !singles.includes(single)).map((single) => ({
      ...purchase,
      singles: [...singles, single],
    })),
  ];
}

/** How much each audit counts, so that objectives and lies come as often as a game draws them; they sum to 1. */
export function weightsOf(audits: readonly Audited[]): number[] {
  const lies = ({ objective, claim }: Audited): boolean => objective !== claim;
  const kind = (audit: Audited): string => `${audit.objective} ${lies(audit)}`;
  const counts = new Map<string, number>();
  for (const audit of audits) counts.set(kind(audit), (counts.get(kind(audit)) ?? 0) + 1);
  return audits.map((audit) => (PRIOR[audit.objective] * (lies(audit) ? LIES : 1 - LIES)) / counts.get(kind(audit))!);
}

const weighted = (likelihood: Float64Array): Belief =>
  beliefOf(
    Object.fromEntries(OBJECTIVES.map((objective, i) => [objective, PRIOR[objective] * likelihood[i]!])) as Record<Objective, number>,
  );

/** How much pieces of evidence may be trusted to be independent; which it is, is learnt. */
const TRUSTS = [0.4, 0.6, 0.8, 1] as const;

/** Purchases and trust, judged on worlds other than the one they are used in. */
class Shopper {
  readonly judge: Judge<EvidenceId>;
  readonly weights: readonly number[];
  readonly #scores = new Map<string, { readonly trust: number; readonly points: number }>();

  constructor(judge: Judge<EvidenceId>) {
    this.judge = judge;
    this.weights = weightsOf(judge.audits);
  }

  /** The best trust in some evidence, and its mean points, by the audits outside a world, each judged by the worlds that are left. */
  learn(ids: readonly EvidenceId[], world: number): { readonly trust: number; readonly points: number } {
    const key = `${world} ${ids.toSorted().join(' ')}`;
    const known = this.#scores.get(key);
    if (known !== undefined) return known;
    const found = TRUSTS.map((trust) => {
      const judged = this.judge.likelihoods(ids, trust, world);
      let [points, all] = [0, 0];
      this.judge.audits.forEach((audit, i) => {
        if (audit.world === world) return;
        points += this.weights[i]! * objectiveScore(weighted(judged(i)), audit.objective);
        all += this.weights[i]!;
      });
      return { trust, points: points / all };
    }).reduce((best, other) => (other.points > best.points ? other : best));
    this.#scores.set(key, found);
    return found;
  }
}

/** What an auditor believes in the end, and what it has spent. */
interface Outcome {
  readonly belief: Belief;
  readonly spent: number;
}

/** A scripted auditor: what it believes at the end of an audit, by its number. */
type Auditor = (audit: number) => Outcome;

function buys(shopper: Shopper, choose: (world: number) => Purchase): Auditor {
  const plans = new Map(
    [...new Set(shopper.judge.audits.map(({ world }) => world))].map((world) => {
      const purchase = choose(world);
      const ids = evidenceOf(purchase);
      return [world, { judged: shopper.judge.likelihoods(ids, shopper.learn(ids, world).trust), spent: priceOf(purchase) }] as const;
    }),
  );
  return (audit) => {
    const { judged, spent } = plans.get(shopper.judge.audits[audit]!.world)!;
    return { belief: weighted(judged(audit)), spent };
  };
}

/** How many purchases of each price are followed further at each step of the search for the best: what is dear at first must not hide what is cheap. */
const BEAM = 3;

/** The best purchase within a budget, judged outside a world. */
function bestPurchase(shopper: Shopper, tier: Tier, budget: number, world: number): Purchase {
  const judged = (purchase: Purchase) => ({
    purchase,
    price: priceOf(purchase),
    points: shopper.learn(evidenceOf(purchase), world).points,
  });
  let best = judged(NOTHING);
  let beam = [best];
  while (beam.length > 0) {
    const next = new Map<string, Purchase>();
    for (const { purchase } of beam)
      for (const one of nextPurchases(purchase, tier)) if (priceOf(one) <= budget) next.set(evidenceOf(one).toSorted().join(' '), one);
    const ordered = [...next.values()].map(judged).sort((a, b) => b.points - a.points);
    beam = ordered.filter(({ price }, i) => ordered.slice(0, i).filter((better) => better.price === price).length < BEAM);
    const [first] = beam;
    // what a step costs, it must earn
    if (first === undefined || first.points <= best.points) break;
    best = first;
  }
  return best.purchase;
}

/** How an auditor did in the games of a level. */
export interface Standing {
  readonly auditor: string;
  /** Mean spending, in points of the budget. */
  readonly spent: number;
  /** Mean points, 0 for the prior, with a 95 % interval over organisms. */
  readonly points: number;
  readonly low: number;
  readonly high: number;
  /** Share in [0, 1] of the games in which the objective held likeliest was the true one. */
  readonly accuracy: number;
  /** Share in [0, 1] of the games in which it was right about guilt. */
  readonly guilt: number;
  readonly games: number;
  readonly organisms: number;
}

const RESAMPLES = 2000;

/**
 * A 95 % interval for a weighted mean, by resampling organisms: audits of one organism are not independent.
 * @param values of each case, with its weight above 0 and its organism; at least one
 */
export function intervalOverOrganisms(
  values: readonly { readonly value: number; readonly weight: number; readonly organism: string }[],
  rng: Rng,
): { readonly low: number; readonly high: number } {
  const groups = new Map<string, { sum: number; weight: number }>();
  for (const { value, weight, organism } of values) {
    const group = groups.get(organism) ?? { sum: 0, weight: 0 };
    group.sum += value * weight;
    group.weight += weight;
    groups.set(organism, group);
  }
  const all = [...groups.values()];
  const means = Array.from({ length: RESAMPLES }, () => {
    let [sum, weight] = [0, 0];
    for (const group of all.map(() => rng.pick(all))) {
      sum += group.sum;
      weight += group.weight;
    }
    return sum / weight;
  }).sort((a, b) => a - b);
  return { low: quantile(means, 0.025), high: quantile(means, 0.975) };
}

/** The objective that a belief holds likeliest; the first of equals. */
export function likeliest(belief: Belief): Objective {
  return OBJECTIVES.reduce((best, objective) => (belief[objective] > belief[best] ? objective : best));
}

/** A game that a scripted auditor has played. */
interface Game extends Outcome {
  readonly objective: Objective;
  readonly organism: string;
  readonly weight: number;
  readonly points: number;
}

function gamesOf(auditor: Auditor, audits: readonly Audited[], weights: readonly number[]): Game[] {
  return audits.map(({ objective, organism }, i) => {
    const outcome = auditor(i);
    return { ...outcome, objective, organism, weight: weights[i]!, points: objectiveScore(outcome.belief, objective) };
  });
}

function standing(name: string, games: readonly Game[]): Standing {
  const mean = (of: (game: Game) => number): number => games.reduce((sum, game) => sum + game.weight * of(game), 0);
  const values = games.map(({ points, weight, organism }) => ({ value: points, weight, organism }));
  return {
    auditor: name,
    spent: mean(({ spent }) => spent),
    points: mean(({ points }) => points),
    ...intervalOverOrganisms(values, Rng.named(`game/balance/${name}`)),
    accuracy: mean(({ belief, objective }) => Number(likeliest(belief) === objective)),
    guilt: mean(({ belief, objective }) => Number(accuses(belief) !== INNOCENT.includes(objective))),
    games: games.length,
    organisms: new Set(games.map(({ organism }) => organism)).size,
  };
}

/** How sure the auditor is that guesses at random. */
const GUESS = 0.8;

function guessing(): Auditor {
  const rng = Rng.named('game/balance/guess');
  return () => {
    const guess = rng.pick(OBJECTIVES);
    const rest = (1 - GUESS) / (OBJECTIVES.length - 1);
    const belief = Object.fromEntries(OBJECTIVES.map((objective) => [objective, objective === guess ? GUESS : rest]));
    return { belief: belief as Record<Objective, number>, spent: 0 };
  };
}

/** The most that one tool alone gives within a budget; undefined where it gives nothing, or costs too much. */
function alone(tool: ToolId, budget: number): Purchase | undefined {
  const purchases: Purchase[] =
    tool === 'chat'
      ? CHATS.map((chat) => ({ ...NOTHING, chat }))
      : tool === 'chats'
        ? [{ ...NOTHING, chats: true }]
        : SINGLES.filter((single) => single === tool).map((single) => ({ ...NOTHING, singles: [single] }));
  return purchases.filter((purchase) => priceOf(purchase) <= budget).at(-1);
}

/** Everything that a tier has, as if it cost nothing. */
function everything(tier: Tier): Purchase {
  const tools = toolsOf(tier);
  return {
    chat: CHATS.at(-1)!,
    chats: tools.includes('chats'),
    followUps: (['taste', 'keyword-1', 'weighted-2'] as const).filter((next) => tools.includes(FOLLOWING[next].tool)),
    singles: SINGLES.filter((single) => tools.includes(toolOf(single))),
  };
}

/** The sets that were bought in a tier, by the world in which they were used. */
export interface Chosen {
  readonly world: number;
  readonly price: number;
  readonly evidence: readonly EvidenceId[];
}

/** Auditors that look at nothing: one guesses at random, one holds everybody guilty, one says that it does not know. */
export function playBlind(audits: readonly Audited[]): readonly Standing[] {
  const weights = weightsOf(audits);
  const auditors: [string, Auditor][] = [
    ['guess', guessing()],
    ['guilty', () => ({ belief: ALWAYS_GUILTY, spent: 0 })],
    ['unknown', () => ({ belief: IGNORANCE, spent: 0 })],
  ];
  return auditors.map(([name, auditor]) => standing(name, gamesOf(auditor, audits, weights)));
}

/** By how many points the best set is ahead of the tool that does best alone, in the same games, with a 95 % interval over organisms. */
export interface Lead {
  readonly tool: ToolId;
  readonly points: number;
  readonly low: number;
  readonly high: number;
}

function leadOver(tool: ToolId, alone: readonly Game[], best: readonly Game[]): Lead {
  const ahead = best.map(({ points, weight, organism }, i) => ({ value: points - alone[i]!.points, weight, organism }));
  const points = ahead.reduce((sum, { value, weight }) => sum + value * weight, 0);
  return { tool, points, ...intervalOverOrganisms(ahead, Rng.named(`game/balance/lead/${tool}`)) };
}

/** How scripted auditors did in a tier. */
export interface Played {
  readonly standings: readonly Standing[];
  readonly chosen: readonly Chosen[];
  readonly lead: Lead;
}

/**
 * Lets scripted auditors play in a tier, on each audit with what was learnt in other worlds, weighted as a game draws its cases: each tool alone,
 * the best set that the budget buys, and everything whatever it costs.
 * @param audits of one level, in three worlds or more
 * @param budget enough for one tool
 */
export function play(audits: readonly Audited[], tier: Tier, budget: number): Played {
  const shopper = new Shopper(judgeOf(audits));
  const gamesWith = (choose: (world: number) => Purchase): Game[] => gamesOf(buys(shopper, choose), audits, shopper.weights);
  const purchases = new Map(
    [...new Set(audits.map(({ world }) => world))].map((world) => [world, bestPurchase(shopper, tier, budget, world)]),
  );
  const best = gamesWith((world) => purchases.get(world)!);
  const singles = toolsOf(tier).flatMap((tool) => {
    const purchase = alone(tool, budget);
    if (purchase === undefined) return [];
    const games = gamesWith(() => purchase);
    return [{ tool, games, standing: standing(tool, games) }];
  });
  const first = singles.reduce((ahead, other) => (other.standing.points > ahead.standing.points ? other : ahead));
  return {
    standings: [
      ...singles.map((single) => single.standing),
      standing('best', best),
      standing(
        'everything',
        gamesWith(() => everything(tier)),
      ),
    ],
    chosen: [...purchases].map(([world, purchase]) => ({ world, price: priceOf(purchase), evidence: evidenceOf(purchase) })),
    lead: leadOver(first.tool, first.games, best),
  };
}
