/**
 * `npm run organisms [name …] [--afresh] [--accept]`: trains every model that the site ships and every run that the book quotes from their
 * seeds, compares them with what is kept, and writes them. Cells that are done are kept in .cache/organisms, so a run that was stopped goes
 * on; `--afresh` trains them again. Where a result differs from the kept one, the command says so and fails, and writes only with `--accept`.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { KERNELS_HASH } from '../nn/kernels.ts';
import { shortHash } from '../nn/hash.ts';
import type { Training } from '../training.ts';
import { RUNS, SHIPPED_MODELS } from './all.ts';
import type { Cell, RecordedRun, Row, ShippedModel, Tables } from './recorded.ts';
import { TrainingProgress } from './terminal.ts';

const CACHE = '.cache/organisms';
const WEIGHTS = 'public/labs/weights';
const RECORDED = 'content/recorded';

const { values: options, positionals: asked } = parseArgs({
  allowPositionals: true,
  options: { afresh: { type: 'boolean' }, accept: { type: 'boolean' } },
});

/** Runs a training to its end and shows how far it is. */
function finish<Result>(label: string, training: Training<Result>): Result {
  const progress = new TrainingProgress(label);
  for (;;) {
    const next = training.next();
    if (next.done === true) {
      progress.end();
      return next.value;
    }
    progress.show(next.value);
  }
}

/** The result of a training, from the cache where it was made before with the same recipe and engine. */
function cached(folder: string, name: string, extension: string, make: () => Uint8Array): Uint8Array {
  const file = join(CACHE, `${folder}-${KERNELS_HASH}`, `${name}.${extension}`);
  if (options.afresh !== true && existsSync(file)) return readFileSync(file);
  const bytes = make();
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
  return bytes;
}

/** Writes a file unless it differs from the one that is kept; true where all is well. */
function keep(file: string, bytes: Uint8Array, same: boolean): boolean {
  const known = existsSync(file);
  if (known && same) {
    console.log(`${file}: the same as before, to the last bit`);
    return true;
  }
  if (known && options.accept !== true) {
    console.error(
      `${file}: differs from the one that is kept.\nFind out why; if the recipe or the engine was meant to change, run again with --accept.`,
    );
    return false;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
  console.log(`${file}: written (${shortHash(bytes)})`);
  return true;
}

function ship({ name, recipe, train }: ShippedModel): boolean {
  const bytes = cached(`${name}-${recipe}`, name, 'bin', () => finish(name, train()));
  const file = join(WEIGHTS, `${name}.bin`);
  return keep(file, bytes, existsSync(file) && shortHash(readFileSync(file)) === shortHash(bytes));
}

function trained(run: RecordedRun, cell: Cell): Tables {
  const bytes = cached(`${run.run}-${run.recipe}`, cell.name, 'json', () =>
    Buffer.from(JSON.stringify(finish(`${run.run}, ${cell.name}`, cell.train()))),
  );
  return JSON.parse(Buffer.from(bytes).toString('utf8')) as Tables;
}

/**
 * The tables of a run as they are kept.
 * @throws Error where the run has no results yet
 */
function keptTables(run: string): Tables {
  const file = join(RECORDED, `${run}.json`);
  if (!existsSync(file)) throw new Error(`There is no ${file}.\nMake it first: npm run organisms ${run}`);
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly tables: Tables }).tables;
}

function record(run: RecordedRun): boolean {
  const made: Record<string, Row[]> = {};
  for (const cell of run.cells) {
    for (const [name, rows] of Object.entries(trained(run, cell))) (made[name] ??= []).push(...rows);
  }
  const tables: Tables = { ...made, ...run.derive?.(made, keptTables) };
  const { run: name, title, recipe, seeds } = run;
  const results = {
    format: 1,
    run: name,
    title,
    script: `npm run organisms ${name}`,
    recipe,
    engine: KERNELS_HASH,
    seeds,
    values: run.summarise(tables),
    tables,
  };
  const file = join(RECORDED, `${name}.json`);
  const { date, ...kept } = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { readonly date?: unknown }) : {};
  const same = JSON.stringify(kept) === JSON.stringify(results);
  // the day on which these numbers were first found
  const found = same && typeof date === 'string' ? date : new Date().toISOString().slice(0, 10);
  return keep(file, Buffer.from(`${JSON.stringify({ ...results, date: found }, undefined, 1)}\n`), same);
}

const jobs = [
  ...SHIPPED_MODELS.map((model) => ({ name: model.name, run: () => ship(model) })),
  ...RUNS.map((run) => ({ name: run.run, run: () => record(run) })),
];
const unknown = asked.find((name) => !jobs.some((job) => job.name === name));
if (unknown !== undefined) {
  console.error(`There is no organism or run "${unknown}".\nThere are: ${jobs.map(({ name }) => name).join(', ')}.`);
  process.exitCode = 1;
} else {
  const wanted = asked.length === 0 ? jobs : jobs.filter(({ name }) => asked.includes(name));
  // all of them, also after one has differed
  const differing = wanted.filter((job) => !job.run());
  if (differing.length > 0) process.exitCode = 1;
}
