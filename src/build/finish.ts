import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { PurgeCSS } from 'purgecss';
import subsetFont from 'subset-font';
import { contentHash, filesBelow } from './files.ts';
import { LAYERS } from './policy.ts';
import { noFindings, rewritePage, type Findings } from './page-rewriter.ts';

const require = createRequire(import.meta.url);
/** Characters that every face keeps whether or not it sets them today. */
const LETTERS = ' ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,:;!?()-–’“”';

/** Writes an asset under a name that carries its hash. Returns that name. */
async function writeAsset(folder: string, name: string, ending: string, content: string | Uint8Array): Promise<string> {
  const file = `${name}.${contentHash(content)}${ending}`;
  await writeFile(join(folder, file), content);
  return file;
}

/** Hints serve screens of few dots and weigh as much as the outlines; of the features, text needs these. */
const CUT = { targetFormat: 'woff2', noHinting: true, keepFeatures: ['kern', 'liga', 'ccmp', 'mark', 'tnum'] } as const;

function subset(font: Uint8Array, characters: Iterable<string>): Promise<Uint8Array> {
  return subsetFont(Buffer.from(font), [...characters].sort().join(''), CUT);
}

/** KaTeX's style sheet and faces, cut for each page to the classes and characters of its maths. What two pages share is cut once. */
class Maths {
  private readonly assets: string;
  private readonly folder: string;
  private readonly css: string;
  private readonly rules = new Map<string, Promise<string>>();
  private readonly fonts = new Map<string, Promise<string>>();

  private constructor(assets: string, path: string, css: string) {
    this.assets = assets;
    this.folder = join(dirname(path), 'fonts');
    this.css = css;
  }

  static async load(assets: string): Promise<Maths> {
    const path = require.resolve('katex/dist/katex.css');
    return new Maths(assets, path, await readFile(path, 'utf8'));
  }

  /**
   * The sheet of one page: faces, rules, and the classes that its inline styles became. Its rules go to the base layer, below the
   * handbook's own. A page of its own sheet loads a third of what one sheet for the site weighs, and most readers come for one page.
   */
  async sheetFor({ maths, mathsClasses, styles }: Findings): Promise<{ file: string; fonts: string[] }> {
    const faces: string[] = [];
    const fonts: string[] = [];
    for (const face of this.css.match(/@font-face\s*\{[^}]*\}/g) ?? []) {
      const name = /fonts\/([\w-]+)\.woff2/.exec(face)?.[1] ?? '';
      const characters = maths.get(name);
      if (characters === undefined) continue;
      const file = await this.font(name, [...characters].sort().join(''));
      fonts.push(file);
      faces.push(face.replace(/src:[^;}]*/, `src:url(${file}) format("woff2")`));
    }
    const rules = maths.size === 0 ? '' : await this.rulesFor([...mathsClasses].sort());
    const lifted = [...styles].sort(([x], [y]) => (x < y ? -1 : 1)).map(([name, declarations]) => `.${name}{${declarations}}`);
    const sheet = `${faces.join('')}@layer base{${rules}${lifted.join('')}}`.replace(/\s*\n\s*/g, '').replace(/\s*([{}:;,>])\s*/g, '$1');
    return { file: await writeAsset(this.assets, 'maths', '.css', `${LAYERS}${sheet}`), fonts };
  }

  private font(name: string, characters: string): Promise<string> {
    const key = `${name} ${characters}`;
    const made =
      this.fonts.get(key) ??
      readFile(join(this.folder, `${name}.woff2`))
        .then((font) => subset(font, characters))
        .then((font) => writeAsset(this.assets, name, '.woff2', font));
    this.fonts.set(key, made);
    return made;
  }

  private rulesFor(classes: readonly string[]): Promise<string> {
    const key = classes.join(' ');
    const made =
      this.rules.get(key) ??
      new PurgeCSS()
        .purge({ content: [{ raw: [...classes, 'span', 'svg', 'path'].join(' '), extension: 'html' }], css: [{ raw: this.css }] })
        .then(([purged]) => (purged?.css ?? '').replace(/@font-face\s*\{[^}]*\}/g, '').replace(/\/\*[\s\S]*?\*\//g, ''));
    this.rules.set(key, made);
    return made;
  }
}

/** Cuts the text faces to the characters of the site and renames what thereby changed: fonts, then the sheets that name them. */
async function cutTextFonts(assets: string, findings: Findings): Promise<Map<string, string>> {
  const renamed = new Map<string, string>();
  for (const path of await filesBelow(assets, '.woff2')) {
    const name = basename(path);
    if (!/^(?:stix-two|source-sans)/.test(name)) continue;
    const used = name.includes('italic') ? findings.italic : name.includes('600') ? findings.bold : findings.text;
    const font = await subset(await readFile(path), new Set([...Array.from(LETTERS), ...used]));
    const file = await writeAsset(assets, name.replace(/\.[\w-]+\.woff2$/, ''), '.woff2', font);
    if (file !== name) await rm(path);
    renamed.set(name, file);
  }
  for (const path of await filesBelow(assets, '.css')) {
    let css = await readFile(path, 'utf8');
    const before = css;
    for (const [from, to] of renamed) css = css.replaceAll(from, to);
    // whichever sheet the browser reads first, the layers have one order
    if (css.includes('@layer')) css = `${LAYERS}${css.replaceAll(LAYERS, '')}`;
    if (css === before) continue;
    const file = `${basename(path).split('.')[0] ?? ''}.${contentHash(css)}.css`;
    await writeFile(path, css);
    await rename(path, join(assets, file));
    renamed.set(basename(path), file);
  }
  return renamed;
}

