import { activationsOf, vectorsOf, type Activation, type Dictionary, type Feature, type Stream } from '../../game/model/dictionary.ts';
import { VOCABULARY } from '../../game/model/texts.ts';

/** A text of the training on which a feature fires. */
export interface Example {
  readonly text: string;
  /** Number of the word at which it fires. */
  readonly at: number;
}

/** What the explorer shows of a feature. */
export interface AtlasFeature {
  /** The commonest next word over its strongest activations in the text of the training; empty where it never fires there. */
  readonly label: string;
  /** Texts of the training on which it fires most, the strongest first. */
  readonly top: readonly Example[];
  /** Its strongest activation there, in units of the dictionary. */
  readonly most: number;
  /** Where it fires in the texts that were kept back, as {@link pack} writes it. */
  readonly fired: string;
}

/** A dictionary on paper: its features, and texts that it has not seen. */
export interface Atlas {
  readonly texts: readonly string[];
  readonly features: readonly AtlasFeature[];
}

/** Texts of the training that are shown of a feature. */
const TOP = 4;
/** Levels into which the strength of an activation is rounded, each a capital letter. */
const LEVELS = 26;
const FIRST_LEVEL = 64;
const BASE = 36;

/** Where a feature fires: the number of the vector, and how strongly as a share of its strongest activation, in (0, 1]. */
export interface Firing {
  readonly row: number;
  readonly level: number;
}

/** Firings as text: for each the distance from the one before, in base 36, then its level, A to Z. @param firings in the order of their rows */
export function pack(firings: readonly Firing[]): string {
  let last = -1;
  return firings
    .map(({ row, level }) => {
      const distance = row - last - 1;
      last = row;
      const letter = String.fromCharCode(FIRST_LEVEL + Math.min(LEVELS, Math.max(1, Math.ceil(level * LEVELS))));
      return `${distance === 0 ? '' : distance.toString(BASE)}${letter}`;
    })
    .join('');
}

/** What {@link pack} wrote; a level is the upper end of its step. */
export function unpack(packed: string): Firing[] {
  let last = -1;
  return [...packed.matchAll(/([0-9a-z]*)([A-Z])/g)].map(([, distance = '', letter = 'A']) => {
    last += 1 + (distance === '' ? 0 : Number.parseInt(distance, BASE));
    return { row: last, level: (letter.charCodeAt(0) - FIRST_LEVEL) / LEVELS };
  });
}

function topOf(stream: Stream, fired: readonly Activation[]): Example[] {
  const shown = new Map<string, Example>();
  for (const { text, at } of fired) {
    if (shown.size === TOP) break;
    const words = VOCABULARY.decode(stream.texts[text]!);
    if (!shown.has(words)) shown.set(words, { text: words, at });
  }
  return [...shown.values()];
}

/**
 * Writes a dictionary down.
 * @param fired where each feature fires in the stream of its training, the strongest first
 * @param kept a stream over texts that it has not seen
 */
export function atlasOf(
  dictionary: Dictionary,
  features: readonly Feature[],
  stream: Stream,
  fired: readonly (readonly Activation[])[],
  kept: Stream,
): Atlas {
  const firings = activationsOf(kept, dictionary.encode(vectorsOf(kept)));
  return {
    texts: kept.texts.map((text) => VOCABULARY.decode(text)),
    features: features.map(({ label }, feature) => {
      const most = Math.round(1000 * (fired[feature]![0]?.strength ?? 0)) / 1000;
      return {
        label,
        top: topOf(stream, fired[feature]!),
        most,
        fired: pack(
          firings[feature]!.toSorted((a, b) => a.row - b.row).map(({ row, strength }) => ({
            row,
            level: most === 0 ? 1 : Math.min(1, strength / most),
          })),
        ),
      };
    }),
  };
}

/** A word of a text that was kept back, with what stands around it. */
export interface Spot {
  readonly words: readonly string[];
  readonly at: number;
}

