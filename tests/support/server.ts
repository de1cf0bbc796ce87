import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, normalize } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { HOSTING_FILES } from '../../src/build/hosting/nginx.ts';
import { contentType, typeOf } from '../../src/build/hosting/types.ts';
import { readHeaders } from './headers.ts';

/** Port of the built site in the tests. */
export const PORT = 4323;

/**
 * Serves a built site as a good host would: brotli, the headers of its _headers, 404.html.
 * @param folder the built site
 * @param base path under which it stands, with a slash at both ends
 */
export function serve(folder: string, port: number, base = '/'): ReturnType<typeof createServer> {
  const rules = readHeaders(folder);
  const hidden = new Set<string>(HOSTING_FILES);
  const compressed = new Map<string, Buffer>();
  return createServer((request, response) => {
    let path: string;
    try {
      path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    } catch {
      response.writeHead(400).end();
      return;
    }
    const below = path.startsWith(base) ? path.slice(base.length) : undefined;
    let file = join(folder, normalize(`/${below ?? '404.html'}`), below === '' || below?.endsWith('/') === true ? 'index.html' : '');
    let status = below === undefined ? 404 : 200;
    try {
      if (hidden.has(below ?? '') || !statSync(file).isFile()) throw new Error('not a file');
    } catch {
      file = join(folder, '404.html');
      status = 404;
    }
    const type = typeOf(file);
    response.setHeader('content-type', type === undefined ? 'application/octet-stream' : contentType(type));
    for (const [name, value] of rules(path)) {
      // a type is of the file that is sent, which for an address that leads nowhere is 404.html
      if (status === 200 || name !== 'Content-Type') response.setHeader(name, value);
    }
    let body: Buffer = readFileSync(file);
    if (type?.compress === true && (request.headers['accept-encoding'] ?? '').includes('br')) {
      const kept = compressed.get(file) ?? brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
      compressed.set(file, kept);
      body = kept;
      response.setHeader('content-encoding', 'br');
    }
    response.setHeader('content-length', body.length);
    response.writeHead(status);
    response.end(request.method === 'HEAD' ? undefined : body);
  }).listen(port, '127.0.0.1');
}

if (import.meta.main) serve(process.argv[2] ?? 'dist', Number(process.argv[3] ?? PORT), process.argv[4] ?? '/');