/**
 * What runs on the finished pages: inline styles become classes, fonts are cut to the glyphs in use, KaTeX's style sheet to the rules in
 * use, and the pages name what came of it. The same pages always give the same files.
 * @param dist folder of the built site
 * @param base path below the origin, with a slash at both ends
 */
export async function finishPages(dist: string, base: string): Promise<void> {
  const assets = join(dist, '_astro');
  const all = noFindings();
  const pages: { path: string; own: Findings }[] = [];
  for (const path of await filesBelow(dist, '.html')) {
    const own = noFindings();
    const { html, changed } = await rewritePage(await readFile(path, 'utf8'), own);
    if (changed) await writeFile(path, html);
    for (const kind of ['text', 'italic', 'bold'] as const) for (const character of own[kind]) all[kind].add(character);
    pages.push({ path, own });
  }
  const renamed = await cutTextFonts(assets, all);
  const maths = await Maths.load(assets);
  const address = (file: string): string => `${base}_astro/${file}`;
  const preload = (file: string): string => `<link rel="preload" href="${address(file)}" as="font" type="font/woff2" crossorigin>`;
  // every page sets all four faces, and a face that comes late is not used (font-display: optional)
  const textFonts = [...renamed.values()].filter((file) => file.endsWith('.woff2'));
  const sheets = new Sheets(assets, base);
  const named = new Set<string>();
  for (const { path, own } of pages) {
    let text = await readFile(path, 'utf8');
    for (const [from, to] of renamed) text = text.replaceAll(`/${from}`, `/${to}`);
    // a fragment or a redirect has no style sheet of ours and needs none of this
    if (text.includes('<link rel="stylesheet"')) {
      const { file, fonts } = own.maths.size > 0 || own.styles.size > 0 ? await maths.sheetFor(own) : { file: undefined, fonts: [] };
      const links = [
        ...[...textFonts, ...fonts.filter((font) => /^KaTeX_(?:Main-Regular|Math-Italic)\./.test(font))].map(preload),
        ...(file === undefined ? [] : [`<link rel="stylesheet" href="${address(file)}">`]),
      ];
      text = (await sheets.join(text)).replace('</head>', `${links.join('')}</head>`);
    }
    for (const [name] of text.matchAll(/[\w.~-]+\.[\w-]+\.(?:css|js|woff2)/g)) named.add(name);
    await writeFile(path, text);
  }
  await dropUnnamed(assets, named);
}

/** Joins the sheets that a page names, in their order, into one a kind of page. */
class Sheets {
  private readonly assets: string;
  private readonly base: string;
  /** Sheets in their order → the file that holds them all. */
  private readonly joined = new Map<string, string>();

  constructor(assets: string, base: string) {
    this.assets = assets;
    this.base = base;
  }

  async join(html: string): Promise<string> {
    const names = [...html.matchAll(/<link rel="stylesheet" href="([^"]+)"[^>]*>/g)].map(([, address = '']) =>
      address.slice(`${this.base}_astro/`.length),
    );
    const key = names.join(' ');
    let file = this.joined.get(key);
    if (file === undefined) {
      const sheets = await Promise.all(names.map((name) => readFile(join(this.assets, name), 'utf8')));
      file = await writeAsset(this.assets, 'page', '.css', `${LAYERS}${sheets.join('').replaceAll(LAYERS, '')}`);
      this.joined.set(key, file);
    }
    const link = `<link rel="stylesheet" href="${this.base}_astro/${file}">`;
    let first = true;
    return html.replace(/<link rel="stylesheet" href="[^"]+"[^>]*>/g, () => {
      const here = first ? link : '';
      first = false;
      return here;
    });
  }
}

/** Deletes the assets that no page, sheet or script names: the whole fonts, and the sheets that were joined. */
async function dropUnnamed(assets: string, named: ReadonlySet<string>): Promise<void> {
  const files = await filesBelow(assets, '');
  const scripts = await Promise.all(files.filter((file) => file.endsWith('.js')).map((path) => readFile(path, 'utf8')));
  const kept = new Set(files.filter((path) => named.has(basename(path)) || scripts.some((script) => script.includes(basename(path)))));
  const sheets = await Promise.all([...kept].filter((path) => path.endsWith('.css')).map((path) => readFile(path, 'utf8')));
  for (const path of files) {
    if (!kept.has(path) && !sheets.some((sheet) => sheet.includes(basename(path)))) await rm(path);
  }
}
