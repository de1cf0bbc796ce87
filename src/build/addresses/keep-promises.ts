import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ContentError } from '../../reader/problem.ts';
import type { BuiltSite } from '../built-site.ts';
import { CONTENT, siteContent } from '../check-content.ts';
import { addressesOf, checkPromises, PUBLISHED } from './published.ts';
import { writeMoved } from './redirects.ts';

/**
 * Holds the built site against every address that was ever published, then leads on those that have moved.
 * @throws ContentError naming each address that is gone, and its likely new home
 */
export async function keepPromises(site: BuiltSite): Promise<void> {
  const record = (await siteContent()).single.redirects;
  const entries = record?.data.entries ?? [];
  const problems = checkPromises({
    published: await readFile(join(CONTENT, PUBLISHED), 'utf8').catch(() => undefined),
    addresses: await addressesOf(site.dist),
    redirects: entries.map((entry, index) => ({ ...entry, line: record?.lineOf(['entries', index]) ?? 1 })),
  });
  if (problems.length > 0) throw new ContentError(problems);
  await writeMoved(site, entries);
}
