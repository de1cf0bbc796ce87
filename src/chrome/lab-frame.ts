/**
 * Runs a lab on the page that invites to it: a button with the address of the lab alone (`data-frame`) gives way to a frame of it, which
 * tells how tall it is (chrome/embed.ts). Nothing of the lab is loaded before the button is pressed.
 */
const frames = new Set<HTMLIFrameElement>();

/** Takes a click on the button. */
export function frameLab({ target }: Event): void {
  const button = target instanceof Element ? target.closest<HTMLElement>('[data-frame]') : null;
  if (button === null) return;
  const frame = document.createElement('iframe');
  // what stands around it says the same
  frame.src = `${button.dataset.frame ?? ''}?hide=title,source`;
  frame.title = button.dataset.frameTitle ?? '';
  frames.add(frame);
  button.closest('section')?.append(frame);
  button.remove();
  frame.focus();
}

addEventListener('click', frameLab);
addEventListener('message', ({ data, source }: MessageEvent<{ type?: unknown; height?: unknown } | null>) => {
  if (data?.type !== 'hidden-objectives:height') return;
  for (const frame of frames) if (frame.contentWindow === source) frame.style.blockSize = `${Number(data.height)}px`;
});
