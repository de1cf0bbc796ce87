import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DIST } from './site.ts';

export type Header = [name: string, value: string];

/** Reads a `_headers` file: lines that begin with a slash name addresses, those below them their headers. */
export function parseHeaders(text: string): { address: string; headers: Header[] }[] {
  const rules: { address: string; headers: Header[] }[] = [];
  for (const line of text.split('\n').map((raw) => raw.trim())) {
    if (line === '' || line.startsWith('#')) continue;
    const colon = line.indexOf(':');
    if (line.startsWith('/')) rules.push({ address: line, headers: [] });
    else rules.at(-1)?.headers.push([line.slice(0, colon).trim(), line.slice(colon + 1).trim()]);
  }
  return rules;
}

const escaped = (text: string): string => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');

/**
 * How the hosts read the address of a rule, after their published sources: cloudflare/workers-sdk, packages/workers-shared, and
 * netlify/build, packages/headers-parser. A `*` takes slashes too; on Netlify the slash before it is optional, and a dot beside it
 * stands for any character.
 */
export const HOSTS: Readonly<Record<'cloudflare' | 'netlify', (address: string) => RegExp>> = {
  cloudflare: (address) => new RegExp(`^${address.split('*').map(escaped).join('.*')}$`),
  netlify: (address) => {
    const parts = address.split('/').filter((part) => part !== '');
    const patterns = parts.map((part) => (part === '*' ? '?(.*)' : part.includes('*') ? part.replaceAll('*', '(.*)') : escaped(part)));
    return new RegExp(`^/${patterns.join('/')}/?$`, 'iu');
  },
};

/**
 * Reads the `_headers` of a built site as a function from a path to its headers. A header that several rules give comes several times;
 * the hosts join its values.
 */
export function readHeaders(folder = DIST, host = HOSTS.cloudflare): (path: string) => Header[] {
  const rules = parseHeaders(readFileSync(join(folder, '_headers'), 'utf8')).map(({ address, headers }) => ({
    pattern: host(address),
    headers,
  }));
  return (path) => rules.filter(({ pattern }) => pattern.test(path)).flatMap(({ headers }) => headers);
}
