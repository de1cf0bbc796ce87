import { readFileSync } from 'node:fs';

/** The style sheet that names the colours. */
export const TOKENS = new URL('../../styles/tokens.css', import.meta.url);

/**
 * The colours of the light design, as the style sheets name them: `ink-2`, `accent`, `demonstrated`.
 * @param css text of tokens.css
 */
export function lightColours(css: string): ReadonlyMap<string, string> {
  const colours = new Map<string, string>();
  for (const [, name = '', light = ''] of css.matchAll(/--([\w-]+):\s*light-dark\((#[0-9a-f]+),/g)) colours.set(name, light);
  for (const [, name = '', other = ''] of css.matchAll(/--([\w-]+):\s*var\(--([\w-]+)\)/g)) {
    const colour = colours.get(other);
    if (colour !== undefined) colours.set(name, colour);
  }
  return colours;
}

const COLOURS = lightColours(readFileSync(TOKENS, 'utf8'));

/** A colour of the light design. @throws Error where the style sheet has no such pair */
export function ink(name: string): string {
  const colour = COLOURS.get(name);
  if (colour === undefined)
    throw new Error(`src/styles/tokens.css has no colour "--${name}".\nName it there as light-dark(…), or change src/build/cards.`);
  return colour;
}
