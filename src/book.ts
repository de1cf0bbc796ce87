import { getCollection, type CollectionKey } from 'astro:content';
import { Handbook, type Records } from './handbook/handbook.ts';

/** The records of a collection as the reader made them; the content check has vouched for their shape. */
async function records<K extends keyof Records>(collection: CollectionKey): Promise<Records[K]> {
  const entries = await getCollection(collection);
  return entries.map((entry) => entry.data) as unknown as Records[K];
}

async function named<K extends keyof Records>(collection: CollectionKey): Promise<Records[K]> {
  const entries = await getCollection(collection);
  return entries.map((entry) => ({ ...entry.data, id: entry.id })) as unknown as Records[K];
}

async function assemble(): Promise<Handbook> {
  const figures = await records<'figures'>('figures');
  const single = (await getCollection('single')).map(({ id, data }) => [id, data.data] as const);
  return new Handbook(
    {
      parts: (await named<'parts'>('parts')).toSorted((a, b) => (a.folder < b.folder ? -1 : 1)),
      pages: (await records<'pages'>('pages')).toSorted((a, b) =>
        a.folder === b.folder ? a.order - b.order : a.folder < b.folder ? -1 : 1,
      ),
      claims: await records<'claims'>('claims'),
      sources: await records<'sources'>('sources'),
      terms: await named<'terms'>('glossary'),
      misconceptions: await named<'misconceptions'>('misconceptions'),
      questions: await named<'questions'>('questions'),
      figures: figures.map((figure) => ({ ...figure, id: (figure as unknown as { name: string }).name })),
      techniques: await named<'techniques'>('techniques'),
      guides: await records<'guides'>('guides'),
      lessons: await named<'lessons'>('lessons'),
      labs: await named<'labs'>('labs'),
      runs: await named<'runs'>('runs'),
      organisms: await named<'organisms'>('organisms'),
      single: Object.fromEntries(single),
    },
    import.meta.env.BASE_URL,
  );
}

let built: Promise<Handbook> | undefined;

/** The handbook of this site: made once in a build, anew for every page while an author works. */
export function loadHandbook(): Promise<Handbook> {
  if (import.meta.env.DEV) return assemble();
  built ??= assemble();
  return built;
}
