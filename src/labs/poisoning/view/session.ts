import { computed, signal, type ReadonlySignal } from '@preact/signals';
import { AddressState } from '../../view/address-state.ts';
import { printShare } from '../../view/numbers.ts';
import type { Running } from '../../view/Progress.tsx';
import { choice, integer, StateCodec } from '../../view/state.ts';
import type { Drawn } from '../model/experiment.ts';
import { COUNTS, DEFAULT, MOST_POISONED, MOST_SEED, TRIGGERS, type Outcome, type Setting } from '../model/recipe.ts';
import type { Reply, Request, Under } from '../protocol.ts';
import { outcomeIn, type PoisoningData } from './data.ts';
import { workerTrainer, type Trainer } from './trainer.ts';
import { words } from './words.ts';

/** The settings as they stand in the address. */
export const CODEC = new StateCodec({
  k: integer('poisoned points', { min: 0, max: MOST_POISONED, default: DEFAULT.poisoned }),
  trigger: choice('trigger', TRIGGERS, DEFAULT.trigger),
  seed: integer('seed', { min: 0, max: MOST_SEED, default: DEFAULT.seed }),
});

/** A network that was trained in this tab. */
export interface LiveRun {
  readonly setting: Setting;
  readonly outcome: Outcome;
}

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
export class Session {
  readonly address = new AddressState(CODEC);
  readonly setting: ReadonlySignal<Setting> = computed(() => {
    const { k, trigger, seed } = this.address.state.value;
    return { trigger, poisoned: k, seed };
  });
  /** Whether the script has begun; without it no control does anything. */
  readonly ready = signal(false);
  readonly running = signal<Running | undefined>(undefined);
  /** Every network trained in this tab, the newest of each setting. */
  readonly runs = signal<readonly LiveRun[]>([]);
  /** What came of the last training, in words. */
  readonly said = signal('');
  readonly tables = signal(false);
  readonly #drawn = signal<readonly Extract<Reply, { kind: 'drawn' }>[]>([]);
  readonly #data: PoisoningData;
  readonly #trainer: Trainer;

  constructor(data: PoisoningData, trainer: Trainer = workerTrainer()) {
    this.#data = data;
    this.#trainer = trainer;
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

  /** Begins when the page's script does. Returns what ends it. */
  begin(): () => void {
    const end = this.address.begin();
    this.ready.value = true;
    return () => {
      end();
      this.#trainer.cancel();
    };
  }

  /** Trains the network of the chosen setting and its control. */
  async train(): Promise<void> {
    await this.#run({ kind: 'draw', setting: this.setting.value });
  }

  /** Trains a network for every recorded number of poisoned points, with the chosen seed and trigger. */
  async trainAll(): Promise<void> {
    const { trigger, seed } = this.setting.value;
    await this.#run({ kind: 'curve', settings: COUNTS.map((poisoned) => ({ trigger, poisoned, seed })) });
  }

  cancel(): void {
    this.#trainer.cancel();
  }

  async #run(request: Request): Promise<void> {
    const began = performance.now();
    const report = ({ done, networks, at }: Under): void => {
      const steps = networks * at.of;
      const step = done * at.of + at.step;
      const seconds = (performance.now() - began) / 1000;
      this.running.value = { step, of: steps, loss: at.loss, secondsLeft: (seconds * (steps - step)) / step };
    };
    this.running.value = { step: 0, of: 1 };
    this.said.value = '';
    try {
      this.#take(await this.#trainer.run(request, report));
    } catch (error) {
      const cancelled = error instanceof DOMException && error.name === 'AbortError';
      this.said.value = cancelled ? words.cancelled : error instanceof Error ? error.message : String(error);
    } finally {
      this.running.value = undefined;
    }
  }

  #take(reply: Exclude<Reply, Under>): void {
    if (reply.kind === 'failed') return;
    const found: readonly LiveRun[] =
      reply.kind === 'outcomes'
        ? reply.outcomes
        : [
            { setting: reply.setting, outcome: reply.drawn },
            { setting: { ...reply.setting, poisoned: 0 }, outcome: reply.control },
          ];
    const older = this.runs.value.filter(({ setting }) => !found.some((run) => same(run.setting, setting)));
    this.runs.value = [...older, ...found];
    if (reply.kind === 'drawn') this.#drawn.value = [...this.#drawn.value.filter(({ setting }) => !same(setting, reply.setting)), reply];
    const { outcome } = found[0] ?? {};
    this.said.value =
      reply.kind === 'outcomes'
        ? words.trainedAll(found.length)
        : words.trained(
            `${outcome?.misread ?? 0} ${words.of} ${outcome?.triggered ?? 0}`,
            printShare((outcome?.right ?? 0) / (outcome?.heldOut ?? 1)),
          );
  }
}
