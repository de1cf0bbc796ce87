import type { AstroIntegration } from 'astro';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { handbookOf } from '../handbook/handbook-of.ts';
import type { Handbook } from '../handbook/handbook.ts';
import { printNumber } from '../handbook/numbers.ts';
import { ContentError } from '../reader/problem.ts';
import { readSiteSettings } from '../site.ts';
import { writeBook } from './book/index.ts';
import type { BuiltSite } from './built-site.ts';
import { CONTENT, forgetContent, loadContent, siteContent } from './check-content.ts';
import { filesBelow } from './files.ts';
import { keepPromises } from './addresses/keep-promises.ts';
import { writePlaces } from './addresses/places.ts';
import { shortAddresses, writeShortAddresses } from './addresses/redirects.ts';
import { unpackEditions } from './editions/unpack.ts';
import { finishPages } from './finish.ts';
import { writeHosting } from './hosting/index.ts';
import { writeFeeds } from './feeds.ts';
import { keepHistory, siteHistory } from './git.ts';
import { searchMiddleware } from './search-dev.ts';
import { writeOffline } from './offline/write-offline.ts';
import { indexSite, searchEntries } from './search-index.ts';
import { datedSitemap } from './sitemap.ts';
import { writeTwins } from './twins/write.ts';

/** A benchmark of pages draws none: its thousand pages would have ten thousand cards that no real build draws at once. */
const WITH_CARDS = process.env.HANDBOOK_CARDS !== 'none';

/** The handbook out of the content, which has been checked. */
async function handbookAt(base: string): Promise<Handbook> {
  return handbookOf(await siteContent(), base);
}

/** Indexes the finished pages of a built site and writes the index below `pagefind/`. */
async function writeSearch({ dist, handbook }: BuiltSite): Promise<void> {
  const pages = await Promise.all(
    (await filesBelow(dist, '.html')).map(async (path) => ({
      url: `/${relative(dist, path)
        .split(sep)
        .join('/')
        .replace(/index\.html$/, '')}`,
      html: await readFile(path, 'utf8'),
    })),
  );
  for (const { path, content } of await indexSite(pages, searchEntries(handbook))) {
    const file = join(dist, 'pagefind', path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}

/** What the handbook does around Astro: checks the content before a page is made, finishes the pages that were made, indexes them. */
export function handbook(): AstroIntegration {
  let base = '/';
  let origin = '';
  const sitemap = datedSitemap();
  const builtSite = async (dir: URL): Promise<BuiltSite> => ({ dist: fileURLToPath(dir), base, origin, handbook: await handbookAt(base) });
  const last = async ({ dir }: { dir: URL }): Promise<void> => {
    const site = await builtSite(dir);
    await keepPromises(site);
    await writeOffline(site);
    // an edition holds no other, and nothing that was done to the living pages is done to it
    if (readSiteSettings(process.env).edition === undefined) await unpackEditions(site);
    await writeHosting(site);
  };
  return {
    name: 'handbook',
    hooks: {
      async 'astro:config:setup'({ command, config, updateConfig }) {
        base = config.base.endsWith('/') ? config.base : `${config.base}/`;
        origin = config.site ?? '';
        if (command === 'build') await loadContent();
        if (command === 'build' || command === 'dev') keepHistory(CONTENT);
        // they run after this one: the sitemap is told what there is, and the last steps see it too
        updateConfig({ integrations: [sitemap.integration, { name: 'handbook-last', hooks: { 'astro:build:done': last } }] });
      },
      'astro:server:setup'({ server, logger }) {
        const served = (): string => new URL(server.resolvedUrls?.local[0] ?? 'http://localhost/').origin;
        const search = searchMiddleware({ base, origin: served, entries: async () => searchEntries(await handbookAt(base)) });
        server.middlewares.use(search.middleware);
        server.middlewares.use((request, response, next) => {
          void handbookAt(base).then((book) => {
            const to = shortAddresses(book).find(({ short }) => short === request.url)?.href;
            if (to === undefined) next();
            else response.writeHead(302, { location: to }).end();
          }, next);
        });
        const check = async (): Promise<void> => {
          try {
            await loadContent();
          } catch (error) {
            if (!(error instanceof ContentError)) throw error;
            logger.error(`\n${error.message}`);
            server.ws.send({ type: 'error', err: { message: error.message, stack: '' } });
          }
        };
        server.watcher.add(CONTENT);
        server.watcher.on('all', (_, path) => {
          if (!path.startsWith(CONTENT)) return;
          forgetContent();
          search.invalidate();
          void check();
        });
        void check();
      },
      async 'astro:build:done'({ dir, logger }) {
        const site = await builtSite(dir);
        await writeShortAddresses(site);
        await writePlaces(site);
        await writeBook(site);
        await writeTwins(site);
        await finishPages(site.dist, base);
        await writeFeeds(site);
        await sitemap.know(site, siteHistory());
        if (WITH_CARDS) {
          // what draws and its fonts are loaded by a build alone
          const { writeCards } = await import('./cards/write-cards.ts');
          const { drawn, kept } = await writeCards(site);
          logger.info(`cards: ${printNumber(drawn + kept)} (${printNumber(drawn)} drawn)`);
        }
        await writeSearch(site);
      },
    },
  };
}
