import { fetchWeights } from '../../view/fetch-weights.ts';
import { WorkerClient } from '../../worker/client.ts';
import { BASE_NAME } from '../model/recipe.ts';
import type { GameCalls } from '../protocol.ts';
import { PlayStore } from '../play/store.ts';
import type { Surroundings } from './session.ts';

/** The browser's storage, or undefined where it is blocked: then even naming it throws. */
function storage(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}

/** What the game works with in a browser. */
export function surroundings(): Surroundings {
  return {
    fetchBase: () => fetchWeights(BASE_NAME),
    startWorker: () => new WorkerClient<GameCalls>(() => new Worker(new URL('../worker.ts', import.meta.url), { type: 'module' })),
    store: new PlayStore(storage()),
  };
}
