/**
 * Copies what a link names when the reader follows it to its own place: a heading, the number of a figure, the word before a
 * misconception. A button with a text of its own (`data-copy`) copies that; one without copies what stands before it, the file where that
 * is a link. Without this script the link still sets the address bar.
 */
import { copyText } from './clipboard.ts';
import { words } from './words.ts';

/** How long the slip stays that says what was copied, in milliseconds: long enough to read two lines. */
const SHOWN = 6000;

let slip: HTMLElement | undefined;
let timer = 0;

/** The permanent address of a place on this page: short where the page has a short address, else that of the page itself. */
export function permanentAddress(id: string, page: Document = document): string {
  const link = (rel: string): string | undefined => page.querySelector<HTMLLinkElement>(`link[rel=${rel}]`)?.href;
  const short = link('shortlink');
  return short === undefined ? `${link('canonical') ?? location.href.split('#')[0] ?? ''}#${id}` : `${short}${id}/`;
}

/** Says below the page what was copied; where nothing could be, offers the text to be copied by hand. */
function say(text: string, copied: boolean): void {
  if (slip === undefined) {
    slip = document.createElement('div');
    slip.className = 'slip';
    slip.setAttribute('role', 'status');
    document.body.append(slip);
  }
  const label = document.createElement('b');
  label.textContent = copied ? words.copied : words.copyYourself;
  const field = document.createElement('span');
  field.textContent = text;
  slip.replaceChildren(label, field);
  if (!copied) getSelection()?.selectAllChildren(field);
  clearTimeout(timer);
  timer = window.setTimeout(() => slip?.replaceChildren(), copied ? SHOWN : SHOWN * 4);
}

/** Takes a click on a link to a place of this page, or on a button that copies. */
export function copied(event: MouseEvent): void {
  const pressed = event.target instanceof Element ? event.target.closest<HTMLElement>('a.anchor, [data-copy]') : null;
  if (pressed === null || event.metaKey || event.ctrlKey || event.shiftKey) return;
  // a link to this very page would only load it anew
  if (pressed.dataset.copy !== undefined) event.preventDefault();
  const { copy } = pressed.dataset;
  const before = copy === '' ? pressed.previousElementSibling : null;
  if (before instanceof HTMLAnchorElement) void copyFile(before);
  else {
    const text = before?.textContent ?? copy ?? permanentAddress((pressed as HTMLAnchorElement).hash.slice(1));
    void copyText(text).then((done) => {
      say(text, done);
    });
  }
}

/** Copies the file that a link leads to, and names it; where it cannot be had, follows the link. */
async function copyFile(link: HTMLAnchorElement): Promise<void> {
  const file = fetch(link.href).then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error(link.href))));
  const done = await copyText(file);
  try {
    const text = await file;
    say(done ? link.text : text, done);
  } catch {
    link.click();
  }
}

addEventListener('click', copied);
