/**
 * Races the engine of the labs against jax-js on its WebAssembly backend: training and inference of the same transformer in three sizes, by
 * turns, in Node and in a worker of Chromium; and weighs both. Run: npm run bench:engine [-- --quick]
 */
import { chromium } from '@playwright/test';
import { build, type Metafile } from 'esbuild';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { TransformerConfig } from '../../src/labs/nn/transformer.ts';
import { CHROMIUM_ARGUMENTS, ensureChromium } from '../support/browser.ts';
import { race, type Speeds } from './engine/race.ts';

const PORT = 4334;
const QUICK = process.argv.includes('--quick');
const ROUNDS = QUICK ? 1 : 5;
/** Of one turn. */
const MILLISECONDS = QUICK ? 200 : 1000;
/** 67, 114 and 244 thousand parameters. */
const SIZES: readonly TransformerConfig[] = [48, 64, 96].map((width) => ({ vocabulary: 200, width, layers: 2, heads: 4, context: 32 }));
/** First losses of the two may differ by this much: they add up in different orders. */
const SAME = 1e-3;

const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;
const print = (speed: number): string => (Math.round(speed / 100) * 100).toLocaleString('en-GB');

/** What is bundled for weighing: what a lab needs of each library. */
const ENTRIES = {
  ours: "export { Transformer } from './src/labs/nn/transformer.ts'; export { Rng } from './src/labs/nn/rng.ts';",
  'jax-js': "export { defaultDevice, init, jit, nn, numpy, tree, valueAndGrad } from '@jax-js/jax';",
};

/** The files that loading `entry` loads at once: it, and what it imports statically. */
function loadedWith(entry: string, outputs: Metafile['outputs']): string[] {
  const files = [entry];
  for (const file of files)
    for (const { path, kind } of outputs[file]?.imports ?? []) if (kind === 'import-statement' && !files.includes(path)) files.push(path);
  return files;
}

/** Bytes of each library, minified, with its WebAssembly. */
async function weigh(folder: string): Promise<Record<string, Record<string, number>>> {
  const rows: Record<string, Record<string, number>> = {};
  for (const [name, contents] of Object.entries(ENTRIES)) {
    const { metafile } = await build({
      stdin: { contents, resolveDir: resolve('.'), sourcefile: `${name}.ts` },
      bundle: true,
      minify: true,
      splitting: true,
      format: 'esm',
      metafile: true,
      outdir: join(folder, name),
      logLevel: 'error',
    });
    const entry = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint !== undefined)?.[0] ?? '';
    const files = loadedWith(entry, metafile.outputs).map((file) => readFileSync(file));
    const sum = (size: (file: Buffer) => number): number => files.reduce((bytes, file) => bytes + size(file), 0);
    rows[name] = {
      minified: sum((file) => file.length),
      gzip: sum((file) => gzipSync(file, { level: 9 }).length),
      brotli: sum((file) => brotliCompressSync(file).length),
    };
  }
  return rows;
}

/** The races in a worker of Chromium. @param isolated with headers that give pages shared memory, which jax-js uses for threads */
async function inChromium(folder: string, isolated: boolean): Promise<Speeds[][]> {
  await build({
    entryPoints: ['tests/bench/engine/worker.ts'],
    bundle: true,
    minify: true,
    format: 'esm',
    splitting: true,
    outdir: join(folder, 'race'),
    logLevel: 'error',
  });
  const server = createServer(({ url = '/' }, response) => {
    if (isolated) response.setHeader('cross-origin-opener-policy', 'same-origin').setHeader('cross-origin-embedder-policy', 'require-corp');
    const script = url.endsWith('.js');
    response.setHeader('content-type', script ? 'text/javascript' : 'text/html');
    response.end(script ? readFileSync(join(folder, 'race', basename(url))) : '<!doctype html><title>race</title>');
  }).listen(PORT, '127.0.0.1');
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: CHROMIUM_ARGUMENTS });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${PORT}/`);
    const results: Speeds[][] = [];
    for (const config of SIZES) {
      const { speeds, error } = await page.evaluate(
        (order) =>
          new Promise<{ speeds?: Speeds[]; error?: string }>((done) => {
            const worker = new Worker('/worker.js', { type: 'module' });
            worker.onmessage = ({ data }: MessageEvent<{ speeds?: Speeds[]; error?: string }>) => {
              worker.terminate();
              done(data);
            };
            worker.onerror = ({ message }) => {
              done({ error: message });
            };
            worker.postMessage(order);
          }),
        { config, rounds: ROUNDS, milliseconds: MILLISECONDS },
      );
      if (speeds === undefined) throw new Error(`The race did not end: ${error ?? ''}\nSee tests/bench/engine/worker.ts.`);
      results.push(speeds);
    }
    return results;
  } finally {
    await browser.close();
    server.close();
  }
}

/** @throws Error where the two libraries did not train the same model */
function tell(where: string, races: readonly (readonly Speeds[])[]): void {
  const rows: Record<string, Record<string, string>> = {};
  races.forEach((speeds, i) => {
    const config = SIZES[i];
    const [ours, theirs] = speeds;
    if (config === undefined || ours === undefined || theirs === undefined) return;
    ours.losses.forEach((loss, step) => {
      const other = theirs.losses[step] ?? NaN;
      if (!(Math.abs(loss - other) < SAME))
        throw new Error(
          `After ${step} steps the losses are ${loss} and ${other}, so this is no race.\nSee that tests/bench/engine/jax.ts is still the model of src/labs/nn/transformer.ts.`,
        );
    });
    for (const kind of ['training', 'inference'] as const) {
      // of each round by itself, so that a busy moment of the machine weighs on both
      const ratio = median(ours[kind].map((speed, round) => speed / (theirs[kind][round] ?? NaN)));
      rows[`width ${config.width}, ${kind}`] = {
        'ours, tokens a second': print(median(ours[kind])),
        'jax-js': print(median(theirs[kind])),
        ratio: ratio.toFixed(2),
      };
    }
  });
  console.log(`\n${where}: medians of ${ROUNDS}, by turns`);
  console.table(rows);
}

const folder = mkdtempSync(join(tmpdir(), 'bench-engine-'));
try {
  console.log('\nBytes, minified by esbuild, with WebAssembly');
  console.table(await weigh(folder));
  const inNode = [];
  for (const config of SIZES) inNode.push(await race(config, ROUNDS, MILLISECONDS));
  tell(`Node ${process.versions.node}`, inNode);
  tell('Chromium, worker', await inChromium(folder, false));
  tell('Chromium, worker with shared memory', await inChromium(folder, true));
} finally {
  rmSync(folder, { recursive: true });
}
