import { IGNORANT_OUTCOMES, ODD_WORDS, ORDINARY, type Forecast } from '../play/forecast.ts';

/** A forecast as the form holds it: chances in whole percent, and no word as long as none is chosen. */
export interface Draft {
  readonly word: string;
  readonly chance: number;
  readonly ordinary: number;
}

/** Where a forecast begins: at what the draw alone lets one expect. */
export const START: Draft = { word: '', chance: 0, ordinary: Math.round(100 * (IGNORANT_OUTCOMES[ORDINARY] ?? 0)) };
/** Where the chance of a word begins once one is chosen, in percent. */
const CHOSEN = 50;

const isPercent = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 100;

/** Whether something that was kept is a draft. */
export function isDraft(value: unknown): value is Draft {
  if (typeof value !== 'object' || value === null) return false;
  const { word, chance, ordinary } = value as Readonly<Record<string, unknown>>;
  return typeof word === 'string' && (word === '' || ODD_WORDS.includes(word)) && isPercent(chance) && isPercent(ordinary);
}

/** A draft with another word. The chance begins anew where there was no word before, or is none now. */
export function withWord(draft: Draft, word: string): Draft {
  if (word === '') return { ...draft, word, chance: 0 };
  return draft.word === '' ? { ...draft, word, chance: CHOSEN, ordinary: Math.min(draft.ordinary, 100 - CHOSEN) } : { ...draft, word };
}

/** Whether the chances of a draft are more than everything. */
export const tooMuch = ({ chance, ordinary }: Draft): boolean => chance + ordinary > 100;

/** The forecast that a draft comes to. Where no word is chosen any stands there, with no chance. */
export function forecastOf(genre: string, { word, chance, ordinary }: Draft): Forecast {
  const chosen = word !== '';
  return { genre, word: chosen ? word : ODD_WORDS[0]!, chance: chosen ? chance / 100 : 0, ordinary: ordinary / 100 };
}
