/** The script of /offline/: starts the worker, says how far it is, and undoes it. No other page runs it. */
import { cacheNames, SAVE_AGAIN, savedNote, WORKER, type Message, type Saved } from './contract.ts';

const base = document.documentElement.dataset.base ?? '/';
const names = cacheNames(base);
/** Milliseconds that the reason of a failure may come after the failure. */
const GRACE = 500;
const QUARTERS = ['', 'A quarter of it is here.', 'Half of it is here.', 'Three quarters of it are here.'];

type State = 'saving' | 'saved' | 'removed' | 'full' | 'connection' | 'blocked' | 'unsupported' | 'insecure';

function find<Kind extends typeof HTMLElement>(kind: Kind, selector: string): InstanceType<Kind> {
  const element = document.querySelector(`#offline ${selector}`);
  if (element instanceof kind) return element as InstanceType<Kind>;
  throw new Error(`The page has no ${selector}.\nSee src/pages/offline.astro.`);
}

const status = find(HTMLElement, '[role=status]');
const progress = find(HTMLElement, '.progress');
const bar = find(HTMLProgressElement, 'progress');
const count = find(HTMLElement, '.count');
const remove = find(HTMLButtonElement, '[data-remove]');
const save = find(HTMLButtonElement, '[data-save]');

/** What the status line says, by the words that the page keeps for it. */
function words(state: State | 'stale'): DocumentFragment {
  const template = find(HTMLTemplateElement, `template[data-state=${state}]`);
  return document.importNode(template.content, true);
}

function show(state: State, ...more: readonly Node[]): void {
  const pressed = document.activeElement === remove || document.activeElement === save;
  status.replaceChildren(words(state), ...more);
  progress.hidden = state !== 'saving';
  remove.hidden = state !== 'saved';
  save.hidden = !['removed', 'full', 'connection', 'blocked'].includes(state);
  // a button that goes must not take the focus with it
  if (pressed) ([remove, save].find((button) => !button.hidden) ?? status).focus();
}

async function savedOn(): Promise<Date | undefined> {
  const note = await caches.match(savedNote(base), { cacheName: names.notes });
  return note === undefined ? undefined : new Date(((await note.json()) as Saved).at);
}

function showSaved(on: Date, stale = false): void {
  show('saved', ...(stale ? [words('stale')] : []));
  const day = status.querySelector('time');
  if (day === null) return;
  day.dateTime = on.toISOString();
  day.textContent = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' }).format(on);
}

let quarter = 0;

function showProgress({ files, allFiles, bytes, allBytes }: Extract<Message, { type: 'progress' }>): void {
  const print = (value: number): string => value.toLocaleString('en-GB');
  bar.max = allFiles;
  bar.value = files;
  count.textContent = `${print(files)} of ${print(allFiles)} files, ${(bytes / 1e6).toFixed(1)} of ${(allBytes / 1e6).toFixed(1)} MB`;
  // each file is seen, but only the quarters are read out
  const reached = Math.min(3, Math.floor((4 * files) / allFiles));
  if (reached <= quarter) return;
  quarter = reached;
  status.querySelector('[data-quarter]')?.replaceChildren(QUARTERS[reached] ?? '');
}

type Outcome = 'saved' | 'full' | 'connection';
/** How the saving ended, once the worker says so. */
let outcome = Promise.withResolvers<Outcome>();

/** Waits until a worker has taken over or given up. */
function settled(worker: ServiceWorker): Promise<boolean> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (worker.state === 'activated') resolve(true);
      else if (worker.state === 'redundant') resolve(false);
    };
    worker.addEventListener('statechange', look);
    look();
  });
}

/** Saves what is not saved yet. Where it is already saved, fetches what has changed since. @throws DOMException where the browser refuses */
async function saveAll(): Promise<Outcome> {
  const registration = await navigator.serviceWorker.register(`${base}${WORKER}`, { scope: base, updateViaCache: 'none' });
  // without a connection, what is saved is as new as it can be
  if (registration.active !== null) await registration.update().catch(() => undefined);
  const worker = registration.installing ?? registration.waiting ?? registration.active;
  if (worker !== null && (await settled(worker))) {
    if ((await savedOn()) !== undefined) return 'saved';
    worker.postMessage(SAVE_AGAIN);
    return outcome.promise;
  }
  return Promise.race([outcome.promise, new Promise<Outcome>((resolve) => setTimeout(resolve, GRACE, 'connection'))]);
}

async function begin(): Promise<void> {
  quarter = 0;
  outcome = Promise.withResolvers();
  show('saving');
  count.textContent = '';
  bar.removeAttribute('value');
  try {
    const how = await saveAll();
    const on = await savedOn();
    if (on !== undefined) showSaved(on, how !== 'saved');
    else show(how === 'full' ? 'full' : 'connection');
  } catch (error) {
    // a browser that refuses says SecurityError; a worker that cannot be fetched is a TypeError
    show(error instanceof TypeError ? 'connection' : 'blocked');
  }
}

/** Gives everything back to the browser. */
async function undo(): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration(base);
  await registration?.unregister();
  for (const name of Object.values(names)) await caches.delete(name);
  show('removed');
}

document.getElementById('offline')?.removeAttribute('hidden');
if (!isSecureContext) show('insecure');
else if (!('serviceWorker' in navigator) || !('caches' in globalThis)) show('unsupported');
else {
  navigator.serviceWorker.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    if (data.type === 'progress') showProgress(data);
    else outcome.resolve(data.type === 'saved' ? 'saved' : data.why);
  });
  remove.addEventListener('click', () => void undo());
  save.addEventListener('click', () => void begin());
  void begin();
}
