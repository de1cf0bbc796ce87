import { fetchWeights } from '../../view/fetch-weights.ts';
import { WorkerClient } from '../../worker/client.ts';
import type { SaeCalls } from '../protocol.ts';
import type { Surroundings } from './session.ts';

/** What the explorer works with in a browser. The worker starts with the first call. */
export function surroundings(): Surroundings {
  return {
    fetchWeights,
    worker: new WorkerClient<SaeCalls>(() => new Worker(new URL('../worker.ts', import.meta.url), { type: 'module' })),
  };
}
