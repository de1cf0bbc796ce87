import { glob, type Loader } from 'astro/loaders';
import { defineCollection } from 'astro:content';
import { z } from 'zod';
import { CONTENT, forgetContent, siteContent } from './build/check-content.ts';
import type { Content } from './reader/content.ts';

/**
 * A collection out of the reader. The reader has held every record against its schema already, with file and line, so the collection
 * takes it as it is.
 */
function fromReader(pick: (content: Content) => readonly { readonly id: string; readonly [key: string]: unknown }[]): Loader {
  return {
    name: 'handbook-reader',
    async load(context) {
      const { store, watcher } = context;
      const fill = async (): Promise<void> => {
        const records = pick(await siteContent());
        store.clear();
        for (const { id, ...record } of records) {
          // functions do not survive the store
          const data = JSON.parse(JSON.stringify(record)) as Record<string, unknown>;
          store.set({ id, data, digest: context.generateDigest(data) });
        }
      };
      await fill();
      watcher?.add(CONTENT);
      watcher?.on('all', (_, path) => {
        if (!path.startsWith(CONTENT)) return;
        forgetContent();
        void fill();
      });
    },
  };
}

/** The shape was checked by the reader, which can name file and line; here it is only declared. */
const record = z.looseObject({});

export const collections = {
  /** The prose, for rendering. */
  chapters: defineCollection({
    loader: glob({ pattern: '*/*.mdx', base: `${CONTENT}/chapters`, generateId: ({ data }) => String(data.id) }),
    schema: record,
  }),
  /** The same pages as the handbook sees them: sections, blocks, what they use. */
  pages: defineCollection({
    loader: fromReader(({ chapters }) =>
      chapters.map(({ outline: { sections, blocks, uses, words }, ...page }) => ({
        ...page,
        id: page.data.id,
        outline: { sections, blocks, uses, words },
      })),
    ),
    schema: record,
  }),
  parts: defineCollection({
    loader: fromReader(({ parts }) => parts.map(({ id, folder, slug, data }) => ({ ...data, id, folder, slug }))),
    schema: record,
  }),
  claims: defineCollection({
    loader: fromReader(({ claims }) =>
      claims.map(({ id, data, source, file, recorded, lineOf }) => ({ id, data, source, file, recorded, line: lineOf([]) })),
    ),
    schema: record,
  }),
  sources: defineCollection({
    loader: fromReader(({ sources }) => sources.map((source) => ({ ...source, id: source.key }))),
    schema: record,
  }),
  glossary: defineCollection({
    loader: fromReader(({ terms }) => terms.map(({ id, data, file }) => ({ id, data, file }))),
    schema: record,
  }),
  misconceptions: defineCollection({
    loader: fromReader(({ misconceptions }) => misconceptions.map(({ id, data, file }) => ({ id, data, file }))),
    schema: record,
  }),
  questions: defineCollection({ loader: fromReader(({ questions }) => questions.map(({ id, data }) => ({ id, data }))), schema: record }),
  figures: defineCollection({
    loader: fromReader(({ figures }) => figures.map(({ id, ...figure }) => ({ ...figure, name: id, id: `${figure.folder}/${id}` }))),
    schema: record,
  }),
  techniques: defineCollection({
    loader: fromReader(({ techniques }) => techniques.map(({ id, data }) => ({ id, data }))),
    schema: record,
  }),
  guides: defineCollection({ loader: fromReader(({ guides }) => guides.map(({ id, data }) => ({ id, data }))), schema: record }),
  lessons: defineCollection({ loader: fromReader(({ lessons }) => lessons.map(({ id, data }) => ({ id, data }))), schema: record }),
  labs: defineCollection({ loader: fromReader(({ labs }) => labs.map(({ id, data, file }) => ({ id, data, file }))), schema: record }),
  /** The results of our own runs. */
  runs: defineCollection({ loader: fromReader(({ runs }) => runs.map(({ id, data, file }) => ({ id, data, file }))), schema: record }),
  organisms: defineCollection({
    loader: fromReader(({ organisms }) => organisms.map(({ id, data, file }) => ({ id, data, file }))),
    schema: record,
  }),
  /** The files of which there is one, by their names. */
  single: defineCollection({
    loader: fromReader(({ single }) => Object.entries(single).map(([id, { data }]) => ({ id, data }))),
    schema: record,
  }),
};
