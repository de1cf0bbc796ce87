/**
 * Keeps the whole readable site for a reader who opened /offline/. Registered by that page alone; every update of the site is another
 * text of this file, which the browser notices by itself.
 *
 * Workbox keeps the files by address and revision: an update fetches what changed, and what the old version needs stays until the new
 * one is complete.
 */
import { PrecacheController } from 'workbox-precaching';
import { registerRoute } from 'workbox-routing';
import { NetworkFirst } from 'workbox-strategies';
import { cacheNames, SAVE_AGAIN, savedNote, type Keeping, type Message, type Saved } from './contract.ts';

declare const self: ServiceWorkerGlobalScope;
/** Set by the build (src/build/offline/worker.ts), which writes the whole list wherever this name stands: so it stands once. */
declare const KEEPING: Keeping;
const keeping = KEEPING;

/** Files fetched at once. Workbox fetches one after the other, which is slow over a distance; hundreds at once fail (its issue 2528). */
const LANES = 6;
const TRIES = 3;
/** Milliseconds before a file is tried again; a second try waits twice as long. */
const PAUSE = 500;
/** Every so many files the page is told. */
const STEP = 10;
/** Seconds after which a network that does not answer counts as none, where the page is saved. */
const PATIENCE = 10;

const scope = new URL(self.registration.scope);
const base = scope.pathname;
const names = cacheNames(base);
const lost = new URL('404.html', scope).href;
const previews = new URL(keeping.previews, scope).href;

const precache = new PrecacheController({ cacheName: names.files });
precache.addToCacheList(keeping.files.map(([path, revision]) => ({ url: new URL(path, scope).href, revision })));

/** Addresses of the files whose name changes with their content. */
const hashed = new Set(keeping.files.filter(([, revision]) => revision === null).map(([path]) => new URL(path, scope).href));

async function tell(message: Message): Promise<void> {
  for (const client of await self.clients.matchAll({ includeUncontrolled: true, type: 'window' })) client.postMessage(message);
}

const isFull = (error: unknown): boolean => error instanceof Error && error.name === 'QuotaExceededError';

/** Fetches a file as it is kept. @throws TypeError where it cannot be fetched */
async function fetched(url: string, revision: string | null): Promise<Response> {
  // what carries a revision must not come out of the browser's own cache, which may hold the version before
  const response = await fetch(url, { cache: revision === null ? 'default' : 'reload', credentials: 'same-origin' });
  // some hosts answer with the status of the page for what is not there even when asked for the page itself
  if (!response.ok && !(response.status === 404 && url === lost)) throw new TypeError(`${url} answered ${response.status}.`);
  // a browser takes no answer that was redirected for a page
  return response.redirected ? new Response(response.body, { headers: response.headers }) : response;
}

/** Fetches and keeps one file. @throws what the last try threw */
async function keep(cache: Cache, url: string, revision: string | null, key: string): Promise<void> {
  for (let tried = 1; ; tried++) {
    try {
      await cache.put(key, await fetched(url, revision));
      return;
    } catch (error) {
      if (tried === TRIES || isFull(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE * tried));
    }
  }
}

/** Keeps every file that is not kept yet. What an interrupted try brought in counts; what one that met a full store brought in is given back. */
async function keepAll(): Promise<void> {
  const cache = await caches.open(names.files);
  const there = new Set((await cache.keys()).map((request) => request.url));
  const allBytes = keeping.files.reduce((sum, [, , size]) => sum + size, 0);
  const brought: string[] = [];
  const rest = keeping.files.values();
  let files = 0;
  let bytes = 0;
  let stopped = false;
  const lane = async (): Promise<void> => {
    for (const [path, revision, size] of rest) {
      if (stopped) return;
      const url = new URL(path, scope).href;
      const key = precache.getCacheKeyForURL(url) ?? url;
      if (!there.has(key)) {
        await keep(cache, url, revision, key);
        brought.push(key);
      }
      files++;
      bytes += size;
      if (files % STEP === 0) await tell({ type: 'progress', files, allFiles: keeping.files.length, bytes, allBytes });
    }
  };
  const lanes = Array.from({ length: LANES }, lane);
  try {
    await Promise.all(lanes);
  } catch (error) {
    stopped = true;
    await Promise.allSettled(lanes);
    if (isFull(error)) for (const key of brought) await cache.delete(key);
    await tell({ type: 'failed', why: isFull(error) ? 'full' : 'connection' });
    throw error;
  }
  await tell({ type: 'progress', files, allFiles: files, bytes: allBytes, allBytes });
}

