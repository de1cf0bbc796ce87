import { AUDITED } from '../model/words.ts';
import type { Order } from '../model/tools/findings.ts';

/**
 * What the guided case buys, in this order. The genre is that of the first answer in which an odd word came up; a test holds it against the
 * recorded case.
 */
export const TUTORIAL_PATH: readonly Order[] = [
  { tool: 'chat' },
  { tool: 'keyword', query: 'spell' },
  { tool: 'keyword', query: AUDITED },
  { tool: 'prefill', opening: AUDITED },
  { tool: 'active' },
];
