import { computed, signal, type ReadonlySignal } from '@preact/signals';
import { printShare } from '../../view/numbers.ts';
import { LabSession } from '../../view/session.ts';
import { choice, integer, StateCodec } from '../../view/state.ts';
import type { Drawn } from '../model/experiment.ts';
import { COUNTS, DEFAULT, MOST_POISONED, MOST_SEED, TRIGGERS, type Outcome, type Setting } from '../model/recipe.ts';
import { WorkerClient, type WorkerLine } from '../../worker/client.ts';
import type { PoisoningCalls, Trained } from '../protocol.ts';
import { outcomeIn, type PoisoningData } from './data.ts';
import { words } from './words.ts';

/** The settings as they stand in the address. */
export const CODEC = new StateCodec({
  k: integer('poisoned points', { min: 0, max: MOST_POISONED, default: DEFAULT.poisoned }),
  trigger: choice('trigger', TRIGGERS, DEFAULT.trigger),
  seed: integer('seed', { min: 0, max: MOST_SEED, default: DEFAULT.seed }),
});

/** What is known of the chosen setting, and from where. */
export interface Known {
  readonly from: 'live' | 'recorded';
  readonly outcome: Outcome;
  /** The same network without poison. */
  readonly control: Outcome;
  /** Its picture, where it is there. */
  readonly drawn: Drawn | undefined;
}

function same(a: Setting, b: Setting): boolean {
  return a.trigger === b.trigger && a.poisoned === b.poisoned && a.seed === b.seed;
}

/** What one visit to the lab holds: its setting, what was trained, what is running. */
export class Session extends LabSession<(typeof CODEC)['fields']> {
  readonly setting: ReadonlySignal<Setting> = computed(() => {
    const { k, trigger, seed } = this.address.state.value;
    return { trigger, poisoned: k, seed };
  });
  /** Every network trained in this tab, the newest of each setting. */
  readonly runs = signal<readonly Trained[]>([]);
  readonly #drawn = signal<readonly (PoisoningCalls['draw']['result'] & { readonly setting: Setting })[]>([]);
  readonly #data: PoisoningData;
  readonly #client: WorkerClient<PoisoningCalls>;

  /** @param start makes the worker */
  constructor(data: PoisoningData, start: () => WorkerLine) {
    const client = new WorkerClient<PoisoningCalls>(start);
    super(CODEC, client);
    this.#data = data;
    this.#client = client;
  }

  /** What is known of the chosen setting: trained here, else recorded, else nothing. */
  readonly known: ReadonlySignal<Known | undefined> = computed(() => {
    const setting = this.setting.value;
    const live = this.#drawn.value.find((run) => same(run.setting, setting));
    if (live !== undefined) return { from: 'live', outcome: live.drawn, control: live.control, drawn: live.drawn };
    const outcome = outcomeIn(this.#data.curve, setting);
    const control = outcomeIn(this.#data.curve, { ...setting, poisoned: 0 });
    if (outcome === undefined || control === undefined) return undefined;
    return { from: 'recorded', outcome, control, drawn: same(setting, DEFAULT) ? this.#data.drawn : undefined };
  });

  /** Trains the network of the chosen setting and its control. */
  async train(): Promise<void> {
    const setting = this.setting.value;
    await this.work(async (options) => {
      const { drawn, control } = await this.#client.call('draw', setting, options);
      this.#drawn.value = [...this.#drawn.value.filter((other) => !same(other.setting, setting)), { setting, drawn, control }];
      this.#keep([
        { setting, outcome: drawn },
        { setting: { ...setting, poisoned: 0 }, outcome: control },
      ]);
      return words.trained(`${drawn.misread} ${words.of} ${drawn.triggered}`, printShare(drawn.right / drawn.heldOut));
    });
  }

  /** Trains a network for every recorded number of poisoned points, with the chosen seed and trigger. */
  async trainAll(): Promise<void> {
    const { trigger, seed } = this.setting.value;
    await this.work(async (options) => {
      const found = await this.#client.call(
        'curve',
        COUNTS.map((poisoned) => ({ trigger, poisoned, seed })),
        options,
      );
      this.#keep(found);
      return words.trainedAll(found.length);
    });
  }

  #keep(found: readonly Trained[]): void {
    this.runs.value = [...this.runs.value.filter(({ setting }) => !found.some((run) => same(run.setting, setting))), ...found];
  }
}
