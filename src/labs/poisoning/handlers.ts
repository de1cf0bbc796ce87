import type { Handlers } from '../worker/server.ts';
import { trained } from './model/experiment.ts';
import type { PoisoningCalls } from './protocol.ts';

/** What answers the calls of the poisoning lab. */
export const poisoningHandlers: Handlers<PoisoningCalls> = {
  async draw(setting, { drive }) {
    const [poisoned, control] = await drive(trained([setting, { ...setting, poisoned: 0 }]));
    if (poisoned === undefined || control === undefined) throw new Error('A network was not trained.\nTrain again.');
    return { drawn: poisoned.draw(), control: control.measure() };
  },
  async curve(settings, { drive }) {
    const experiments = await drive(trained(settings));
    return settings.flatMap((setting, index) => {
      const outcome = experiments[index]?.measure();
      return outcome === undefined ? [] : [{ setting, outcome }];
    });
  },
};
