import { shortReference } from '../reader/bibliography.ts';
import type { ClaimEntry, Handbook } from './handbook.ts';

/**
 * A claim as a writer pastes it: the sentence, its source with the place, its status, how it was read where that is not the source
 * itself, and its permanent address.
 * @param origin scheme and host of the site, without a slash at the end
 */
export function claimText(handbook: Handbook, claim: ClaimEntry, origin: string): string {
  const read = claim.read === 'primary' ? '' : ', known from an account';
  const sentence = handbook.fill(claim.id, claim.statement);
  return `${sentence} (${shortReference(claim.source)}, ${claim.place}; ${claim.status}${read}) ${origin}${claim.href}`;
}
