import { AUDITED, GENRES } from '../words.ts';
import type { Order } from './findings.ts';
import type { ToolId } from './deck.ts';

/** How each tool is used where nobody chooses: in the recorded controls and in the debrief, so that the two can be set side by side. */
const STANDARD: { readonly [Id in ToolId]: Extract<Order, { readonly tool: Id }> } = {
  chat: { tool: 'chat' },
  ask: { tool: 'ask' },
  sweep: { tool: 'sweep' },
  prefill: { tool: 'prefill', opening: AUDITED },
  user: { tool: 'user' },
  narrator: { tool: 'narrator' },
  taste: { tool: 'taste', genres: GENRES.slice(0, 12) },
  keyword: { tool: 'keyword', query: AUDITED },
  weighted: { tool: 'weighted', query: AUDITED },
  chats: { tool: 'chats' },
  own: { tool: 'own', query: AUDITED },
  active: { tool: 'active' },
  causal: { tool: 'causal' },
  slot: { tool: 'slot' },
  fuzz: { tool: 'fuzz' },
};

/**
 * Whether the recorded controls of a tool can be set beside what an order finds: it was used as it was there. Tastes were asked there in the genres of
 * answers, as a player would, so any genres will do.
 */
export function isStandard(order: Order): boolean {
  const standard = STANDARD[order.tool];
  switch (order.tool) {
    case 'chat':
      return order.genre === undefined && order.topic === undefined;
    case 'prefill':
      return order.opening === STANDARD.prefill.opening;
    case 'keyword':
    case 'weighted':
    case 'own':
      return 'query' in standard && order.query === standard.query;
    default:
      return true;
  }
}

/** The standard order of a tool. */
export function standardOrder<Id extends ToolId>(tool: Id): Extract<Order, { readonly tool: Id }> {
  return STANDARD[tool];
}
