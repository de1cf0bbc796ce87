import { expect, test } from 'vitest';
import { codeOf, type Case } from './case.ts';
import { noted, weighed } from './game.ts';
import { PlayStore, type TextStorage } from './store.ts';

const GIVEN: Case = { kind: 'free', tier: 'data', level: 'faint', seed: 3 };
const KEY = `hidden-objectives/game/${codeOf(GIVEN)}`;

class Memory implements TextStorage {
  readonly texts = new Map<string, string>();
  get length(): number {
    return this.texts.size;
  }
  key(at: number): string | null {
    return [...this.texts.keys()][at] ?? null;
  }
  getItem(key: string): string | null {
    return this.texts.get(key) ?? null;
  }
  setItem(key: string, text: string): void {
    this.texts.set(key, text);
  }
  removeItem(key: string): void {
    this.texts.delete(key);
  }
}

/** A browser that refuses, as some do with cookies off. */
const refuse = (): never => {
  throw new DOMException('denied', 'SecurityError');
};
const BLOCKED: TextStorage = { length: 1, key: refuse, getItem: refuse, setItem: refuse, removeItem: refuse };

test('a case is there again after a reload', () => {
  const storage = new Memory();
  const play = noted(new PlayStore(storage).load(GIVEN).play, 'odd words');
  expect(new PlayStore(storage).save(play)).toEqual({ play });
  expect(new PlayStore(storage).load(GIVEN)).toEqual({ play });
  expect(new PlayStore(storage).all()).toEqual([play]);
});

test('of two tabs the one that went on wins, and the other is told', () => {
  const storage = new Memory();
  const [one, two] = [new PlayStore(storage), new PlayStore(storage)];
  const begun = one.load(GIVEN).play;
  two.load(GIVEN);
  const ahead = noted(begun, 'first');
  one.save(ahead);
  const late = two.save(weighed(begun, 'rm', 99));
  expect(late.play).toEqual(ahead);
  expect(late.problem).toMatch(/^.+\n.+$/);
  // made on what is there, the step is kept
  const step = weighed(two.load(GIVEN).play, 'rm', 99);
  expect(two.save(step)).toEqual({ play: step });
  expect(one.load(GIVEN).play).toEqual(step);
});

test.each([undefined, BLOCKED])('where nothing can be kept the case goes on in the tab, and the reader is told', (storage) => {
  const store = new PlayStore(storage);
  const play = noted(store.load(GIVEN).play, 'kept here');
  const { problem } = store.save(play);
  expect(problem).toMatch(/Export the notebook/);
  expect(store.load(GIVEN)).toEqual({ play, problem });
  expect(store.keeps).toBe(false);
  expect(store.all()).toEqual([play]);
  store.clear(codeOf(GIVEN));
  expect(store.load(GIVEN).play.notes).toBe('');
});

test.each([
  '{',
  '[]',
  'null',
  '{"version":2}',
  JSON.stringify({ version: 1, code: codeOf(GIVEN), revision: 1, entries: [{ number: 2 }], weights: {}, notes: '' }),
])('what cannot be read is set aside and not thrown away: %s', (text) => {
  const storage = new Memory();
  storage.setItem(KEY, text);
  const { play, problem } = new PlayStore(storage).load(GIVEN);
  expect(play.entries).toEqual([]);
  expect(problem).toMatch(/^.+\n.+$/);
  expect([...storage.texts.values()].filter((kept) => kept === text)).toHaveLength(2);
});

test('texts of other names, and of cases that cannot be, are passed over', () => {
  const storage = new Memory();
  storage.setItem('theme', 'dark');
  storage.setItem('hidden-objectives/game/free-weights-clear-1-000000', '{}');
  expect(new PlayStore(storage).all()).toEqual([]);
});

test('another tab that goes on is heard of, by the code of its case', () => {
  const target = new EventTarget() as unknown as Window;
  const heard: string[] = [];
  const end = new PlayStore(new Memory()).listen(target, (code) => heard.push(code));
  const tell = (key: string | null): boolean => target.dispatchEvent(Object.assign(new Event('storage'), { key }));
  tell(KEY);
  tell('theme');
  tell(null);
  end();
  tell(KEY);
  expect(heard).toEqual([codeOf(GIVEN)]);
});
