import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const ROOT = new URL('../../', import.meta.url).pathname;
const PAGES_A_PART = 90;

/** Says at its end how much memory the process held at most, in KiB. */
const REPORT_MEMORY = 'data:text/javascript,process.on("exit",()=>console.error("peak "+process.resourceUsage().maxRSS))';

/**
 * Writes a content folder of `count` pages: the real book, and its pages over and over in further parts of ninety, each with an id and
 * questions of its own. What they use (claims, terms, figures, sources) is the real one.
 */
function generate(count: number): string {
  const folder = join(ROOT, '.cache', `bench-${count}`);
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(ROOT, 'content'), folder, { recursive: true });
  const originals = readdirSync(join(ROOT, 'content/chapters'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.mdx'))
    .map((name) => join(ROOT, 'content/chapters', name));
  for (let n = 0; n < count - originals.length; n++) {
    const original = originals[n % originals.length] ?? '';
    // the book itself takes the letters up to g
    const letter = String.fromCharCode(104 + Math.floor(n / PAGES_A_PART));
    const part = join(folder, 'chapters', `${letter.charCodeAt(0) - 90}-part-${letter}`);
    if (n % PAGES_A_PART === 0) {
      mkdirSync(part, { recursive: true });
      writeFileSync(join(part, 'part.yaml'), `id: ${letter}\ntitle: Part ${letter}\nabout: Generated for a benchmark.\n`);
    }
    const id = `${letter}${n % PAGES_A_PART}`;
    const text = readFileSync(original, 'utf8');
    for (const [, figure = ''] of text.matchAll(/<(?:Chart|Figure) id="([^"]+)"/g)) {
      for (const ending of ['figure.yaml', 'svg', 'narrow.svg']) {
        const file = join(original, '..', `${figure}.${ending}`);
        if (existsSync(file)) cpSync(file, join(part, `${figure}.${ending}`));
      }
    }
    const was = /^id: (\w+)$/m.exec(text)?.[1] ?? '';
    const name = `${String(n % PAGES_A_PART).padStart(2, '0')}-${basename(original, '.mdx').slice(3)}-${n}.mdx`;
    writeFileSync(join(part, name), text.replace(/^id: .*$/m, `id: ${id}`).replace(/^needs: .*$/m, 'needs: []'));
    const questions = readFileSync(join(ROOT, 'content/questions', `${was}.yaml`), 'utf8');
    writeFileSync(join(folder, 'questions', `${id}.yaml`), questions.replace(/^page: .*$/m, `page: ${id}`));
  }
  return folder;
}

/** Builds the generated pages through the site's own pipeline, without the pictures that feeds show: seconds, and peak memory in MiB. */
function measure(count: number): { pages: number; seconds: number; 'ms a page': number; 'peak MiB': number; 'KiB a page': number } {
  const content = generate(count);
  const started = performance.now();
  const { status, stderr, stdout } = spawnSync(
    'node',
    [
      '--import',
      REPORT_MEMORY,
      'node_modules/astro/bin/astro.mjs',
      'build',
      '--silent',
      '--outDir',
      join(ROOT, '.cache', `bench-${count}-dist`),
    ],
    {
      cwd: ROOT,
      encoding: 'utf8',
      env: { ...process.env, HANDBOOK_CONTENT: content, HANDBOOK_CARDS: 'none', ASTRO_TELEMETRY_DISABLED: '1' },
    },
  );
  const seconds = (performance.now() - started) / 1000;
  if (status !== 0) throw new Error(`The build of ${count} pages failed.\n${stdout}${stderr}`);
  const peak = Number(/peak (\d+)/.exec(stderr)?.[1] ?? Number.NaN) / 1024;
  return {
    pages: count,
    seconds: Number(seconds.toFixed(1)),
    'ms a page': Math.round((1000 * seconds) / count),
    'peak MiB': Math.round(peak),
    'KiB a page': Math.round((1024 * peak) / count),
  };
}

/** Astro remembers the content of its last build; the generated pages must not be found again by the next. */
function forget(): void {
  for (const folder of ['.astro', 'node_modules/.astro']) rmSync(join(ROOT, folder), { recursive: true, force: true });
}

const counts = process.argv.slice(2).map(Number);
forget();
console.table((counts.length > 0 ? counts : [100, 1000]).map(measure));
forget();
