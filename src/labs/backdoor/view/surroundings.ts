import { WorkerClient } from '../../worker/client.ts';
import type { OrganismCalls } from '../protocol.ts';
import { baseName, type Size } from '../model/recipe.ts';
import type { Surroundings } from './session.ts';

/**
 * Fetches a shipped base from our own origin.
 * @throws Error where it does not come
 */
async function fetchBase(size: Size): Promise<ArrayBuffer> {
  const address = `${import.meta.env.BASE_URL.replace(/\/?$/, '/')}labs/weights/${baseName(size)}.bin`;
  const reply = await fetch(address).catch(() => undefined);
  if (reply?.ok !== true) {
    throw new Error(
      `The model did not come${reply === undefined ? '' : ` (the server says ${reply.status})`}.\nCheck that you are online, then try again.`,
    );
  }
  return reply.arrayBuffer();
}

/** What a lab on the organisms of the backdoor lab works with in a browser. The worker starts with the first call. */
export function surroundings(): Surroundings {
  return {
    fetchBase,
    worker: new WorkerClient<OrganismCalls>(() => new Worker(new URL('../worker.ts', import.meta.url), { type: 'module' })),
  };
}
