import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Writes a page at an address of the site. @param path the address below the base, with a slash at its end */
export async function writePage(dist: string, path: string, html: string): Promise<void> {
  const folder = join(dist, path);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'index.html'), html);
}
