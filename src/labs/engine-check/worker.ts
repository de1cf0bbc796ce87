/** The worker of the page /reference/engine/: runs the reference run, and says how far it is and where it ended. */
import type { CheckMessage } from './protocol.ts';
import { checkedRuns } from './runs.ts';

/** Milliseconds between two messages of progress. */
const PAUSE = 100;

function say(message: CheckMessage): void {
  postMessage(message);
}

try {
  let last = 0;
  const runs = checkedRuns(
    () => performance.now(),
    (steps, loss) => {
      const now = performance.now();
      if (now - last < PAUSE) return;
      last = now;
      say({ type: 'progress', steps, loss });
    },
  );
  say({ type: 'done', runs });
} catch (error) {
  say({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
}
