import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CONTENT } from '../check-content.ts';
import { addressesOf, PUBLISHED } from './published.ts';

/** Adds the addresses of the built site to the record of what was published. It takes none out. */
const file = join(CONTENT, PUBLISHED);
const before = (await readFile(file, 'utf8').catch(() => '')).split('\n').filter((line) => line !== '');
const addresses = await addressesOf(fileURLToPath(new URL('../../../dist', import.meta.url)));
const all = [...new Set([...before, ...addresses])].sort();
await writeFile(file, `${all.join('\n')}\n`);
console.log(`${all.length} addresses are recorded, ${all.length - before.length} of them new.`);
