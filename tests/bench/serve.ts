import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { availableParallelism } from 'node:os';
import { gunzipSync } from 'node:zlib';
import { compressSite } from '../../src/build/compress.ts';
import { redirectsOf } from '../../src/build/hosting/redirects.ts';
import { areaHeaders } from '../../src/build/hosting/rules.ts';
import { HOSTILE, hostileFaults } from '../support/hostile.ts';
import { ensureProgram, freePort, get, startNginx, type RunningNginx } from '../support/nginx.ts';
import { builtPages, chapterPaths, DIST } from '../support/site.ts';

/**
 * Serves the built site by nginx with the configuration of the build, and beside it, in the same process, as Debian's nginx does by
 * default; asks both for the same addresses by wrk, in turn, and prints how they answered: `npm run bench:serve -- 5 3` for three
 * rounds of five seconds. Before that it checks what is sent. It fails where a check fails or an answer is not the one expected, never
 * because of a time.
 */
const ROOT = new URL('../../', import.meta.url).pathname;
const FOLDER = join(ROOT, '.cache/bench-serve');
const SITE = join(FOLDER, 'site');
const LIST = join(FOLDER, 'addresses.txt');
const CONNECTIONS = 64;

interface Address {
  readonly path: string;
  readonly status: 200 | 301 | 404;
}

/** What readers ask for, in a mixed but fixed order: pages, entries, previews, assets, short addresses, and what is not there. */
async function addresses(): Promise<Address[]> {
  const pages = builtPages().map(({ path }) => path);
  const every = (nth: number, pattern: RegExp): string[] => pages.filter((path) => pattern.test(path)).filter((_, i) => i % nth === 0);
  const chapters = chapterPaths();
  const named = [...chapters.slice(0, 5).map((path) => join(DIST, path, 'index.html')), join(DIST, 'index.html')].flatMap((file) => [
    ...readFileSync(file, 'utf8').matchAll(/\/_astro\/[\w.-]+\.(?:css|js|woff2)/g),
  ]);
  const redirects = await redirectsOf({ dist: DIST, base: '/', origin: 'http://localhost' });
  const found: Address[] = [
    ...['/', '/favicon.svg', ...chapters, ...every(10, /^\/reference\/claims\//), ...every(10, /^\/reference\/glossary\//)],
    ...every(20, /^\/previews\//),
    ...new Set(named.map(([path]) => path)),
  ].map((path) => ({ path, status: 200 as const }));
  const all: Address[] = [
    ...found,
    ...redirects.map(({ from }) => ({ path: from, status: 301 as const })),
    ...Array.from({ length: 10 }, (_, i) => ({ path: `/nothing-${i}/`, status: 404 as const })),
  ];
  // a stride that shares no factor with the length visits each once
  let stride = 61;
  while (all.length % stride === 0) stride += 2;
  return all.map((_, i) => all[(i * stride) % all.length]).filter((address) => address !== undefined);
}

/** What nginx says of the site, held against what it should. @returns one line a fault */
async function wireFaults(port: number, list: readonly Address[]): Promise<string[]> {
  const faults: string[] = [];
  for (const { path, status } of list) {
    const answer = await get(port, path);
    if (answer.status !== status) faults.push(`${path}: ${answer.status} instead of ${status}`);
    const cache = new Map(areaHeaders(status === 404 ? '' : path.slice(1))).get('Cache-Control');
    if (answer.headers.get('cache-control') !== cache)
      faults.push(`${path}: cached as ${answer.headers.get('cache-control') ?? 'it likes'}`);
    if (status !== 200) continue;
    const packed = await get(port, path, { 'Accept-Encoding': 'gzip' });
    const coded = packed.headers.get('content-encoding') === 'gzip';
    // fonts are compressed already, and what is small travels in one packet
    if (coded !== (!path.endsWith('.woff2') && answer.body.length > 1024)) faults.push(`${path}: compressed is ${coded}`);
    if (coded && !gunzipSync(packed.body).equals(answer.body)) faults.push(`${path}: something else when it is compressed`);
    for (const [sent, coding] of [
      [answer, 'identity'],
      [packed, 'gzip'],
    ] as const) {
      const headers = { 'Accept-Encoding': coding, 'If-None-Match': sent.headers.get('etag') ?? '' };
      const again = await get(port, path, headers);
      if (again.status !== 304) faults.push(`${path}: ${again.status} instead of 304 (${coding})`);
    }
  }
  return [...faults, ...(await hostileFaults(port, readFileSync(join(DIST, '404.html'))))];
}

/** What wrk counted in one run; times in microseconds. */
interface Run {
  readonly requests: number;
  readonly bytes: number;
  readonly microseconds: number;
  readonly p50: number;
  readonly p99: number;
  /** Answers of 400 and more, and how many of the addresses asked for were ones that lead nowhere. */
  readonly refused: number;
  readonly missing: number;
  /** Connections that failed, and answers that did not come. */
  readonly socket: number;
  /** Processor time of the server for one request: what stays the same on a busy machine. */
  readonly cpu: number;
}

function load(wrk: string, nginx: RunningNginx, port: number, seconds: number, coding: string): Run {
  const before = nginx.cpu();
  const args = ['-t', '2', '-c', `${CONNECTIONS}`, '-d', `${seconds}s`, '-s', join(ROOT, 'tests/bench/serve.lua')];
  const { status, stdout, stderr } = spawnSync(wrk, [...args, '-H', `Accept-Encoding: ${coding}`, `http://127.0.0.1:${port}`, '--', LIST], {
    encoding: 'utf8',
  });
  const line = stdout.split('\n').findLast((text) => text.startsWith('{'));
  if (status !== 0 || line === undefined) throw new Error(`wrk did not finish:\n${stdout}${stderr}`);
  const counted = JSON.parse(line) as Omit<Run, 'cpu'>;
  return { ...counted, cpu: ((nginx.cpu() - before) * 1e6) / counted.requests };
}

const rate = ({ requests, microseconds }: Run): number => requests / (microseconds / 1e6);
function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Runs both servers in turn, so that a busy machine troubles both alike, and prints the medians. @returns one line a fault */
function compare(
  run: (port: number, coding: string) => Run,
  ports: Readonly<Record<string, number>>,
  rounds: number,
  coding: string,
): string[] {
  const runs = new Map<string, Run[]>(Object.keys(ports).map((name) => [name, []]));
  const faults: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, port] of Object.entries(ports)) {
      const counted = run(port, coding);
      const { socket, refused, missing } = counted;
      runs.get(name)?.push(counted);
      if (socket > 0) faults.push(`${name}, ${coding}: ${socket} connections or answers failed`);
      // when time is up, every connection still waits for an answer, and wrk builds one request before it begins
      if (Math.abs(refused - missing) > CONNECTIONS + 1) {
        faults.push(`${name}, ${coding}: ${refused} answers of 400 and more, where ${missing} addresses lead nowhere`);
      }
    }
  }
  const rows = [...runs].map(([name, list]) => ({
    server: name,
    'requests/s': Math.round(median(list.map(rate))),
    'MB/s': Math.round(median(list.map((run) => run.bytes / run.microseconds))),
    'CPU µs': Number(median(list.map(({ cpu }) => cpu)).toFixed(1)),
    'p50 ms': median(list.map(({ p50 }) => p50)) / 1000,
    'p99 ms': median(list.map(({ p99 }) => p99)) / 1000,
    requests: list.reduce((sum, run) => sum + run.requests, 0),
    'socket errors': list.reduce((sum, run) => sum + run.socket, 0),
  }));
  console.log(`\nAccept-Encoding: ${coding}`);
  console.table(rows);
  const [own, bare] = [...runs.values()];
  const ratio = (of: (counted: Run) => number): string =>
    median((own ?? []).map((counted, i) => of(counted) / of(bare?.[i] ?? counted))).toFixed(2);
  console.log(
    `ours to the default: requests a second ${ratio(rate)}, p99 ${ratio(({ p99 }) => p99)}, processor time a request ${ratio(({ cpu }) => cpu)}`,
  );
  return faults;
}

