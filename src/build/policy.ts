import { createHash } from 'node:crypto';
import { THEME_SCRIPT } from '../chrome/theme-script.ts';

const themeHash = createHash('sha256').update(THEME_SCRIPT).digest('base64');

const DIRECTIVES: Readonly<Record<string, string>> = {
  'default-src': "'self'",
  // WebAssembly is compiled for search and for the labs
  'script-src': `'self' 'wasm-unsafe-eval' 'sha256-${themeHash}'`,
  'style-src': "'self'",
  // the icons of Pagefind's Component UI are data addresses
  'img-src': "'self' data:",
  'object-src': "'none'",
  'base-uri': "'self'",
  'form-action': "'self'",
};

/** The content security policy as the pages carry it. A page cannot forbid its own framing; the header can. */
export const POLICY = Object.entries(DIRECTIVES)
  .map(([name, value]) => `${name} ${value}`)
  .join('; ');

/** The same policy as the server sends it. */
export const HEADER_POLICY = `${POLICY}; frame-ancestors 'none'`;

/** The policy of what is made to stand in other people's pages. */
export const FRAMEABLE_POLICY = `${POLICY}; frame-ancestors *`;

/** The order of the cascade layers; later ones win. */
export const LAYERS = '@layer base,chrome,parts;';
