/** Freezes an edition: `npm run edition`, or `npm run edition -- 2026q4`. It builds the site, packs it and records it. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { editionOf, newestDay, quarterOf, type Edition } from '../handbook/edition.ts';
import { handbookOf } from '../handbook/handbook-of.ts';
import { EDITION } from '../site.ts';
import { CONTENT, loadContent } from './check-content.ts';
import { frozenFiles, pack } from './editions/freeze.ts';
import { NOWHERE } from './editions/placeholders.ts';
import { ARCHIVES } from './editions/unpack.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What the state of the repository may have against an edition. @throws Error with two parts */
export function refuseEdition(
  id: string,
  editions: readonly Pick<Edition, 'id'>[],
  archived: boolean,
  changes: string,
  force: boolean,
): void {
  if (!EDITION.test(id)) throw new Error(`"${id}" names no edition.\nGive a year and its quarter, such as 2026q4, or nothing.`);
  if (archived || editions.some((edition) => edition.id === id)) {
    throw new Error(`The edition "${id}" is frozen already.\nAn edition never changes: give another name, or wait for the next quarter.`);
  }
  if (changes !== '' && !force) {
    const count = changes.trim().split('\n').length;
    throw new Error(
      `${count === 1 ? 'One file is' : `${count} files are`} changed and not committed, so the edition could not be built again from its commit.\nCommit or stash, or insist with --force.`,
    );
  }
}

/** The record of the editions as a file, the newest first. */
export function printEditions(editions: readonly Edition[]): string {
  const entries = editions.map(({ id, date, commit, ...changes }) => {
    const lists = (['new', 'changed'] as const).filter((list) => changes[list].length > 0);
    const lines = lists.map((list) => `    ${list}: [${changes[list].join(', ')}]\n`);
    // a hash of digits alone would be read as a number
    return `  - id: ${id}\n    date: ${date}\n    commit: '${commit}'\n${lines.join('')}`;
  });
  return `editions:\n${entries.join('')}`;
}

function git(...args: string[]): string {
  return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' });
}

async function freeze(args: readonly string[]): Promise<void> {
  const started = performance.now();
  const handbook = handbookOf(await loadContent(), '/');
  const id = args.find((arg) => !arg.startsWith('--')) ?? quarterOf(newestDay(handbook.pages));
  const archive = join(ARCHIVES, `${id}.zip`);
  refuseEdition(id, handbook.editions, existsSync(archive), git('status', '--porcelain'), args.includes('--force'));
  const edition = editionOf(id, git('rev-parse', 'HEAD').trim(), handbook, handbook.editions);

  await mkdir(join(ROOT, '.cache'), { recursive: true });
  const dist = await mkdtemp(join(ROOT, '.cache', 'edition-'));
  try {
    execFileSync(join(ROOT, 'node_modules/.bin/astro'), ['build', '--silent', '--outDir', dist], {
      cwd: ROOT,
      stdio: 'inherit',
      env: { ...process.env, ...NOWHERE, SITE_EDITION: id, ASTRO_TELEMETRY_DISABLED: '1' },
    });
    const files = await frozenFiles(dist, id);
    const packed = pack(files);
    await mkdir(dirname(archive), { recursive: true });
    await writeFile(archive, packed);
    await writeFile(join(CONTENT, 'editions.yaml'), printEditions([edition, ...handbook.editions]));
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    console.log(
      `The edition ${id} is frozen: ${files.size} files, ${(packed.length / 1e6).toFixed(1)} MB, ${edition.new.length} pages new, ${edition.changed.length} changed, ${seconds} s.\nCommit editions/${id}.zip with content/editions.yaml.`,
    );
  } finally {
    await rm(dist, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  try {
    await freeze(process.argv.slice(2));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
