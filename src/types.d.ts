declare module 'subset-font' {
  /** Cuts a font down to the characters of a text. */
  export default function subsetFont(
    font: Buffer,
    text: string,
    options?: {
      readonly targetFormat?: 'sfnt' | 'woff' | 'woff2' | 'truetype';
      readonly noHinting?: boolean;
      readonly keepFeatures?: readonly string[];
    },
  ): Promise<Buffer>;
}

declare module 'speech-rule-engine' {
  /** Sets locale, style and domain of the speech. */
  export function setupEngine(options: Readonly<Record<string, string>>): Promise<string>;
  /** Resolves when the rules are loaded. */
  export function engineReady(): Promise<unknown>;
  /** Speaks MathML. */
  export function toSpeech(mathml: string): string;
}

declare module 'style-chicago' {
  /** The Chicago Manual of Style, 17th edition, author-date: a CSL style as the engine's own tree of names, attributes and children. */
  const style: { readonly name: string; readonly attrs: Readonly<Record<string, string>>; readonly children: readonly unknown[] };
  export default style;
}
