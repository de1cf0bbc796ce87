import { shortReference } from '../reader/bibliography.ts';
import type { ClaimEntry, Handbook } from './handbook.ts';

/** How we know of a claim: from the source itself, from an account of it, or from a run of our own. */
export const READINGS = ['primary', 'secondary', 'run'] as const;
export type Reading = (typeof READINGS)[number];

/** How we know of this claim. */
export function readingOf({ read, provenance }: Pick<ClaimEntry, 'read' | 'provenance'>): Reading {
  return provenance === 'recorded' ? 'run' : read;
}

/** What a writer who pastes a claim says of how it was read. */
const PASTED: Readonly<Record<Reading, string>> = { primary: '', secondary: ', known from an account', run: ', recorded in our own run' };

/**
 * A claim as a writer pastes it: the sentence, its source with the place, its status, how it was read where that is not the source
 * itself, and its permanent address.
 * @param origin scheme and host of the site, without a slash at the end
 */
export function claimText(handbook: Handbook, claim: ClaimEntry, origin: string): string {
  const sentence = handbook.fill(claim.id, claim.statement);
  return `${sentence} (${shortReference(claim.source)}, ${claim.place}; ${claim.status}${PASTED[readingOf(claim)]}) ${origin}${claim.href}`;
}
