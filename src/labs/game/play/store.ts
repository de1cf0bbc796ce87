import { OBJECTIVES } from '../model/world.ts';
import { TOOL_IDS } from '../model/tools/deck.ts';
import { codeOf, readCase, type Case } from './case.ts';
import { begin, type Play } from './game.ts';

/** What a browser keeps texts in: localStorage, or nothing where it is blocked. */
export type TextStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** What was kept could not be read, or could not be kept: what, then what becomes of it. */
export type StoreProblem = string;

/** A case as the store has it. */
export interface Kept {
  readonly play: Play;
  readonly problem?: StoreProblem;
}

const PREFIX = 'hidden-objectives/game/';
/** Under this a text is set aside that could not be read. */
const ASIDE = 'hidden-objectives/game-unread/';

const UNREAD =
  'What this browser kept of the case cannot be read.\nThe case begins anew; what was kept is set aside in the browser’s storage under the name “hidden-objectives/game-unread/” and the case’s code.';
const UNKEPT = 'This browser keeps nothing of the case.\nExport the notebook before you leave the page.';
const OTHER_TAB = 'The case went on in another tab, and your last step here was not kept.\nLook at what is there now, and repeat the step.';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

/** Whether a parsed text has the shape of a case under audit. What is shown of a finding is checked by nothing but this: it was made by this site. */
function isPlay(value: unknown, code: string): value is Play {
  if (!isRecord(value)) return false;
  const { version, revision, entries, weights, notes, seal, report, debrief } = value;
  return (
    version === 1 &&
    value.code === code &&
    isCount(revision) &&
    typeof notes === 'string' &&
    (seal === undefined || typeof seal === 'string') &&
    (report === undefined ||
      (isRecord(report) && isRecord(report.belief) && Array.isArray(report.forecasts) && Array.isArray(report.behaviours))) &&
    (debrief === undefined || (isRecord(debrief) && report !== undefined && isRecord(debrief.opened) && Array.isArray(debrief.genres))) &&
    isRecord(weights) &&
    OBJECTIVES.every((objective) => isCount(weights[objective]) && weights[objective] <= 100) &&
    Array.isArray(entries) &&
    entries.every(
      (entry: unknown, i) =>
        isRecord(entry) &&
        entry.number === i + 1 &&
        isRecord(entry.order) &&
        TOOL_IDS.some((id) => isRecord(entry.order) && id === entry.order.tool) &&
        isRecord(entry.finding) &&
        typeof entry.finding.kind === 'string' &&
        isRecord(entry.verdicts),
    )
  );
}

/** Keeps the cases of one reader in the browser, safe against a second tab, a blocked storage and what cannot be read. */
export class PlayStore {
  readonly #storage: TextStorage | undefined;
  /** The cases of this tab, which is all there is where nothing is kept. */
  readonly #plays = new Map<string, Play>();
  #keeps: boolean;

  /** @param storage undefined where the browser refuses it */
  constructor(storage: TextStorage | undefined) {
    this.#storage = storage;
    this.#keeps = storage !== undefined;
  }

  /** Whether what is saved outlasts the page. */
  get keeps(): boolean {
    return this.#keeps;
  }

  #read(code: string): Play | 'unread' | undefined {
    let text: string | null;
    try {
      text = this.#storage?.getItem(PREFIX + code) ?? null;
    } catch {
      this.#keeps = false;
      return undefined;
    }
    if (text === null) return undefined;
    try {
      const value: unknown = JSON.parse(text);
      if (isPlay(value, code)) return value;
    } catch {
      // said below
    }
    this.#write(ASIDE + code, text);
    return 'unread';
  }

  #write(key: string, text: string): boolean {
    try {
      this.#storage?.setItem(key, text);
      return this.#storage !== undefined;
    } catch {
      return false;
    }
  }

  /** The case as it was left, or as it begins. What cannot be read is set aside, never thrown away. */
  load(given: Case): Kept {
    const code = codeOf(given);
    const kept = this.#read(code);
    const play = kept === undefined || kept === 'unread' ? (this.#plays.get(code) ?? begin(given)) : kept;
    this.#plays.set(code, play);
    return { play, ...(kept === 'unread' ? { problem: UNREAD } : this.#keeps ? {} : { problem: UNKEPT }) };
  }

  /**
   * Keeps a case. Where another tab has gone on with it, that one stays and is given back with a word on it: nothing that was bought is lost.
   * @param play made by one step from what this store gave last
   */
  save(play: Play): Kept {
    const there = this.#read(play.code);
    if (there !== undefined && there !== 'unread' && there.revision >= play.revision && !same(there, play)) {
      this.#plays.set(play.code, there);
      return { play: there, problem: OTHER_TAB };
    }
    this.#plays.set(play.code, play);
    this.#keeps = this.#write(PREFIX + play.code, JSON.stringify(play));
    return { play, ...(this.#keeps ? {} : { problem: UNKEPT }) };
  }

  /** Forgets a case. */
  clear(code: string): void {
    this.#plays.delete(code);
    try {
      this.#storage?.removeItem(PREFIX + code);
    } catch {
      this.#keeps = false;
    }
  }

  /** Every case of this browser that can be read, by code. */
  all(): Play[] {
    const codes = new Set(this.#plays.keys());
    try {
      for (let i = 0; i < (this.#storage?.length ?? 0); i++) {
        const key = this.#storage?.key(i) ?? '';
        if (key.startsWith(PREFIX)) codes.add(key.slice(PREFIX.length));
      }
    } catch {
      this.#keeps = false;
    }
    return [...codes].sort().flatMap((code) => {
      try {
        readCase(code);
      } catch {
        return [];
      }
      const kept = this.#read(code);
      const play = kept === undefined || kept === 'unread' ? this.#plays.get(code) : kept;
      return play === undefined ? [] : [play];
    });
  }

  /**
   * Tells when another tab has gone on with a case.
   * @param target the window, which hears of it
   * @returns what ends it
   */
  listen(target: Pick<Window, 'addEventListener' | 'removeEventListener'>, told: (code: string) => void): () => void {
    const heard = ({ key }: StorageEvent): void => {
      if (key?.startsWith(PREFIX) === true) told(key.slice(PREFIX.length));
    };
    target.addEventListener('storage', heard);
    return () => target.removeEventListener('storage', heard);
  }
}

const same = (a: Play, b: Play): boolean => JSON.stringify(a) === JSON.stringify(b);
