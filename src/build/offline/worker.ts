import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { getManifest } from 'workbox-build';
import { WORKER, type KeptFile, type Keeping } from '../../offline/contract.ts';
import { contentHash, filesBelow } from '../files.ts';
import { readerPages } from './reader-pages.ts';

const SOURCE = fileURLToPath(new URL('../../offline/service-worker.ts', import.meta.url));

/** What is kept besides the pages. Labs and the game start from weights, without which they could show nothing new. */
const ASSETS = /^(?:_astro\/|labs\/weights\/|pagefind\/|favicon\.svg$)/;
/** Files of which a new version has a new name. */
const HASHED = /^(?:_astro\/|pagefind\/(?:fragment|index|filter)\/|pagefind\/pagefind\.\w+\.pf_meta$|offline\/previews\.)/;
/** Digits of a revision: enough that two versions of a file do not share one. */
const REVISION = 10;

/** Address below the base under which a file is served: `b2/index.html` as `b2/`. Hosts may redirect the longer form. */
function addressOf(path: string): string {
  return path.replace(/(^|\/)index\.html$/, '$1');
}

/**
 * Writes the previews of a built site into one file, which the worker keeps in their place: they are 900 files of 300 bytes.
 * @returns its path below the folder of the site
 */
export async function packPreviews(dist: string): Promise<string> {
  const folder = join(dist, 'previews');
  const files = await filesBelow(folder, '.html');
  const entries = await Promise.all(
    files.map(async (file): Promise<[string, string]> => [
      addressOf(relative(dist, file).split(sep).join('/')),
      await readFile(file, 'utf8'),
    ]),
  );
  const pack = JSON.stringify(Object.fromEntries(entries));
  await mkdir(join(dist, 'offline'), { recursive: true });
  for (const old of await filesBelow(join(dist, 'offline'), '.json')) await rm(old);
  const path = `offline/previews.${contentHash(pack)}.json`;
  await writeFile(join(dist, path), pack);
  return path;
}

/**
 * What the worker is to keep of a built site: every page that a reader opens, and what the pages, the labs and the search load.
 * @param previews path of the file that `packPreviews` wrote
 * @throws Error where a file was left out
 */
export async function keptFiles(dist: string, previews: string): Promise<KeptFile[]> {
  const pages = new Set((await readerPages(dist)).map(({ path }) => path));
  const kept: KeptFile[] = [];
  const { warnings } = await getManifest({
    globDirectory: dist,
    globPatterns: ['**/*'],
    maximumFileSizeToCacheInBytes: Number.MAX_SAFE_INTEGER,
    dontCacheBustURLsMatching: HASHED,
    manifestTransforms: [
      (manifest) => {
        const chosen = manifest.filter(({ url }) => pages.has(url) || ASSETS.test(url) || url === previews);
        for (const { url, revision, size } of chosen) kept.push([addressOf(url), revision?.slice(0, REVISION) ?? null, size]);
        return { manifest: chosen };
      },
    ],
  });
  if (warnings.length > 0) throw new Error(`Files were left out of the worker: ${warnings.join('; ')}\nSee src/build/offline/worker.ts.`);
  return kept.sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Bundles the worker with what it is to keep, and writes it to the folder of the site. */
export async function writeWorker(dist: string, keeping: Keeping): Promise<void> {
  const built = await build({
    configFile: false,
    root: fileURLToPath(new URL('../../..', import.meta.url)),
    logLevel: 'error',
    publicDir: false,
    define: { KEEPING: JSON.stringify(keeping), 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      modulePreload: false,
      sourcemap: false,
      rolldownOptions: { input: SOURCE, output: { format: 'iife', entryFileNames: WORKER } },
    },
  });
  if (!('output' in built) || built.output.length !== 1)
    throw new Error('The worker was not bundled into one file.\nLet src/offline/service-worker.ts import nothing dynamically.');
  await writeFile(join(dist, WORKER), built.output[0].code);
}
