import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { installPackages, onPath } from './browser.ts';

/** Servers stand in sbin, which is not on everybody's path. */
function find(program: string): string | undefined {
  return onPath(program) ?? [`/usr/sbin/${program}`, `/usr/local/sbin/${program}`].find((file) => existsSync(file));
}

/**
 * Finds a program, or installs the Debian package that brings it.
 * @throws Error saying what to do where neither succeeds
 */
export function ensureProgram(program: string, debianPackage: string): string {
  const there = find(program);
  if (there !== undefined) return there;
  console.log(`No ${program} is on this machine; installing one.`);
  installPackages(debianPackage);
  const installed = find(program);
  if (installed === undefined) {
    throw new Error(
      `No ${program} is on this machine, and none could be installed.\nInstall the package "${debianPackage}" of your system, and try again.`,
    );
  }
  return installed;
}

/** A port on the loopback that nobody listens on at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** An nginx that has been started. */
export interface RunningNginx {
  readonly stop: () => Promise<void>;
  /** Seconds of processor time that its workers have taken so far; NaN where the system does not tell. */
  readonly cpu: () => number;
}

/** Linux counts processor time in hundredths of a second, whatever the machine (USER_HZ). */
const TICKS = 100;

function workersCpu(master: number): number {
  try {
    const workers = readFileSync(`/proc/${master}/task/${master}/children`, 'utf8').trim().split(' ');
    // proc(5): after the name in brackets, fields 14 and 15 are user and system time
    const ticks = workers.map((pid) =>
      readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /, '')
        .split(' '),
    );
    return ticks.reduce((sum, fields) => sum + Number(fields[11]) + Number(fields[12]), 0) / TICKS;
  } catch {
    return Number.NaN;
  }
}

/**
 * Starts an nginx of our own: nothing of the machine's configuration is read, and what it writes lies in a folder of ours.
 * @param folder for its configuration, log and temporary files; what was there is deleted
 * @param http what stands in the http block: servers that listen on `port` of 127.0.0.1
 * @throws Error with what nginx said, where it does not start
 */
export async function startNginx(folder: string, http: string, port: number): Promise<RunningNginx> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${join(folder, name)};`);
  const config = [
    'daemon off;',
    'worker_processes auto;',
    // as root, nginx would take a user who may not be allowed to read this folder
    ...(process.getuid?.() === 0 ? ['user root;'] : []),
    `pid ${join(folder, 'pid')};`,
    `error_log ${join(folder, 'error.log')};`,
    'events { worker_connections 1024; }',
    `http { access_log off; ${paths.join(' ')}`,
    http,
    '}',
  ];
  const file = join(folder, 'nginx.conf');
  const log = join(folder, 'error.log');
  writeFileSync(file, config.join('\n'));
  writeFileSync(log, '');
  const server = spawn(ensureProgram('nginx', 'nginx-light'), ['-e', log, '-p', folder, '-c', file], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  for (let attempt = 0; server.exitCode === null && attempt < 100; attempt += 1) {
    if (await answers(port)) {
      return {
        stop: async () => {
          server.kill('SIGTERM');
          await ended;
        },
        cpu: () => workersCpu(server.pid ?? 0),
      };
    }
    await pause(50);
  }
  server.kill('SIGTERM');
  await ended;
  throw new Error(`nginx did not start:\n${readFileSync(log, 'utf8')}\nSee ${file}.`);
}

/** An answer as it came. */
export interface Answer {
  readonly status: number;
  /** By lower-case name; the values of a header that came twice are joined by a line break. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

/**
 * Sends bytes to a port of the loopback and reads what comes until the other side closes. A client of Node would mend or refuse what is
 * to be tested.
 * @param request each character is one byte
 */
export function send(port: number, request: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => socket.write(request, 'latin1'));
    socket.setTimeout(10_000, () => socket.destroy(new Error('no answer within ten seconds')));
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    // a server that refuses may close before it has read everything
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') reject(error);
    });
    socket.on('close', () => {
      const all = Buffer.concat(chunks);
      const end = all.indexOf('\r\n\r\n');
      const [line = '', ...lines] = all.subarray(0, Math.max(end, 0)).toString('latin1').split('\r\n');
      const headers = new Map<string, string>();
      for (const header of lines) {
        const name = header.slice(0, header.indexOf(':')).toLowerCase();
        const value = header.slice(header.indexOf(':') + 1).trim();
        headers.set(name, headers.has(name) ? `${headers.get(name) ?? ''}\n${value}` : value);
      }
      resolve({ status: Number(/^HTTP\/1\.\d (\d{3})/.exec(line)?.[1] ?? 0), headers, body: all.subarray(end + 4) });
    });
  });
}

/** Asks for a path as a browser would, with further headers. */
export function get(port: number, path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET'): Promise<Answer> {
  const lines = Object.entries({ Host: '127.0.0.1', Connection: 'close', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  return send(port, `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
}
