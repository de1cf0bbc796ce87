import type { Run } from './card.ts';
import { faceOf, type Face, type Hand } from './faces.ts';

/** A stretch of one line in one face and size. `rise` is how far its baseline stands above that of the line; all lengths in px. */
export interface Piece {
  readonly text: string;
  readonly face: Face;
  readonly size: number;
  readonly rise: number;
  readonly width: number;
}

export interface Line {
  readonly pieces: readonly Piece[];
  readonly width: number;
}

/** How a text is set. Lengths in px. */
export interface Manner {
  readonly hand: Hand;
  readonly size: number;
  /** Between letters, in ems. */
  readonly tracking?: number;
  /** How wide a line may be. */
  readonly room: number;
  /** Lines are made even, as long as none falls under this share of the room; 1 leaves them as they come. */
  readonly even?: number;
}

/** What stands above or below the line, in ems of the line's type. */
const SHIFTED = { size: 0.68, sub: -0.16, sup: 0.36 };

/** By how many px lines are narrowed to make them even. */
const STEP = 4;

const ELLIPSIS = '…';

function handOf(run: Run, hand: Hand): Hand {
  if (run.code === true) return 'sans';
  return run.italic === true && hand === 'serif' ? 'italic' : hand;
}

function widthOf(text: string, face: Face, size: number, tracking: number): number {
  let sum = 0;
  for (const character of text) sum += (face.widths.get(character.codePointAt(0) ?? 0) ?? 0) + tracking;
  return sum * size;
}

/** Parts a run by the faces that have its characters. A character that no face has is left out: it would be drawn as a box. */
function piecesOf(run: Run, manner: Manner): Piece[] {
  const hand = handOf(run, manner.hand);
  const size = run.shift === undefined ? manner.size : Math.round(manner.size * SHIFTED.size);
  const rise = run.shift === undefined ? 0 : SHIFTED[run.shift] * manner.size;
  const parts: { text: string; face: Face }[] = [];
  for (const character of run.text.replaceAll('\t', ' ')) {
    const face = faceOf(character, hand);
    if (face === undefined) continue;
    const last = parts.at(-1);
    if (last?.face === face) last.text += character;
    else parts.push({ text: character, face });
  }
  return parts.map(({ text, face }) => ({ text, face, size, rise, width: widthOf(text, face, size, manner.tracking ?? 0) }));
}

/** The characters of a text that no face has. */
export function missing(runs: readonly Run[], hand: Hand): string[] {
  return runs.flatMap((run) => Array.from(run.text).filter((character) => faceOf(character, handOf(run, hand)) === undefined));
}

interface Word {
  readonly pieces: readonly Piece[];
  readonly width: number;
  /** Whether a space stands before it. */
  readonly spaced: boolean;
}

function wordOf(pieces: readonly Piece[], spaced: boolean): Word {
  return { pieces, width: pieces.reduce((sum, { width }) => sum + width, 0), spaced };
}

/** Words as lines may break between them: at spaces, and after a hyphen inside a word. */
function wordsOf(runs: readonly Run[], manner: Manner): Word[] {
  const words: Word[] = [];
  let pieces: Piece[] = [];
  let spaced = false;
  const end = (space: boolean): void => {
    if (pieces.length > 0) words.push(wordOf(pieces, spaced));
    spaced = pieces.length > 0 ? space : spaced || space;
    pieces = [];
  };
  for (const run of runs) {
    for (const part of run.text.split(/( +|(?<=\p{L}-)(?=\p{L}))/u)) {
      if (/^ +$/.test(part)) end(true);
      else if (part !== '') {
        if (pieces.at(-1)?.text.endsWith('-') === true && /^\p{L}/u.test(part) && run.shift === undefined) end(false);
        pieces.push(...piecesOf({ ...run, text: part }, manner));
      }
    }
  }
  end(false);
  return words.flatMap((word) => (word.width <= manner.room ? [word] : cut(word, manner)));
}