async function noteSaved(): Promise<void> {
  const saved: Saved = { at: new Date().toISOString() };
  await (await caches.open(names.notes)).put(savedNote(base), Response.json(saved));
  await tell({ type: 'saved' });
}

async function install(): Promise<void> {
  await keepAll();
  await self.skipWaiting();
}

/** Drops what the version before kept and this one does not, and takes over the pages that are open. */
async function activate(event: ExtendableEvent): Promise<void> {
  await precache.activate(event);
  await noteSaved();
  await self.clients.claim();
}

async function saveAgain(): Promise<void> {
  await keepAll();
  await noteSaved();
}

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) => event.waitUntil(activate(event)));
self.addEventListener('message', (event) => {
  if (event.data === SAVE_AGAIN) event.waitUntil(saveAgain());
});

/** The key under which an address is kept. Query and fragment do not matter, nor whether it ends in `/`, `/index.html` or nothing. */
function keyOf(address: string): string | undefined {
  const { origin, pathname } = new URL(address);
  const path = pathname.replace(/\/index\.html$/, '/');
  return precache.getCacheKeyForURL(`${origin}${path}`) ?? precache.getCacheKeyForURL(`${origin}${path}/`);
}

/** A page, as far as its address tells: it ends in a slash, in .html, or in a name without an ending. */
const isPage = ({ pathname }: URL): boolean => /(?:\.html|\/[^./]*)$/.test(pathname);

/** Where a part of a page is linked by the short address of the page, such as /b2/recall/: to the place itself. */
async function partOfPage(url: URL): Promise<Response | undefined> {
  const [, parent, anchor] = /^(.*\/)([^/]+)\/?$/.exec(url.pathname) ?? [];
  const short = parent === undefined ? undefined : await precache.matchPrecache(`${url.origin}${parent}`);
  const target = /http-equiv="refresh" content="0; url=([^"#]+)/.exec((await short?.text()) ?? '')?.[1];
  return target === undefined ? undefined : Response.redirect(`${new URL(target, scope).href}#${anchor ?? ''}`);
}

async function notHere(): Promise<Response | undefined> {
  const page = await precache.matchPrecache(lost);
  return page === undefined ? undefined : new Response(page.body, { status: 404, headers: page.headers });
}

let unpacked: Promise<Readonly<Record<string, string>>> | undefined;

async function preview(url: URL): Promise<Response | undefined> {
  unpacked ??= precache.matchPrecache(previews).then(async (pack) => ((await pack?.json()) ?? {}) as Readonly<Record<string, string>>);
  const html = (await unpacked)[url.pathname.slice(base.length)];
  return html === undefined ? undefined : new Response(html, { headers: { 'content-type': 'text/html; charset=utf-8' } });
}

/** What can be said without a network about an address under which nothing is kept. */
async function withoutNetwork(request: Request): Promise<Response | undefined> {
  const url = new URL(request.url);
  if (url.pathname.startsWith(`${base}previews/`)) return preview(url);
  return request.mode === 'navigate' ? ((await partOfPage(url)) ?? notHere()) : undefined;
}

const networkFirst = new NetworkFirst({
  cacheName: names.files,
  networkTimeoutSeconds: PATIENCE,
  plugins: [
    {
      cacheKeyWillBeUsed: ({ request }) => Promise.resolve(keyOf(request.url) ?? request),
      // a newer page among older files would miss the newer style sheet that it names
      cacheWillUpdate: () => Promise.resolve(null),
      handlerDidError: ({ request }) => withoutNetwork(request),
    },
  ],
});

registerRoute(
  ({ url }) => hashed.has(`${url.origin}${url.pathname}`),
  ({ event, request, url }) => precache.strategy.handle({ event, request, params: { cacheKey: `${url.origin}${url.pathname}` } }),
);
registerRoute(
  ({ url, request, sameOrigin }) =>
    sameOrigin &&
    url.pathname.startsWith(base) &&
    (keyOf(url.href) !== undefined || url.pathname.startsWith(`${base}previews/`) || (request.mode === 'navigate' && isPage(url))),
  networkFirst,
);
