import { fetchWeights } from '../../view/fetch-weights.ts';
import { WorkerClient } from '../../worker/client.ts';
import type { OrganismCalls } from '../protocol.ts';
import { baseName } from '../model/recipe.ts';
import type { Surroundings } from './session.ts';

/** What a lab on the organisms of the backdoor lab works with in a browser. The worker starts with the first call. */
export function surroundings(): Surroundings {
  return {
    fetchBase: (size) => fetchWeights(baseName(size)),
    worker: new WorkerClient<OrganismCalls>(() => new Worker(new URL('../worker.ts', import.meta.url), { type: 'module' })),
  };
}
