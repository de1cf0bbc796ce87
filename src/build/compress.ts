import { existsSync } from 'node:fs';
import { readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { filesBelow } from './files.ts';
import { typeOf } from './hosting/types.ts';

/** A smaller file fits into one packet anyway. */
const LEAST = 1024;
/** As many as Node compresses at a time. */
const AT_ONCE = 4;

/** What the compression of a site came to, in bytes. */
export interface Compressed {
  readonly files: number;
  readonly plain: number;
  readonly gzip: number;
  readonly brotli: number;
}

/**
 * Writes `.gz` and `.br` beside every text file of a site that is larger than 1 KB, for servers that send what lies ready. The same files
 * always give the same bytes.
 * @param dist folder of the built site
 */
export async function compressSite(dist: string): Promise<Compressed> {
  const paths = (await filesBelow(dist, '')).filter((path) => typeOf(path)?.compress === true);
  const sizes: { plain: number; gzip: number; brotli: number }[] = [];
  for (let at = 0; at < paths.length; at += AT_ONCE) {
    await Promise.all(
      paths.slice(at, at + AT_ONCE).map(async (path) => {
        const plain = await readFile(path);
        if (plain.length <= LEAST) return;
        const [gzipped, brotli] = await Promise.all([
          promisify(gzip)(plain, { level: 9 }),
          promisify(brotliCompress)(plain, {
            params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length },
          }),
        ]);
        // nginx tells by the time of a file whether a browser's copy is still good, and asks for one time for all forms
        const { atime, mtime } = await stat(path);
        for (const [ending, content] of [
          ['gz', gzipped],
          ['br', brotli],
        ] as const) {
          await writeFile(`${path}.${ending}`, content);
          await utimes(`${path}.${ending}`, atime, mtime);
        }
        sizes.push({ plain: plain.length, gzip: gzipped.length, brotli: brotli.length });
      }),
    );
  }
  const sum = (kind: 'plain' | 'gzip' | 'brotli'): number => sizes.reduce((total, size) => total + size[kind], 0);
  return { files: sizes.length, plain: sum('plain'), gzip: sum('gzip'), brotli: sum('brotli') };
}

if (import.meta.main) {
  const dist = resolve(process.argv[2] ?? 'dist');
  if (existsSync(dist)) {
    const { files, plain, gzip: gzipped, brotli } = await compressSite(dist);
    console.log(`${files} text files: ${plain} bytes plain, ${gzipped} as .gz, ${brotli} as .br`);
  } else {
    console.error(`There is no folder ${dist}.\nBuild the site with "npm run build", or name the folder of another one.`);
    process.exitCode = 1;
  }
}
