import { strFromU8, strToU8, unzipSync } from 'fflate';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuiltSite } from '../built-site.ts';
import { placed, TEXT } from './placeholders.ts';

/** Where the archives of the editions lie. */
export const ARCHIVES = fileURLToPath(new URL('../../../editions', import.meta.url));

/**
 * Unpacks the editions that the book records below `e/` of the built site, each as it was frozen, at the place where the site stands now.
 * To be called when the living site is finished: nothing that is done to its pages is to be done to these.
 * @throws Error with two parts, where an archive is missing
 */
export async function unpackEditions({ dist, base, origin, handbook }: BuiltSite, archives: string = ARCHIVES): Promise<void> {
  for (const { id } of handbook.editions) {
    const archive = await readFile(join(archives, `${id}.zip`)).catch(() => undefined);
    if (archive === undefined) {
      throw new Error(
        `content/editions.yaml names the edition "${id}", and editions/${id}.zip is missing.\nTake the archive from the history of the repository; npm run edition wrote it beside the entry.`,
      );
    }
    for (const [name, content] of Object.entries(unzipSync(archive))) {
      const file = join(dist, 'e', id, name);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, TEXT.test(name) ? strToU8(placed(strFromU8(content), { origin, base })) : content);
    }
  }
}
