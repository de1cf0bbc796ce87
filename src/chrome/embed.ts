/**
 * Runs in a framed figure: hides what its address asks to hide, and tells the page around it how tall it is. The colours were set before
 * (theme-script.ts). public/embed.js is the other side.
 */
const root = document.documentElement;
// the style sheet knows the names; one that it does not know hides nothing
root.dataset.hide = (new URLSearchParams(location.search).get('hide') ?? '').replaceAll(',', ' ');

const main = document.querySelector('main');

/** Nothing in it is secret, and nobody knows whose page this is: it goes to any. */
function tell(): void {
  const height = Math.ceil(main?.getBoundingClientRect().height ?? 0);
  // none where the frame is not shown
  if (height > 0) parent.postMessage({ type: 'hidden-objectives:height', id: main?.dataset.embed, height }, '*');
}

if (main !== null && parent !== window) {
  new ResizeObserver(tell).observe(main);
  // an observer sleeps while the frame is off the screen
  addEventListener('load', tell);
  // a page whose script comes late has missed the first message
  addEventListener('message', ({ data }: MessageEvent<{ type?: unknown } | null>) => {
    if (data?.type === 'hidden-objectives:ask') tell();
  });
  // links open in another tab, whose cache is not the frame's: fetching them early is for nothing
  for (const link of document.links) link.dataset.astroPrefetch = 'false';
}
