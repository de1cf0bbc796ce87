import type { Reply, Request, Under } from '../protocol.ts';

/** Runs requests in a worker, one at a time. */
export interface Trainer {
  /**
   * @param report called at most ten times a second
   * @throws Error where training fails, or the worker cannot be had; with name AbortError where it was cancelled
   */
  run(request: Request, report: (progress: Under) => void): Promise<Exclude<Reply, Under>>;
  /** Ends what is running, at once. */
  cancel(): void;
}

/** A trainer whose worker is started when it is first needed, and again after it was cancelled or died. */
export function workerTrainer(): Trainer {
  let worker: Worker | undefined;
  let abort: (() => void) | undefined;
  const stop = (): void => {
    worker?.terminate();
    worker = undefined;
    abort?.();
    abort = undefined;
  };
  return {
    cancel: stop,
    run: (request, report) =>
      new Promise((resolve, reject) => {
        stop();
        const here = new Worker(new URL('../worker.ts', import.meta.url), { type: 'module' });
        worker = here;
        abort = () => reject(new DOMException('Cancelled', 'AbortError'));
        here.addEventListener('message', ({ data }: MessageEvent<Reply>) => {
          if (data.kind === 'progress') {
            report(data);
            return;
          }
          abort = undefined;
          stop();
          if (data.kind === 'failed') reject(new Error(data.message));
          else resolve(data);
        });
        here.addEventListener('error', () => {
          abort = undefined;
          stop();
          reject(new Error('The worker that trains the network stopped.\nTrain again, or reload the page.'));
        });
        here.postMessage(request);
      }),
  };
}
