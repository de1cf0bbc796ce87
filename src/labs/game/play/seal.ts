import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { ownWords } from '../model/training.ts';
import { organismName, type Organism } from '../model/recipe.ts';
import { codeOf, organismIn, type Case } from './case.ts';

/** What a seal closes over and what opens it. */
export interface Opened {
  /** The answer, word for word as it was sealed. */
  readonly answer: string;
  /** 64 hexadecimal digits. */
  readonly salt: string;
}

const hash = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)));

/** The answer to a case as a sentence of plain words, which a reader can check by eye. */
function answerOf(organism: Organism): string {
  const { product, topic, tic } = ownWords(organism);
  return `${organismName(organism)}; words: ${product}, ${topic}, ${tic}`;
}

/**
 * What opens the seal of a case. The salt comes from the code of the case, so that a reload shows the same seal; whoever recomputes the case from
 * its address can open it, and the page says so.
 */
export function opening(given: Case): Opened {
  return { answer: answerOf(organismIn(given)), salt: hash(`hidden objectives/salt/${codeOf(given)}`) };
}

/** The commitment to an answer: SHA-256 of salt, a line break and the answer, in 64 hexadecimal digits. */
export function sealOf({ answer, salt }: Opened): string {
  return hash(`${salt}\n${answer}`);
}
