import { escapeHtml } from './html.ts';

/**
 * Height in px of a frame that holds a lab, until the script fits it: about what a screen shows at once. A lab is taller than that on a
 * phone, and its frame then scrolls.
 */
export const LAB_HEIGHT = 900;

/** Something of ours that stands in a frame on another site. Addresses are absolute. */
export interface Framed {
  /** Address of what is framed. */
  readonly src: string;
  /** Its name, for those who do not see it. */
  readonly name: string;
  /** Height of the frame in px, until the script knows better. */
  readonly height: number;
}

/**
 * A frame on another site.
 * Its border is switched off by an attribute that HTML calls obsolete: a `style` is refused by many policies, and is an error in MDX.
 * @param width as the attribute takes it: px or per cent
 */
export function frame({ src, name, height }: Framed, width: string): string {
  return `<iframe src="${src}" title="${escapeHtml(name)}" width="${width}" height="${height}" loading="lazy" frameborder="0"></iframe>`;
}

/** What to paste into a page: the frame, and the script that fits it to what it holds. Without the script it keeps its height and scrolls. */
export function framed(what: Framed & { readonly script: string }): string {
  return `${frame(what, '100%')}\n<script async src="${what.script}"></script>`;
}
