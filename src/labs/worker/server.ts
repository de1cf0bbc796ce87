import type { Training } from '../training.ts';
import type { Calls, Line, Reply, Request } from './protocol.ts';

/** What a call may use while it runs. */
export interface Context {
  /**
   * Runs a training to its end in short slices, between which the worker hears whether it should pause or stop; tells the page how far it is.
   * @throws Cancelled where the page asked to stop
   */
  readonly drive: <Result>(training: Training<Result>) => Promise<Result>;
}

/** What answers each call. An error that it throws reaches the page as words. */
export type Handlers<C extends Calls<C>> = {
  readonly [Name in keyof C]: (argument: C[Name]['argument'], context: Context) => C[Name]['result'] | Promise<C[Name]['result']>;
};

/** Thrown within a call that the page has given up. */
export class Cancelled extends Error {}

/** Milliseconds of training between two looks at the messages: a cancel is felt at once. */
const SLICE = 40;
/** Milliseconds between two reports: a lab redraws at most ten times a second. */
const REPORT_EVERY = 100;

/** Lets the messages that have come in be heard. Timers would be slowed down in a hidden tab, message channels are not. */
function breathe(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

/** Buffers of a result that need not be copied: those of arrays which stand at its top or one level below. */
function transferable(result: unknown): Transferable[] {
  const values: readonly unknown[] =
    typeof result === 'object' && result !== null && !ArrayBuffer.isView(result) ? Object.values(result) : [result];
  const buffers = values.flatMap((value) => (value instanceof Float32Array && value.buffer instanceof ArrayBuffer ? [value.buffer] : []));
  return [...new Set(buffers)];
}

/**
 * Answers the calls that come over a line, one after another in the order in which they came.
 * @param line the worker's own scope
 */
export function serve<C extends Calls<C>>(line: Line, handlers: Handlers<C>): void {
  const cancelled = new Set<number>();
  let resume: (() => void) | undefined;
  let paused: Promise<void> | undefined;
  let last = Promise.resolve();

  const reply = (message: Reply, transfer: Transferable[] = []): void => line.postMessage(message, transfer);

  const contextOf = (id: number): Context => ({
    async drive(training) {
      let stage = performance.now();
      let tokens = 0;
      let reported = 0;
      for (;;) {
        const slice = performance.now();
        while (performance.now() - slice < SLICE) {
          const next = training.next();
          if (next.done === true) return next.value;
          const { step, steps } = next.value;
          if (step === 1) {
            stage = slice;
            tokens = 0;
          }
          tokens += next.value.tokens;
          const now = performance.now();
          if (now - reported < REPORT_EVERY && step < steps) continue;
          reported = now;
          const seconds = Math.max(now - stage, 1) / 1000;
          reply({
            type: 'progress',
            id,
            progress: { ...next.value, tokensPerSecond: tokens / seconds, secondsLeft: (seconds / step) * (steps - step) },
          });
        }
        await breathe();
        if (paused !== undefined) {
          const since = performance.now();
          await paused;
          stage += performance.now() - since;
        }
        if (cancelled.has(id)) {
          training.return(undefined as never);
          throw new Cancelled();
        }
      }
    },
  });

  const answer = async ({ id, name, argument }: Extract<Request, { type: 'call' }>): Promise<void> => {
    try {
      if (cancelled.has(id)) throw new Cancelled();
      if (!Object.hasOwn(handlers, name))
        throw new Error(`This worker cannot "${name}".\nLoad the page again: a part of it may be older than the rest.`);
      const result: unknown = await handlers[name as keyof C](argument, contextOf(id));
      reply({ type: 'result', id, result }, transferable(result));
    } catch (error) {
      if (error instanceof Cancelled) reply({ type: 'cancelled', id });
      else reply({ type: 'error', id, message: error instanceof Error ? error.message : String(error) });
    } finally {
      cancelled.delete(id);
    }
  };

  line.addEventListener('message', ({ data }: MessageEvent<Request>) => {
    if (data.type === 'call') {
      last = last.then(() => answer(data));
    } else if (data.type === 'cancel') {
      cancelled.add(data.id);
    } else if (data.paused && paused === undefined) {
      paused = new Promise((resolve) => {
        resume = resolve;
      });
    } else if (!data.paused) {
      resume?.();
      paused = undefined;
    }
  });
}
