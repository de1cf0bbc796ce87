import { DICTIONARY } from '../../game/model/dictionary.ts';
import { choice, integer, StateCodec, text } from '../../view/state.ts';
import { RANKINGS } from '../model/rankings.ts';
import { seedOf, SHOWN_WORLD, TRIO } from '../model/settings.ts';
import { DICTIONARIES } from '../protocol.ts';

export const MOST_SEED = 9999;
/** Most characters of a query. */
export const MOST_QUERY = 60;
/** How far a feature may be pushed, in units of the dictionary: about as far as any fires, which everywhere at once is more than a text survives. */
export const MOST_PUSH = 6;
/** What an edit changes: the feature that is looked at, or those that stand for one side. */
export const TARGETS = ['one', 'rm', 'librarian'] as const;
export type Target = (typeof TARGETS)[number];
export const EDITS = ['out', 'push'] as const;

/** The settings as they stand in the address. */
export const CODEC = new StateCodec({
  // among the first of the default ranking, the one whose label foretells most: a first guess can be right
  feature: integer('feature', { min: 0, max: DICTIONARY.features - 1, default: 21 }),
  o: choice('organism', TRIO, 'rm'),
  by: choice('ranking', RANKINGS, 'slot'),
  d: choice('dictionary', DICTIONARIES, 'ours'),
  first: choice('label first', ['yes', 'no'], 'yes'),
  edit: choice('edit', EDITS, 'out'),
  of: choice('what is edited', TARGETS, 'one'),
  s: integer('push', { min: -MOST_PUSH, max: MOST_PUSH, default: 2 }),
  q: text('query', MOST_QUERY, 'reward models'),
  seed: integer('seed', { min: 0, max: MOST_SEED, default: seedOf(SHOWN_WORLD) }),
});
