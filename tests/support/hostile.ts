import { send } from './nginx.ts';

/** A request that nobody means well with, or that a broken program sends. */
export interface Hostile {
  readonly name: string;
  /** The bytes that are sent, one for each character. */
  readonly request: string;
}

function asking(target: string, headers = '', method = 'GET'): string {
  return `${method} ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\n${headers}Connection: close\r\n\r\n`;
}

const TARGETS: readonly string[] = [
  // out of the folder, plainly, encoded once and twice, with bytes that old decoders took for dots and slashes
  ...['/../package.json', '/../../../../etc/passwd', '/_astro/../../package.json', '/embed/../../package.json', '/_astro../package.json'],
  ...['/%2e%2e/package.json', '/%2e%2e%2fpackage.json', '/..%2f..%2f..%2fetc%2fpasswd', '/reference/..%2f..%2fpackage.json'],
  ...['/%252e%252e%252fpackage.json', '/..%255c..%255cpackage.json', '/..%5c..%5cpackage.json', '/..\\..\\package.json'],
  ...['/%c0%ae%c0%ae/package.json', '/%c0%ae%c0%ae%c0%afpackage.json', '/%e0%80%ae%e0%80%ae/package.json', '/..;/package.json'],
  ...['//etc/passwd', '///etc/passwd', '/etc/passwd', '/.git/config', '/.env', '/~root/', '/proc/self/environ'],
  // encodings that are none
  ...['/%', '/%2', '/%zz', '/%00', '/index.html%00.png', '/backdoors/%00/', '/%ff%fe', '/%c3%28', '/\xff\xfe', '/a\x01b', '/a b'],
  ...['/%u002e%u002e/', '/%0d%0aSet-Cookie:%20a=b', '/%0d%0a%0d%0a<script>', '/<script>alert(1)</script>', '/%3cscript%3e'],
  // what lies there for the hosts only
  ...['/_headers', '/_redirects', '/_nginx.conf', '/%5fheaders', '//_headers', '/./_headers', '/_astro/../_headers', '/_headers/'],
  // folders without a page, and files taken for folders
  ...['/_astro/', '/_astro/gone.12345678.js', '/index.html/', '/favicon.svg/', '/favicon.svg/x', '/404.html/..;/', '*', 'index.html'],
  // too long, as one name, as many, and as a query
  ...[`/${'a'.repeat(300)}`, `/${'a'.repeat(5000)}`, `/${'a'.repeat(5000)}/`, `/${'a'.repeat(10_000)}`, `/${'a/'.repeat(2000)}`],
  ...[`/${'a/'.repeat(5000)}`, `/${'%2e%2e/'.repeat(1200)}`, `/?${'q'.repeat(10_000)}`, `/${'%25'.repeat(1000)}`],
];

const METHODS = [
  'POST',
  'PUT',
  'DELETE',
  'PATCH',
  'OPTIONS',
  'TRACE',
  'CONNECT',
  'PROPFIND',
  'MKCOL',
  'FOO',
  'get',
  'G ET',
  'M'.repeat(9000),
];

/** Each of these is to be answered with 4xx, and with nothing but an error page. */
export const HOSTILE: readonly Hostile[] = [
  ...TARGETS.map((target) => ({ name: `GET ${target}`, request: asking(target) })),
  ...METHODS.map((method) => ({ name: `${method} /`, request: asking('/', '', method) })),
  { name: 'POST with a body', request: asking('/', 'Content-Length: 3\r\n', 'POST') + 'a=b' },
  { name: 'POST to a page that is not there', request: asking('/nothing/', 'Content-Length: 0\r\n', 'POST') },
  { name: 'two lengths', request: asking('/', 'Content-Length: 3\r\nContent-Length: 4\r\n', 'POST') + 'abc' },
  { name: 'a length that is none', request: asking('/', 'Content-Length: -1\r\n', 'POST') },
  { name: 'a length and chunks', request: asking('/', 'Content-Length: 3\r\nTransfer-Encoding: chunked\r\n', 'POST') + '0\r\n\r\n' },
  { name: 'a header of 40 kB', request: asking('/', `X-Long: ${'x'.repeat(40_000)}\r\n`) },
  { name: 'a cookie of 40 kB', request: asking('/', `Cookie: ${'x'.repeat(40_000)}\r\n`) },
  { name: 'a thousand headers', request: asking('/', Array.from({ length: 1000 }, (_, i) => `X-${i}: ${'x'.repeat(60)}\r\n`).join('')) },
  { name: 'a range beyond the end', request: asking('/', 'Range: bytes=99999999-\r\n') },
  { name: 'no host', request: 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n' },
  { name: 'two hosts', request: 'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n' },
  { name: 'a host that is none', request: 'GET / HTTP/1.1\r\nHost: a/../b\r\nConnection: close\r\n\r\n' },
  { name: 'no request at all', request: '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 hello\r\n\r\n' },
];

/**
 * Sends every hostile request to a server and says what it did wrong.
 * @param port of the server on the loopback
 * @param missing the page that stands for every address that leads nowhere
 * @returns one line a fault
 */
export async function hostileFaults(port: number, missing: Buffer): Promise<string[]> {
  const faults: string[] = [];
  for (const { name, request } of HOSTILE) {
    const { status, body } = await send(port, request);
    const short = name.length > 60 ? `${name.slice(0, 60)}… (${name.length} characters)` : name;
    if (status < 400 || status > 499) faults.push(`${short}: answered with ${status}`);
    else if (
      !body.equals(missing) &&
      !/^(?:<html>[\s\S]*<center>nginx<\/center>\s*<\/body>\s*<\/html>\s*)?$/.test(body.toString('latin1'))
    ) {
      faults.push(`${short}: sends something that is no error page: ${body.toString('latin1').slice(0, 60)}`);
    }
  }
  return faults;
}
