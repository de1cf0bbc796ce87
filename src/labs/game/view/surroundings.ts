import { WorkerClient } from '../../worker/client.ts';
import { BASE_NAME } from '../model/recipe.ts';
import type { GameCalls } from '../protocol.ts';
import { PlayStore } from '../play/store.ts';
import type { Surroundings } from './session.ts';

/**
 * Fetches the shipped base from our own origin.
 * @throws Error where it does not come
 */
async function fetchBase(): Promise<ArrayBuffer> {
  const address = `${import.meta.env.BASE_URL.replace(/\/?$/, '/')}labs/weights/${BASE_NAME}.bin`;
  const reply = await fetch(address).catch(() => undefined);
  if (reply?.ok !== true) {
    throw new Error(
      `The model did not come${reply === undefined ? '' : ` (the server says ${reply.status})`}.\nCheck that you are online, then try again.`,
    );
  }
  return reply.arrayBuffer();
}

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
    fetchBase,
    startWorker: () => new WorkerClient<GameCalls>(() => new Worker(new URL('../worker.ts', import.meta.url), { type: 'module' })),
    store: new PlayStore(storage()),
  };
}
