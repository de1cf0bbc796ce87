import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { Fields, StateCodec, StateOf, StateProblem } from './state.ts';

/** Safari refuses more than a hundred changes of the address in thirty seconds, which a slider makes in two. */
const PAUSE = 400;

/**
 * The state of a lab, kept in the address of its page. It begins as the default, which is what the build rendered; `begin` reads the
 * address. What cannot be read stays in the address until the reader changes a setting. A short address may name some settings in its query,
 * `?feature=12`; a state behind the `#` goes before it.
 */
export class AddressState<F extends Fields> {
  readonly codec: StateCodec<F>;
  readonly problems = signal<readonly StateProblem[]>([]);
  readonly #state;
  #timer = 0;

  constructor(codec: StateCodec<F>) {
    this.codec = codec;
    this.#state = signal(codec.defaults);
    this.state = this.#state;
    this.address = computed(() => codec.encode(this.#state.value));
  }

  readonly state: ReadonlySignal<StateOf<F>>;
  /** The state as it stands behind the `#` of an address. */
  readonly address: ReadonlySignal<string>;

  /** Takes the state from the address, now and whenever it changes. Returns what ends that. */
  begin(): () => void {
    const take = (): void => {
      const { state, problems } = this.codec.decode(
        this.codec.isState(location.hash) ? location.hash : this.codec.ofQuery(location.search),
      );
      this.#state.value = state;
      this.problems.value = problems;
    };
    const changed = (): void => {
      // a link to a place on the page is no word about the state
      if (this.codec.isState(location.hash)) take();
    };
    take();
    addEventListener('hashchange', changed);
    return () => {
      removeEventListener('hashchange', changed);
      clearTimeout(this.#timer);
    };
  }

  /** Changes settings, and after a pause the address. No entry is added to the history: going back leaves the lab. */
  set(changes: Partial<StateOf<F>>): void {
    this.#state.value = { ...this.#state.value, ...changes };
    this.problems.value = [];
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      // what the query said of the state would contradict it from now on
      const path = this.codec.ofQuery(location.search) === '' ? '' : `${location.pathname}${this.codec.restOfQuery(location.search)}`;
      history.replaceState(history.state, '', `${path}#${this.address.value}`);
    }, PAUSE);
  }
}
