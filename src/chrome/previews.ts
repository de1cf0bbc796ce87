/**
 * A slip of paper beside a claim, a term or a citation: opens on hover, focus and tap, closes on Escape, stays while it is pointed at
 * (WCAG 1.4.13). Without this script the link leads to the same text.
 */
const OPENING = 180;
const CLOSING = 260;
const SOURCES = 'a.claim, a.term, a.cite, a.ref';

const base = document.documentElement.dataset.base ?? '/';
const kept = new Map<string, Promise<string>>();
let shown: { readonly link: HTMLAnchorElement; readonly card: HTMLElement } | undefined;
let timer = 0;

/** The address of the fragment for a link such as /reference/claims/sa-rl/ or /backdoors/probes/#known. */
function fragmentOf(link: HTMLAnchorElement): string | undefined {
  const path = `${link.pathname}${link.hash}`.slice(base.length);
  const [, list, name = ''] = /^reference\/(claims|glossary|bibliography)\/#?([^/]+)\/?$/.exec(path) ?? [];
  const kind = list === 'claims' ? 'claim' : list === 'glossary' ? 'term' : list && 'source';
  if (kind !== undefined) return `${base}previews/${kind}/${name}/`;
  const [, page, anchor] = /^((?!reference\/)[\w-]+\/[\w-]+\/)(?:#([\w-]+))?$/.exec(path) ?? [];
  return page && `${base}previews/page/${page}${anchor === undefined ? '' : `${anchor}/`}`;
}

function close(): void {
  clearTimeout(timer);
  shown?.card.remove();
  shown?.link.removeAttribute('aria-expanded');
  shown = undefined;
}

/** In the margin where there is one, else under the block in which the link stands: never on the sentence. */
function place(card: HTMLElement, link: HTMLElement): void {
  const block = link.closest('p, li, dd, td, figcaption, legend, section') ?? link;
  const text = document.getElementById('main')?.getBoundingClientRect();
  const frame = (card.offsetParent ?? document.body).getBoundingClientRect();
  const right = (text?.right ?? 0) + 40;
  const inMargin = innerWidth - right > 240 && text !== undefined && block.getBoundingClientRect().right <= text.right + 1;
  const left = inMargin ? right : Math.max(8, Math.min(block.getBoundingClientRect().left, innerWidth - card.offsetWidth - 8));
  const top = inMargin ? link.getBoundingClientRect().top - 4 : block.getBoundingClientRect().bottom + 6;
  card.classList.toggle('in-margin', inMargin);
  card.style.left = `${left - frame.left}px`;
  card.style.top = `${top - frame.top}px`;
}

async function open(link: HTMLAnchorElement): Promise<void> {
  const address = fragmentOf(link);
  if (address === undefined || shown?.link === link) return;
  const loading = kept.get(address) ?? fetch(address).then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error(address))));
  kept.set(address, loading);
  let html: string;
  try {
    html = await loading;
  } catch {
    // the link itself still leads there
    kept.delete(address);
    return;
  }
  if (!link.matches(':hover, :focus') && link.dataset.tapped === undefined) return;
  close();
  const card = document.createElement('span');
  card.className = 'card';
  card.setAttribute('role', 'note');
  card.innerHTML = html;
  link.after(card);
  link.setAttribute('aria-expanded', 'true');
  shown = { link, card };
  place(card, link);
}

function later(action: () => void, delay: number): void {
  clearTimeout(timer);
  timer = window.setTimeout(action, delay);
}

function linkOf(event: Event): HTMLAnchorElement | null {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>(SOURCES) : null;
  return link?.closest('.card') === null ? link : null;
}

function pointed(event: PointerEvent): void {
  if (event.pointerType === 'touch') return;
  const link = linkOf(event);
  if (link !== null) later(() => void open(link), OPENING);
  else if (event.target instanceof Element && event.target.closest('.card') !== null) clearTimeout(timer);
  else if (shown !== undefined && !shown.card.contains(document.activeElement) && document.activeElement !== shown.link)
    later(close, CLOSING);
  else clearTimeout(timer);
}

function focused(event: FocusEvent): void {
  const link = linkOf(event);
  if (link?.matches(':focus-visible') === true) void open(link);
  else if (shown !== undefined && !shown.card.contains(event.target as Node)) close();
}

/** The first tap opens the preview, the second follows the link. */
function clicked(event: MouseEvent): void {
  const link = linkOf(event);
  const touch = (event as PointerEvent).pointerType === 'touch';
  if (link !== null && touch && shown?.link !== link && fragmentOf(link) !== undefined) {
    event.preventDefault();
    link.dataset.tapped = '';
    void open(link).then(() => delete link.dataset.tapped);
  } else if (shown !== undefined && link === null && !shown.card.contains(event.target as Node)) close();
}

addEventListener('pointerover', pointed);
addEventListener('focusin', focused);
addEventListener('click', clicked, true);
addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || shown === undefined) return;
  const { link, card } = shown;
  if (card.contains(document.activeElement)) link.focus();
  close();
});
addEventListener('resize', close);

/** Takes up an event that came before this script did. */
export function begin(event: Event): void {
  if (event.type === 'pointerover') pointed(event as PointerEvent);
  else if (event.type === 'focusin') focused(event as FocusEvent);
  else clicked(event as MouseEvent);
}
