import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { compressSite } from '../../src/build/compress.ts';

test('text files over a kilobyte get a .gz and a .br of the same content and time, and the same bytes each time', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'compress-'));
  try {
    const long = 'a sentence that is said again '.repeat(100);
    for (const name of ['page.html', 'page.md', 'font.woff2']) writeFileSync(join(folder, name), long);
    writeFileSync(join(folder, 'short.html'), 'x'.repeat(1024));
    utimesSync(join(folder, 'page.html'), 1_000_000_000, 1_000_000_000);
    const read = (name: string): Buffer => readFileSync(join(folder, name));

    const sizes = await compressSite(folder);
    expect(readdirSync(folder).sort()).toEqual([
      'font.woff2',
      'page.html',
      'page.html.br',
      'page.html.gz',
      'page.md',
      'page.md.br',
      'page.md.gz',
      'short.html',
    ]);
    expect(gunzipSync(read('page.html.gz')).toString()).toBe(long);
    expect(brotliDecompressSync(read('page.html.br')).toString()).toBe(long);
    expect(sizes).toEqual({ files: 2, plain: 6000, gzip: 2 * read('page.md.gz').length, brotli: 2 * read('page.md.br').length });
    for (const ending of ['gz', 'br']) expect(statSync(join(folder, `page.html.${ending}`)).mtimeMs).toBe(1_000_000_000_000);

    const before = [read('page.html.gz'), read('page.html.br')];
    expect(await compressSite(folder)).toEqual(sizes);
    expect([read('page.html.gz'), read('page.html.br')]).toEqual(before);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
