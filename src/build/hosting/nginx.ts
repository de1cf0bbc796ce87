import { basename } from 'node:path';
import { spellings, type Redirect } from './redirects.ts';
import { AREAS, ELSEWHERE, EVERYWHERE, type Header } from './rules.ts';
import { NAMED, TYPES, type FileType } from './types.ts';

/** Files that the hosts read and nobody else needs. */
export const HOSTING_FILES = ['_headers', '_redirects', '_nginx.conf'] as const;

function addHeaders(headers: readonly Header[]): string[] {
  return headers.map(([name, value]) => `add_header ${name} "${value}" always;`);
}

function block(head: string, lines: readonly string[]): string[] {
  return [`${head} {`, ...lines.map((line) => `    ${line}`), '}'];
}

/** Media types, once each, of the kinds of files that a test picks. html goes without saying in each list of nginx, and is refused. */
function typesWhere(test: (type: FileType) => boolean): string {
  const picked = [...Object.values(TYPES), ...Object.values(NAMED)].filter((type) => test(type) && type.type !== 'text/html');
  return [...new Set(picked.map(({ type }) => type))].join(' ');
}

/**
 * Prints the settings of the site for nginx, to be included in a server block. A site below a base path gets them in a location of
 * that path, so that they leave the rest of the server alone.
 * @param files paths below the base
 * @param base path below the origin, with a slash at both ends
 */
export function printNginx(files: readonly string[], redirects: readonly Redirect[], base: string): string {
  const settings = [
    'index index.html;',
    'server_tokens off;',
    '# behind a proxy, nginx does not know the scheme and port that the reader sees',
    'absolute_redirect off;',
    `error_page 403 404 =404 ${base}404.html;`,
    '# addresses that lead nowhere stand in the access log already',
    'log_not_found off;',
    'sendfile on;',
    'tcp_nopush on;',
    '',
    ...block(
      'types',
      Object.entries(TYPES).map(([ending, { type }]) => `${type} ${ending};`),
    ),
    'default_type application/octet-stream;',
    'charset utf-8;',
    `charset_types ${typesWhere(({ charset }) => charset)};`,
    '',
    '# files that "npm run compress" wrote, where they are there; otherwise compressed on the way',
    'gzip_static on;',
    'gzip on;',
    'gzip_vary on;',
    'gzip_proxied any;',
    'gzip_comp_level 5;',
    'gzip_min_length 1024;',
    `gzip_types ${typesWhere(({ compress }) => compress)};`,
    '# With the module ngx_brotli (Debian: libnginx-mod-http-brotli-static), add to your server block: brotli_static on;',
    '',
    ...addHeaders([...EVERYWHERE, ...ELSEWHERE]),
    '',
    "# A location that sets a header inherits none, so each of these names all. A file that is not there gets 404.html's.",
    ...AREAS.flatMap(({ path, headers }) =>
      block(`location ${path.endsWith('/') ? '^~' : '='} ${base}${path}`, addHeaders([...EVERYWHERE, ...headers])),
    ),
    ...files
      .filter((path) => basename(path) in NAMED)
      .flatMap((path) => block(`location = ${base}${path}`, ['types { }', `default_type ${NAMED[basename(path)]?.type ?? ''};`])),
    ...HOSTING_FILES.map((file) => `location = ${base}${file} { return 404; }`),
    ...(redirects.length === 0 ? [] : ['', '# addresses that have moved for good']),
    ...redirects.flatMap(({ from, to }) => spellings(from).map((spelling) => `location = ${spelling} { return 301 "${to}"; }`)),
  ];
  return [
    '# Written by the build from src/build/hosting/. Include it in a server block, see deploy/nginx.conf.example, and reload nginx whenever',
    ...(base === '/'
      ? ['# the site has been published anew. The root of the server is the folder of the site.']
      : [`# the site has been published anew. The site stands below ${base}: the root of the server holds it in a folder of that name.`]),
    ...(base === '/' ? settings : block(`location ${base}`, settings)),
    '',
  ]
    .map((line) => line.trimEnd())
    .join('\n');
}
