import { WorkerClient } from '../../worker/client.ts';
import type { SaeCalls } from '../protocol.ts';
import type { Surroundings } from './session.ts';

/**
 * Fetches weights that the site ships from our own origin.
 * @throws Error where they do not come
 */
async function fetchWeights(name: string): Promise<ArrayBuffer> {
  const reply = await fetch(`${import.meta.env.BASE_URL.replace(/\/?$/, '/')}labs/weights/${name}.bin`).catch(() => undefined);
  if (reply?.ok !== true) {
    throw new Error(
      `The model did not come${reply === undefined ? '' : ` (the server says ${reply.status})`}.\nCheck that you are online, then try again.`,
    );
  }
  return reply.arrayBuffer();
}

/** What the explorer works with in a browser. The worker starts with the first call. */
export function surroundings(): Surroundings {
  return {
    fetchWeights,
    worker: new WorkerClient<SaeCalls>(() => new Worker(new URL('../worker.ts', import.meta.url), { type: 'module' })),
  };
}
