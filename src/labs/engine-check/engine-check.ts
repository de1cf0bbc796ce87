import { printSpeed, speedOf, type CheckedRun, type CheckMessage } from './protocol.ts';

const OUTCOMES = ['weights', 'samples'] as const;

/**
 * The check of /reference/engine/: trains in a worker when it is told to, and shows what came out beside what should. The page gives what
 * should come out in `data-weights` and `data-samples`, and how many steps there are in all in `data-steps`, so that the engine itself is
 * loaded by the worker alone.
 */
class EngineCheck extends HTMLElement {
  /** What the last check found; the tests read it. */
  runs: readonly CheckedRun[] | undefined;
  #worker: Worker | undefined;

  connectedCallback(): void {
    this.#button.addEventListener('click', () => {
      if (this.#worker === undefined) this.#start();
      else this.#stop('stopped');
    });
  }

  disconnectedCallback(): void {
    this.#worker?.terminate();
  }

  #find<Kind extends typeof HTMLElement>(kind: Kind, selector: string): InstanceType<Kind> {
    const element = this.querySelector(selector);
    if (!(element instanceof kind)) throw new Error(`The page has no ${selector}.\nSee src/pages/reference/engine.astro.`);
    return element as InstanceType<Kind>;
  }

  get #button(): HTMLButtonElement {
    return this.#find(HTMLButtonElement, 'button');
  }

  #start(): void {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    this.#worker = worker;
    this.runs = undefined;
    worker.addEventListener('message', ({ data }: MessageEvent<CheckMessage>) => {
      if (data.type === 'progress') this.#progress(data);
      else if (data.type === 'done') this.#done(data.runs);
      else this.#stop('failed', data.message);
    });
    // it did not even load
    worker.addEventListener('error', ({ message }) => {
      this.#stop('failed', message);
    });
    this.#find(HTMLElement, '[data-result]').hidden = true;
    this.#find(HTMLElement, '[data-progress]').hidden = false;
    this.#progress({ steps: 0, loss: undefined });
    this.#say('running');
    this.#button.textContent = 'Stop';
  }

  #progress({ steps, loss }: { readonly steps: number; readonly loss: number | undefined }): void {
    const all = Number(this.dataset.steps);
    const bar = this.#find(HTMLProgressElement, 'progress');
    bar.max = all;
    bar.value = steps;
    const counted = `${steps} of ${all} steps`;
    this.#find(HTMLElement, '.count').textContent = loss === undefined ? counted : `${counted}, loss ${loss.toFixed(2)}`;
  }

  #stop(state: string, detail = ''): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#find(HTMLElement, '[data-progress]').hidden = true;
    this.#button.textContent = 'Train again';
    this.#say(state, detail);
  }

  #done(runs: readonly CheckedRun[]): void {
    this.runs = runs;
    for (const of of OUTCOMES) {
      // a browser that differs from itself shows all that it came to
      const found = [...new Set(runs.map(({ outcome }) => outcome[of]))];
      this.#find(HTMLElement, `[data-of=${of}]`).textContent = found.join(', ');
    }
    const { median, low, high } = speedOf(runs);
    this.#find(HTMLElement, '[data-of=speed]').textContent =
      `${printSpeed(median)} tokens a second: the middle of ${runs.length} runs, which went from ${printSpeed(low)} to ${printSpeed(high)}`;
    this.#find(HTMLElement, '[data-result]').hidden = false;
    const same = runs.every(({ outcome }) => OUTCOMES.every((of) => outcome[of] === this.dataset[of]));
    this.#stop(same ? 'same' : 'different');
  }

  /** Says what the page keeps in the template of that name. */
  #say(state: string, detail = ''): void {
    const template = this.#find(HTMLTemplateElement, `template[data-state=${state}]`);
    const words = document.importNode(template.content, true);
    const place = words.querySelector('[data-detail]');
    if (place !== null) place.textContent = detail.replace('\n', ' ');
    this.#find(HTMLElement, '[role=status]').replaceChildren(words);
  }
}

customElements.define('engine-check', EngineCheck);
