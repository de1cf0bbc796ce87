import { readStored, store } from './storage.ts';

const root = document.documentElement;

/** Previews and copying are fetched when the reader first points at something, moves the focus, or presses a link that has them. */
function wake(event: Event): void {
  const link =
    event.target instanceof Element
      ? event.target.closest<HTMLAnchorElement>('a.claim, a.term, a.cite, a.ref, .anchor, [data-copy], [data-frame]')
      : null;
  if (event.type === 'click' && link === null) return;
  const tapped =
    event.type === 'click' &&
    (event as PointerEvent).pointerType === 'touch' &&
    link?.matches('.anchor, [data-copy], [data-frame]') === false;
  if (tapped) event.preventDefault();
  import('./on-intent.ts').then(
    ({ begin }) => {
      for (const kind of wakers) removeEventListener(kind, wake, true);
      begin(event);
    },
    () => {
      if (tapped) location.assign(link.href);
    },
  );
}
const wakers = ['pointerover', 'focusin', 'click'] as const;
for (const kind of wakers) addEventListener(kind, wake, true);

/** The colours: as the system has them, light, dark, and round again. */
const themes = ['system', 'light', 'dark'] as const;

function labelThemeSwitch(button: HTMLElement): void {
  const labels = JSON.parse(button.dataset.labels ?? '{}') as Record<string, string>;
  button.setAttribute('aria-label', labels[root.dataset.theme ?? 'system'] ?? '');
}

const themeSwitch = document.querySelector<HTMLElement>('[data-theme-switch]');
if (themeSwitch !== null) {
  const kept = readStored('theme');
  if (kept === 'light' || kept === 'dark') root.dataset.theme = kept;
  labelThemeSwitch(themeSwitch);
  themeSwitch.addEventListener('click', () => {
    const at = themes.indexOf((root.dataset.theme ?? 'system') as (typeof themes)[number]);
    const next = themes[(at + 1) % themes.length] ?? 'system';
    store('theme', next);
    if (next === 'system') delete root.dataset.theme;
    else root.dataset.theme = next;
    labelThemeSwitch(themeSwitch);
  });
}

const contents = document.querySelector<HTMLDialogElement>('#contents');
document.querySelector('[data-open-contents]')?.addEventListener('click', (event) => {
  event.preventDefault();
  contents?.showModal();
});
contents?.addEventListener('click', (event) => {
  // a click beside the tree, or on a way out of it
  if (event.target === contents || (event.target as Element).closest('a') !== null) contents.close();
});

/** Search is fetched when it is first asked for. */
async function openSearch(): Promise<void> {
  const { openSearchDialog } = await import('./search.ts');
  await openSearchDialog();
}

const finder = document.querySelector<HTMLAnchorElement>('[data-search]');
finder?.addEventListener('click', (event) => {
  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  void openSearch();
});
addEventListener('keydown', (event) => {
  const typing = event.target instanceof Element && event.target.closest('input, textarea, select, [contenteditable]') !== null;
  const slash = event.key === '/' && !typing && !event.metaKey && !event.ctrlKey && !event.altKey;
  if (!finder || (!slash && !(event.key === 'k' && (event.metaKey || event.ctrlKey)))) return;
  event.preventDefault();
  void openSearch();
});

/** Marks the section that is being read in the tree beside it. */
const places = [...document.querySelectorAll<HTMLAnchorElement>('.rail ol ol ol a')];
if (places.length > 0) {
  const headings = places.map((place) => document.getElementById(place.hash.slice(1)));
  const mark = (): void => {
    let current = -1;
    headings.forEach((heading, index) => {
      if (heading !== null && heading.getBoundingClientRect().top < innerHeight / 3) current = index;
    });
    places.forEach((place, index) => {
      if (index === current) place.setAttribute('aria-current', 'location');
      else place.removeAttribute('aria-current');
    });
  };
  const observer = new IntersectionObserver(mark, { rootMargin: '0px 0px -66% 0px', threshold: [0, 1] });
  for (const heading of headings) if (heading !== null) observer.observe(heading);
}
