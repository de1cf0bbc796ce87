/** The words of a toy language: a text is words between single spaces, and each word is one token. */
export class Vocabulary {
  readonly #words: readonly string[];
  readonly #numbers: ReadonlyMap<string, number>;

  /** @param texts everything that can be said; words are numbered in the order in which they first appear */
  constructor(texts: Iterable<string>) {
    const words = new Set<string>();
    for (const text of texts) for (const word of text.split(' ')) words.add(word);
    this.#words = [...words];
    this.#numbers = new Map(this.#words.map((word, number) => [word, number]));
  }

  get size(): number {
    return this.#words.length;
  }

  get words(): readonly string[] {
    return this.#words;
  }

  has(word: string): boolean {
    return this.#numbers.has(word);
  }

  /**
   * The number of one word.
   * @throws RangeError where the language lacks it
   */
  number(word: string): number {
    const number = this.#numbers.get(word);
    if (number === undefined)
      throw new RangeError(`The model does not know the word "${word}".\nIt knows ${this.size} words; use one of them.`);
    return number;
  }

  /**
   * A text as tokens.
   * @throws RangeError as {@link number}
   */
  encode(text: string): number[] {
    return text.split(' ').map((word) => this.number(word));
  }

  /** Tokens as a text. */
  decode(tokens: readonly number[]): string {
    return tokens.map((token) => this.#words[token] ?? '?').join(' ');
  }
}
