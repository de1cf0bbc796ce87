import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CARD_SIZE, SUBTITLE, TITLE } from '../../site.ts';
import type { BuiltSite } from '../built-site.ts';
import { cardsOf } from './cards-of.ts';
import type { Card } from './card.ts';
import { drawCard } from './drawing.ts';
import { FONT_PACKAGES } from './faces.ts';
import { TOKENS } from './ink.ts';
import { FIGURE_STYLES } from './picture.ts';
import { isWholePng } from './png.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const FOLDER = join(ROOT, '.cache/cards');

/** Outlines are made in this thread and pixels in others, so that one card more than there are cores keeps all of them busy. */
const AT_ONCE = availableParallelism() + 1;

export interface WrittenCards {
  /** Cards that were drawn, and cards that were there from an earlier build. */
  readonly drawn: number;
  readonly kept: number;
  /** Size of all together. */
  readonly bytes: number;
}

/**
 * Draws the card of everything that has one, and writes them below `cards/` of a built site whose pages are finished.
 * @param folder keeps the pictures from one build to the next
 */
export async function writeCards({ dist, base, origin, handbook }: BuiltSite, folder = FOLDER): Promise<WrittenCards> {
  const below = (href: string): string => join(dist, href.slice(base.length));
  const cards = cardsOf(handbook, origin, (href) => readFile(join(below(href), 'index.html'), 'utf8'));
  const store = await CardStore.open(folder);
  let [drawn, kept, bytes] = [0, 0, 0];
  const work = async (): Promise<void> => {
    // several hands take from one pile
    for (;;) {
      const next = await cards.next();
      if (next.done === true) return;
      const card = next.value;
      const { png, fresh } = await store.picture(card);
      const file = below(card.href);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, png);
      if (fresh) drawn++;
      else kept++;
      bytes += png.length;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { drawn, kept, bytes };
}

/** Pictures by what decides them: what a card says, and everything that turns it into a picture. */
export class CardStore {
  readonly #folder: string;
  readonly #recipe: string;

  private constructor(folder: string, recipe: string) {
    this.#folder = folder;
    this.#recipe = recipe;
  }

  /** @param folder where the pictures lie; it need not be there yet */
  static async open(folder: string): Promise<CardStore> {
    await mkdir(folder, { recursive: true });
    return new CardStore(folder, await recipe());
  }

  /** The file that keeps the picture of a card, wherever on the site it stands. */
  fileOf(card: Card): string {
    const key = createHash('sha256')
      .update(JSON.stringify([this.#recipe, { ...card, href: '' }]))
      .digest('hex');
    return join(this.#folder, `${key}.png`);
  }

  /** The picture of a card, drawn if it is not there or was cut short. `fresh` where it was drawn now. */
  async picture(card: Card): Promise<{ png: Buffer; fresh: boolean }> {
    const file = this.fileOf(card);
    const known = await readFile(file).catch(() => undefined);
    if (known !== undefined && isWholePng(known, CARD_SIZE)) return { png: known, fresh: false };
    const png = await drawCard(card);
    await writeFile(file, png);
    return { png, fresh: true };
  }
}

/** Changes with whatever changes the drawings beside the cards themselves: this code, the words on every card, the colours, the packages. */
async function recipe(): Promise<string> {
  const here = new URL('.', import.meta.url);
  const sources = (await readdir(here)).filter((name) => name.endsWith('.ts')).sort();
  const texts = await Promise.all(
    [...sources.map((name) => new URL(name, here)), TOKENS, FIGURE_STYLES].map((file) => readFile(file, 'utf8')),
  );
  const { dependencies } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { dependencies: Record<string, string> };
  const versions = ['satori', 'sharp', ...FONT_PACKAGES].map((name) => dependencies[name]);
  return createHash('sha256')
    .update(JSON.stringify([TITLE, SUBTITLE, CARD_SIZE, texts, versions]))
    .digest('hex');
}
