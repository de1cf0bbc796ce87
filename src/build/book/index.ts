import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { words } from '../../chrome/words.ts';
import type { BuiltSite } from '../built-site.ts';
import { contentHash } from '../files.ts';
import { epubOf } from './epub-of-site.ts';
import { chapterUnits, placesIn, type Unit } from './volume.ts';
import { paperSheet, wholeBookOf } from './whole-book.ts';

/**
 * Makes the book out of the built pages: fills `/book/`, which holds all of it to be printed, and writes the e-book. To be called after
 * Astro and before the pages are finished, which cuts fonts and the sheet of maths for `/book/` as for any other page.
 */
export async function writeBook({ dist, base, origin, handbook }: BuiltSite): Promise<void> {
  const { links } = handbook;
  const fileOf = (href: string): string => join(dist, href.slice(base.length), 'index.html');
  const chapters = chapterUnits(handbook);
  const glossary = { id: 'glossary', title: words.glossary, href: links.glossary() };
  const claims = { id: 'claims', title: words.claims, href: links.claims() };
  const bibliography = { id: 'bibliography', title: words.bibliography, href: links.bibliography() };
  const built = new Map<string, string>();
  for (const { id, href } of [...chapters, glossary, claims, bibliography]) built.set(id, await readFile(fileOf(href), 'utf8'));
  const htmlOf = ({ id }: Unit): string => built.get(id) ?? '';

  const printed = [...chapters, glossary, bibliography];
  const paper = paperSheet(printed);
  const sheet = `_astro/paper.${contentHash(paper)}.css`;
  await writeFile(join(dist, sheet), paper);
  const file = fileOf(links.wholeBook());
  const shell = await readFile(file, 'utf8');
  await writeFile(file, wholeBookOf(shell, printed, placesIn(handbook, printed), htmlOf, `${base}${sheet}`));

  // what a link to a claim leads to on the site, an e-book must bring along
  await writeFile(
    join(dist, links.epub().slice(base.length)),
    await epubOf(handbook, chapters, [glossary, claims, bibliography], htmlOf, origin),
  );
}
