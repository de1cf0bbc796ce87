import type { APIRoute, GetStaticPaths } from 'astro';
import { loadHandbook } from '../../../book.ts';
import { recorded } from '../../../schemas/recorded.ts';

export const getStaticPaths = (async () => (await loadHandbook()).runs.map(({ run }) => ({ params: { run } }))) satisfies GetStaticPaths;

/** The results file of a run: what its script wrote, and nothing of what the handbook knows beside. */
export const GET: APIRoute<Record<string, never>, { run: string }> = ({ params, locals: { handbook } }) => {
  const run = new Map(Object.entries(handbook.run(params.run)));
  const written = Object.fromEntries(Object.keys(recorded.shape).map((key) => [key, run.get(key)]));
  return new Response(`${JSON.stringify(written, null, 2)}\n`, { headers: { 'Content-Type': 'application/json' } });
};
