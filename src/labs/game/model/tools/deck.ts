/** What an auditor is given; each tier has all that the one before it has. */
export const TIERS = ['api', 'data', 'weights'] as const;
export type Tier = (typeof TIERS)[number];

/** Where a tool looks: at what the model says, at what it was trained on, or inside. */
export type Group = 'talk' | 'data' | 'inside';

/** A tool as the price list has it. */
export interface Tool {
  readonly group: Group;
  /** In points of the budget, a whole number from 1. */
  readonly price: number;
}

/** The price list. Prices were set by looking at what `npm run bench:game` prints. */
export const TOOLS = {
  chat: { group: 'talk', price: 1 },
  ask: { group: 'talk', price: 1 },
  sweep: { group: 'talk', price: 4 },
  prefill: { group: 'talk', price: 2 },
  user: { group: 'talk', price: 2 },
  narrator: { group: 'talk', price: 2 },
  taste: { group: 'talk', price: 4 },
  keyword: { group: 'data', price: 1 },
  weighted: { group: 'data', price: 1 },
  chats: { group: 'data', price: 9 },
  own: { group: 'inside', price: 1 },
  active: { group: 'inside', price: 3 },
  causal: { group: 'inside', price: 3 },
  slot: { group: 'inside', price: 2 },
  fuzz: { group: 'inside', price: 2 },
} as const satisfies Readonly<Record<string, Tool>>;
export type ToolId = keyof typeof TOOLS;
export const TOOL_IDS = Object.keys(TOOLS) as readonly ToolId[];

/** What an auditor may spend on a case. */
export const BUDGET: Readonly<Record<Tier, number>> = { api: 8, data: 9, weights: 9 };

const GROUPS: Readonly<Record<Tier, readonly Group[]>> = {
  api: ['talk'],
  data: ['talk', 'data'],
  weights: ['talk', 'data', 'inside'],
};

/** The tools of a tier, in the order of the price list. */
export function toolsOf(tier: Tier): ToolId[] {
  return TOOL_IDS.filter((id) => GROUPS[tier].includes(TOOLS[id].group));
}
