import { FRAMEABLE_POLICY, HEADER_POLICY } from '../policy.ts';

export type Header = readonly [name: string, value: string];

/** What every answer carries. */
export const EVERYWHERE: readonly Header[] = [
  ['X-Content-Type-Options', 'nosniff'],
  ['Referrer-Policy', 'strict-origin-when-cross-origin'],
  ['Permissions-Policy', 'camera=(), geolocation=(), microphone=()'],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  // Everything here is public, and there are no cookies that a stranger's script could ride on. Nutshell reads pages of other sites in
  // the browser, and readers' scripts read the JSON and Markdown of a page; both need this.
  ['Access-Control-Allow-Origin', '*'],
  // so may pages that isolate themselves (Cross-Origin-Embedder-Policy), with our pictures and frames
  ['Cross-Origin-Resource-Policy', 'cross-origin'],
];

const FOR_EVER = 'public, max-age=31536000, immutable';
const ONE_DAY = 'public, max-age=86400';
/** Kept, and asked about each time: an answer of 304 costs little, and nobody reads a stale page. */
const REVALIDATED = 'public, max-age=0, must-revalidate';

function area(cache: string, policy = HEADER_POLICY): readonly Header[] {
  return [
    ['Content-Security-Policy', policy],
    ['Cache-Control', cache],
  ];
}

/** Headers of a folder or a file at the top of the site. */
export interface Area {
  /** Path below the base; that of a folder ends with a slash. */
  readonly path: string;
  readonly headers: readonly Header[];
}

/** Where the headers differ from those of {@link ELSEWHERE}. */
export const AREAS: readonly Area[] = [
  // these names carry the hash of the content
  { path: '_astro/', headers: area(FOR_EVER) },
  { path: 'cards/', headers: area(ONE_DAY) },
  { path: 'embed/', headers: area(REVALIDATED, FRAMEABLE_POLICY) },
  // a browser that kept the service worker would keep the whole site
  { path: 'sw.js', headers: area('no-cache') },
];

export const ELSEWHERE = area(REVALIDATED);

/** The headers of an address that depend on where it lies. @param path below the base, without a slash in front */
export function areaHeaders(path: string): readonly Header[] {
  return AREAS.find((entry) => path === entry.path || (entry.path.endsWith('/') && path.startsWith(entry.path)))?.headers ?? ELSEWHERE;
}
