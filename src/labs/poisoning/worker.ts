/** Trains the networks of the lab off the page's thread, and stops when the page ends it. */
import { Experiment } from './model/experiment.ts';
import type { Setting } from './model/recipe.ts';
import type { Reply, Request } from './protocol.ts';

/** Time in milliseconds between two reports: the page redraws at most ten times a second. */
const INTERVAL = 100;

const reply = (message: Reply): void => postMessage(message);

/** Trains the networks of several settings one after another, and hands each to `then`. */
function train(settings: readonly Setting[], then: (experiment: Experiment, setting: Setting) => void): void {
  let told = -Infinity;
  for (const [done, setting] of settings.entries()) {
    const experiment = new Experiment(setting);
    for (let at = experiment.step(); at !== undefined; at = experiment.step()) {
      const now = performance.now();
      if (now - told < INTERVAL) continue;
      told = now;
      reply({ kind: 'progress', done, networks: settings.length, at });
    }
    then(experiment, setting);
  }
}

function answer(request: Request): Reply {
  if (request.kind === 'curve') {
    const outcomes: Extract<Reply, { kind: 'outcomes' }>['outcomes'][number][] = [];
    train(request.settings, (experiment, setting) => outcomes.push({ setting, outcome: experiment.measure() }));
    return { kind: 'outcomes', outcomes };
  }
  const { setting } = request;
  const found: Experiment[] = [];
  // the control is the same network without poison: same clean points, same first weights
  train([setting, { ...setting, poisoned: 0 }], (experiment) => found.push(experiment));
  const [poisoned, control] = found;
  if (poisoned === undefined || control === undefined) throw new Error('A network was not trained.\nTrain again.');
  return { kind: 'drawn', setting, drawn: poisoned.draw(), control: control.measure() };
}

addEventListener('message', ({ data }: MessageEvent<Request>) => {
  try {
    reply(answer(data));
  } catch (error) {
    reply({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
});