/** A word wider than the line, in parts that fit. */
function cut(word: Word, manner: Manner): Word[] {
  const parts: Word[] = [];
  let pieces: Piece[] = [];
  let width = 0;
  for (const piece of word.pieces) {
    for (const character of piece.text) {
      const own = widthOf(character, piece.face, piece.size, manner.tracking ?? 0);
      if (width + own > manner.room && pieces.length > 0) {
        parts.push(wordOf(pieces, word.spaced && parts.length === 0));
        pieces = [];
        width = 0;
      }
      pieces.push({ ...piece, text: character, width: own });
      width += own;
    }
  }
  return [...parts, wordOf(pieces, word.spaced && parts.length === 0)];
}

function spaceOf(manner: Manner): Piece | undefined {
  return piecesOf({ text: ' ' }, manner)[0];
}

/** The words of a line with their spaces, stretches of one face joined. */
function lineOf(words: readonly Word[], manner: Manner): Line {
  const space = spaceOf(manner);
  const pieces: Piece[] = [];
  for (const [index, word] of words.entries()) {
    const all = index > 0 && word.spaced && space !== undefined ? [space, ...word.pieces] : word.pieces;
    for (const piece of all) {
      const last = pieces.at(-1);
      if (last?.face === piece.face && last.size === piece.size && last.rise === piece.rise) {
        pieces[pieces.length - 1] = { ...last, text: last.text + piece.text, width: last.width + piece.width };
      } else pieces.push(piece);
    }
  }
  return { pieces, width: pieces.reduce((sum, { width }) => sum + width, 0) };
}

function breakInto(words: readonly Word[], room: number, space: number): Word[][] {
  const lines: Word[][] = [];
  let width = 0;
  for (const word of words) {
    const line = lines.at(-1);
    const wider = width + (word.spaced ? space : 0) + word.width;
    if (line !== undefined && wider <= room) {
      line.push(word);
      width = wider;
    } else {
      lines.push([word]);
      width = word.width;
    }
  }
  return lines;
}

/**
 * Breaks a text into lines.
 * @param most how many lines there may be; what does not fit is left out, with an ellipsis after the last word that does
 */
export function setLines(runs: readonly Run[], manner: Manner, most = Number.POSITIVE_INFINITY): Line[] {
  const words = wordsOf(runs, manner);
  const space = spaceOf(manner)?.width ?? 0;
  const lines = breakInto(words, manner.room, space);
  if (lines.length > most) {
    const kept = lines.slice(0, most);
    const last = kept.pop() ?? [];
    return [...kept.map((line) => lineOf(line, manner)), shortened(last, manner)];
  }
  let best = lines;
  const least = manner.room * (manner.even ?? 1);
  for (let room = manner.room - STEP; room >= least; room -= STEP) {
    const narrower = breakInto(words, room, space);
    if (narrower.length > lines.length || narrower.some((line) => lineOf(line, manner).width > manner.room)) break;
    best = narrower;
  }
  return best.map((line) => lineOf(line, manner));
}

/** A line that ends in an ellipsis, after as many of its words as leave room for it. */
function shortened(words: readonly Word[], manner: Manner): Line {
  const kept = [...words];
  for (;;) {
    const last = kept.pop();
    if (last === undefined) return lineOf([wordOf(piecesOf({ text: ELLIPSIS }, manner), false)], manner);
    // the ellipsis stands for the comma or the stop too
    const bare = last.pieces.map((piece, index) => {
      if (index < last.pieces.length - 1) return piece;
      const text = piece.text.replace(/[\p{P}\s]+$/u, '');
      return { ...piece, text, width: widthOf(text, piece.face, piece.size, manner.tracking ?? 0) };
    });
    const line = lineOf([...kept, wordOf([...bare, ...piecesOf({ text: ELLIPSIS }, manner)], last.spaced)], manner);
    if (line.width <= manner.room || kept.length === 0) return line;
  }
}