async function main(seconds: number, rounds: number): Promise<void> {
  if (!existsSync(join(DIST, '_nginx.conf'))) {
    console.error('There is no built site in dist/.\nBuild it with "npm run build", then try again.');
    process.exitCode = 1;
    return;
  }
  const wrk = ensureProgram('wrk', 'wrk');
  rmSync(FOLDER, { recursive: true, force: true });
  cpSync(DIST, SITE, { recursive: true, preserveTimestamps: true });
  const { files, plain, gzip } = await compressSite(SITE);
  console.log(`${files} text files compressed: ${plain} bytes plain, ${gzip} as .gz`);
  const list = await addresses();
  writeFileSync(LIST, list.map(({ path, status }) => `${status} ${path}\n`).join(''));
  const [own, bare] = [await freePort(), await freePort()];
  const example = readFileSync(join(ROOT, 'deploy/nginx.conf.example'), 'utf8')
    .replace('listen 80;', `listen 127.0.0.1:${own};`)
    .replaceAll('/var/www/hidden-objectives', SITE);
  // what Debian's nginx.conf and its default site say, but for the log, which neither writes here
  const defaults = `server { listen 127.0.0.1:${bare}; root ${SITE}; index index.html; sendfile on; tcp_nopush on; gzip on;
    include /etc/nginx/mime.types; location / { try_files $uri $uri/ =404; } }`;
  const nginx = await startNginx(join(FOLDER, 'nginx'), `${example}\n${defaults}`, own);
  const faults: string[] = [];
  try {
    faults.push(...(await wireFaults(own, list)));
    console.log(`${list.length} addresses and ${HOSTILE.length} hostile requests checked: ${faults.length} faults`);
    console.log(
      `wrk: ${CONNECTIONS} connections, ${rounds} rounds of ${seconds} s for each server, medians; ${availableParallelism()} processors for both ends`,
    );
    const run = (port: number, coding: string): Run => load(wrk, nginx, port, seconds, coding);
    for (const coding of ['identity', 'gzip']) faults.push(...compare(run, { ours: own, default: bare }, rounds, coding));
  } finally {
    await nginx.stop();
  }
  for (const fault of faults) console.error(fault);
  console.log(`\n${faults.length} faults`);
  if (faults.length > 0) process.exitCode = 1;
}

await main(Number(process.argv[2] ?? 5), Number(process.argv[3] ?? 3));