/** Every word of the texts but the last of each, in the order in which firings count them. */
export function spotsOf(texts: readonly string[]): Spot[] {
  return texts.flatMap((text) => {
    const words = text.split(' ');
    return words.slice(0, -1).map((_, at) => ({ words, at }));
  });
}

/** How a label is meant: as the word that comes next, the word itself, or a word that the text has had by then. */
export const READINGS = ['next', 'here', 'before'] as const;
export type Reading = (typeof READINGS)[number];

/** Whether a label holds at a spot. */
export function holds({ words, at }: Spot, label: string, reading: Reading): boolean {
  switch (reading) {
    case 'next':
      return words[at + 1] === label;
    case 'here':
      return words[at] === label;
    case 'before':
      return words.slice(0, at + 1).includes(label);
  }
}

/** From which share of its strongest activation a feature counts as firing. */
export const FIRES_FROM = 0.3;

/** How well a label foretells where a feature fires. */
export interface LabelScore {
  /** Spots at which it fires, and of them those at which the label holds. */
  readonly fires: number;
  readonly right: number;
  /** Spots at which the label holds. */
  readonly there: number;
  /** The harmonic mean of right ∕ fires and right ∕ there, in [0, 1]; 0 where neither ever happens. */
  readonly f1: number;
}

/** Sets a label against the firings of a feature in the texts that were kept back. */
export function scoreLabel(spots: readonly Spot[], firings: readonly Firing[], label: string, reading: Reading): LabelScore {
  const firing = firings.filter(({ level }) => level >= FIRES_FROM);
  const right = firing.filter(({ row }) => holds(spots[row]!, label, reading)).length;
  const there = spots.filter((spot) => holds(spot, label, reading)).length;
  return { fires: firing.length, right, there, f1: firing.length + there === 0 ? 0 : (2 * right) / (firing.length + there) };
}

/** Middling and weak activations of a feature in the texts that were kept back. */
export const BANDS = ['middle', 'low'] as const;
export type Band = (typeof BANDS)[number];
const BOUNDS: Readonly<Record<Band, readonly [from: number, below: number]>> = { middle: [0.35, 0.65], low: [0, 0.25] };
/** How many of each are shown. */
const OF_EACH = 3;

/** From one random text to the next: so far that documents and chats of several models come up. */
const STEP = 91;

/** A text with the words at which a feature fires. */
export interface Fired {
  readonly words: readonly string[];
  readonly at: readonly number[];
}

/** Some activations of one strength, spread evenly over the texts, each in another text. */
export function band(spots: readonly Spot[], firings: readonly Firing[], which: Band): Fired[] {
  const [from, below] = BOUNDS[which];
  const fitting = firings.filter(({ level }) => level >= from && level < below).map(({ row }) => spots[row]!);
  const all = [...new Map(fitting.map((spot) => [spot.words, spot])).values()];
  const step = Math.max(1, all.length / OF_EACH);
  return Array.from({ length: Math.min(OF_EACH, all.length) }, (_, i) => all[Math.floor((i + 0.5) * step)]!).map(({ words, at }) => ({
    words,
    at: [at],
  }));
}

/** Some texts that were chosen without regard to a feature, with every word at which it fires; other texts for other features. */
export function randomTexts(spots: readonly Spot[], firings: readonly Firing[], feature: number): Fired[] {
  const starts = spots.flatMap(({ at }, row) => (at === 0 ? [row] : []));
  const firing = new Set(firings.filter(({ level }) => level >= FIRES_FROM).map(({ row }) => row));
  return Array.from({ length: Math.min(OF_EACH, starts.length) }, (_, i) => {
    const start = starts[(feature + i * STEP) % starts.length]!;
    const { words } = spots[start]!;
    return { words, at: words.slice(0, -1).flatMap((_, at) => (firing.has(start + at) ? [at] : [])) };
  });
}
