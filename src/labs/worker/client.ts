import type { Calls, Line, Progress, Reply, Request } from './protocol.ts';

/** A worker, or what stands for one in a test. */
export interface WorkerLine extends Line {
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  addEventListener(type: 'error', listener: (event: Event) => void): void;
  terminate(): void;
}

/** How a call is made. */
export interface CallOptions {
  readonly onProgress?: (progress: Progress) => void;
  /** Gives the call up; it then rejects with an AbortError, and the worker is free again within a slice. */
  readonly signal?: AbortSignal | undefined;
}

/** The worker has ended or fallen silent; a call after this starts a new one. */
export class WorkerLost extends Error {
  constructor(reason: string) {
    super(`The model's worker ${reason}.\nNothing is lost but the step that was running: start it again.`);
    this.name = 'WorkerLost';
  }
}

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly onProgress: ((progress: Progress) => void) | undefined;
}

/** Milliseconds between two looks at whether the worker still speaks. */
const TICK = 1000;

/**
 * The page's end of the line to a worker. It starts the worker with the first call, and again after one was lost. The worker keeps nothing that
 * the page does not know, so a lost one costs the step that was running and no more.
 */
export class WorkerClient<C extends Calls<C>> {
  readonly #start: () => WorkerLine;
  readonly #patience: number;
  #worker: WorkerLine | undefined;
  #generation = 0;
  #next = 1;
  #silent = 0;
  #paused = false;
  #watch: ReturnType<typeof setInterval> | undefined;
  readonly #pending = new Map<number, Pending>();

  /**
   * @param start makes the worker
   * @param patience seconds without a word, while a call is running, after which the worker is given up
   */
  constructor(start: () => WorkerLine, patience = 20) {
    this.#start = start;
    this.#patience = patience;
  }

  /** Counts the workers started so far: what was told to an earlier one must be told again. */
  get generation(): number {
    this.#running();
    return this.#generation;
  }

  #running(): WorkerLine {
    if (this.#worker !== undefined) return this.#worker;
    const worker = this.#start();
    this.#worker = worker;
    this.#generation += 1;
    worker.addEventListener('message', ({ data }: MessageEvent<Reply>) => {
      if (worker === this.#worker) this.#hear(data);
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      if (worker === this.#worker) this.#lose('ended unexpectedly');
    });
    if (this.#paused) this.#send({ type: 'pause', paused: true });
    return worker;
  }

  #send(request: Request): void {
    this.#running().postMessage(request);
  }

  #hear(reply: Reply): void {
    this.#silent = 0;
    const call = this.#pending.get(reply.id);
    if (call === undefined) return;
    if (reply.type === 'progress') {
      call.onProgress?.(reply.progress);
      return;
    }
    this.#pending.delete(reply.id);
    if (this.#pending.size === 0) this.#rest();
    if (reply.type === 'result') call.resolve(reply.result);
    else if (reply.type === 'error') call.reject(new Error(reply.message));
    else call.reject(abortError());
  }

  /** Ticks are counted, not time: a page that was frozen for an hour has no reason to think its worker dead. */
  #listen(): void {
    this.#silent = 0;
    this.#watch ??= setInterval(() => {
      if (this.#paused) return;
      this.#silent += 1;
      if (this.#silent > this.#patience) this.#lose(`has been silent for ${this.#patience} seconds`);
    }, TICK);
  }

  #rest(): void {
    clearInterval(this.#watch);
    this.#watch = undefined;
  }

  #lose(reason: string): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#rest();
    const calls = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of calls) reject(new WorkerLost(reason));
  }

  /**
   * Asks the worker to do something. Calls are answered in their order.
   * @throws the worker's own words where it cannot; WorkerLost; AbortError where the signal gave it up
   */
  call<Name extends keyof C & string>(
    name: Name,
    argument: C[Name]['argument'],
    { onProgress, signal }: CallOptions = {},
  ): Promise<C[Name]['result']> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        reject(abortError());
        return;
      }
      const id = this.#next++;
      const cancel = (): void => {
        if (this.#pending.has(id)) this.#send({ type: 'cancel', id });
      };
      const settled =
        <Value>(settle: (value: Value) => void) =>
        (value: Value): void => {
          signal?.removeEventListener('abort', cancel);
          settle(value);
        };
      this.#pending.set(id, { resolve: settled(resolve), reject: settled(reject), onProgress });
      signal?.addEventListener('abort', cancel);
      this.#listen();
      try {
        this.#send({ type: 'call', id, name, argument });
      } catch (error) {
        // the browser refuses workers, or what was sent cannot be cloned
        this.#pending.delete(id);
        if (this.#pending.size === 0) this.#rest();
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
  }

  /** Holds a running training where it is, or lets it go on. */
  pause(paused: boolean): void {
    if (paused === this.#paused) return;
    this.#paused = paused;
    this.#silent = 0;
    if (this.#worker !== undefined) this.#send({ type: 'pause', paused });
  }

  /** Ends the worker; calls that are running reject. */
  end(): void {
    this.#lose('was ended');
  }
}

function abortError(): DOMException {
  return new DOMException('The training was cancelled.', 'AbortError');
}
