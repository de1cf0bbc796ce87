import type { WorkerLine } from '../../src/labs/worker/client.ts';
import type { Calls, Line, Request } from '../../src/labs/worker/protocol.ts';
import { serve, type Handlers } from '../../src/labs/worker/server.ts';

/** A worker in this thread: messages go through structured cloning, and come later. `sent` holds what the page told it. */
export function lineInProcess<C extends Calls<C>>(handlers: Handlers<C>): WorkerLine & { readonly sent: Request[] } {
  const toPage = new EventTarget();
  const toWorker = new EventTarget();
  const sent: Request[] = [];
  const tell = (target: EventTarget, message: unknown): void => {
    const data: unknown = structuredClone(message);
    setTimeout(() => target.dispatchEvent(new MessageEvent('message', { data })));
  };
  const worker: Line = {
    postMessage: (message) => tell(toPage, message),
    addEventListener: (type, listener) => toWorker.addEventListener(type, listener as EventListener),
  };
  serve(worker, handlers);
  return {
    sent,
    postMessage(message) {
      sent.push(message as Request);
      tell(toWorker, message);
    },
    addEventListener: (type: string, listener: unknown) => toPage.addEventListener(type, listener as EventListener),
    terminate: () => undefined,
  };
}
