import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import type { Training } from '../../../src/labs/training.ts';
import { WorkerClient, WorkerLost, type WorkerLine } from '../../../src/labs/worker/client.ts';
import type { Progress } from '../../../src/labs/worker/protocol.ts';
import { serve, type Handlers } from '../../../src/labs/worker/server.ts';

interface ToyCalls {
  readonly double: { readonly argument: number; readonly result: number };
  readonly count: { readonly argument: number; readonly result: number };
  readonly fail: { readonly argument: undefined; readonly result: undefined };
  readonly numbers: { readonly argument: undefined; readonly result: Float32Array };
  readonly never: { readonly argument: undefined; readonly result: undefined };
}

/** Counts up, a little slowly. */
function* counting(steps: number): Training<number> {
  for (let step = 1; step <= steps; step++) {
    const until = performance.now() + 5;
    while (performance.now() < until);
    yield { step, steps, loss: 1 / step, tokens: 10 };
  }
  return steps;
}

const handlers: Handlers<ToyCalls> = {
  double: (n) => 2 * n,
  count: (n, { drive }) => drive(counting(n)),
  fail: () => {
    throw new Error('It went wrong.\nDo it better.');
  },
  numbers: () => Float32Array.of(1, 2, 3),
  never: () => new Promise(() => undefined),
};

/** A worker that runs in this thread: the two ends of a channel. */
class ToyWorker implements WorkerLine {
  static readonly all: ToyWorker[] = [];
  readonly #channel = new MessageChannel();
  readonly #errors: ((event: Event) => void)[] = [];
  ended = false;

  constructor() {
    const { port1, port2 } = this.#channel;
    serve<ToyCalls>(port2, handlers);
    port1.start();
    port2.start();
    ToyWorker.all.push(this);
  }

  postMessage(message: unknown): void {
    this.#channel.port1.postMessage(message);
  }

  addEventListener(type: 'message' | 'error', listener: ((event: MessageEvent) => void) | ((event: Event) => void)): void {
    if (type === 'message') this.#channel.port1.addEventListener('message', listener as (event: MessageEvent) => void);
    else this.#errors.push(listener as (event: Event) => void);
  }

  /** What a browser does when a worker dies of a fault. */
  die(): void {
    for (const listener of this.#errors) listener(new Event('error', { cancelable: true }));
  }

  terminate(): void {
    this.ended = true;
    this.#channel.port1.close();
  }
}

function client(patience?: number): WorkerClient<ToyCalls> {
  ToyWorker.all.length = 0;
  return new WorkerClient<ToyCalls>(() => new ToyWorker(), patience);
}

describe('a worker and its page', () => {
  test('answers come back, each to its call, and the worker starts with the first', async () => {
    const worker = client();
    expect(ToyWorker.all).toHaveLength(0);
    expect(await Promise.all([worker.call('double', 2), worker.call('double', 5), worker.call('numbers', undefined)])).toEqual([
      4,
      10,
      Float32Array.of(1, 2, 3),
    ]);
    expect(ToyWorker.all).toHaveLength(1);
    worker.end();
  });

  test('a fault in a call comes back in its own words, and the next call is answered', async () => {
    const worker = client();
    await expect(worker.call('fail', undefined)).rejects.toThrow('It went wrong.\nDo it better.');
    await expect(worker.call('constructor' as 'double', 1)).rejects.toThrow(
      'This worker cannot "constructor".\nLoad the page again: a part of it may be older than the rest.',
    );
    expect(await worker.call('double', 1)).toBe(2);
    worker.end();
  });

  test('a training tells how far it is, in order, to its last step', async () => {
    const worker = client();
    const seen: Progress[] = [];
    expect(await worker.call('count', 40, { onProgress: (progress) => seen.push(progress) })).toBe(40);
    expect(seen.map(({ step }) => step)).toEqual(seen.map(({ step }) => step).toSorted((a, b) => a - b));
    expect(seen.at(-1)).toMatchObject({ step: 40, steps: 40, secondsLeft: 0 });
    expect(seen[0]?.tokensPerSecond).toBeGreaterThan(0);
    expect(seen.length).toBeLessThan(10);
    worker.end();
  });

  test('a cancelled training ends at once with an AbortError, and the next call is answered', async () => {
    const worker = client();
    const abort = new AbortController();
    const running = worker.call('count', 100_000, { signal: abort.signal, onProgress: () => abort.abort() });
    const next = worker.call('double', 3);
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    expect(await next).toBe(6);
    worker.end();
  });

  test('a call that was cancelled before its turn is never run, and one given up before it is made is not sent', async () => {
    const worker = client();
    const abort = new AbortController();
    const first = worker.call('count', 20);
    const second = worker.call('count', 100_000, { signal: abort.signal });
    abort.abort();
    expect(await first).toBe(20);
    await expect(second).rejects.toMatchObject({ name: 'AbortError' });
    await expect(worker.call('double', 1, { signal: abort.signal })).rejects.toMatchObject({ name: 'AbortError' });
    worker.end();
  });

  test('a paused training makes no step until it may go on, and ends as it would have', async () => {
    const worker = client();
    let steps = 0;
    const running = worker.call('count', 60, { onProgress: ({ step }) => (steps = step) });
    await vi.waitFor(() => expect(steps).toBeGreaterThan(0));
    worker.pause(true);
    await wait(150);
    const held = steps;
    await wait(150);
    expect(steps).toBe(held);
    worker.pause(false);
    expect(await running).toBe(60);
    worker.end();
  });

  test('a worker that dies rejects its calls with what to do, and the next call has a new one', async () => {
    const worker = client();
    const before = worker.generation;
    const running = worker.call('count', 100_000);
    ToyWorker.all[0]!.die();
    await expect(running).rejects.toThrow(WorkerLost);
    await expect(running).rejects.toThrow(
      "The model's worker ended unexpectedly.\nNothing is lost but the step that was running: start it again.",
    );
    expect(ToyWorker.all[0]!.ended).toBe(true);
    expect(await worker.call('double', 4)).toBe(8);
    expect(worker.generation).toBe(before + 1);
    worker.end();
  });

  test('a worker that falls silent is given up, but not while it is paused', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      const worker = client(2);
      const running = worker.call('never', undefined);
      worker.pause(true);
      vi.advanceTimersByTime(60_000);
      worker.pause(false);
      vi.advanceTimersByTime(2000);
      expect(ToyWorker.all[0]!.ended).toBe(false);
      vi.advanceTimersByTime(1000);
      await expect(running).rejects.toThrow("The model's worker has been silent for 2 seconds.");
    } finally {
      vi.useRealTimers();
    }
  });

  test('a page whose browser refuses workers hears why', async () => {
    const worker = new WorkerClient<ToyCalls>(() => {
      throw new Error('Workers are not allowed here.');
    });
    await expect(worker.call('double', 1)).rejects.toThrow('Workers are not allowed here.');
  });
});
