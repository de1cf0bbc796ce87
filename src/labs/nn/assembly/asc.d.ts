/**
 * What is used of AssemblyScript's compiler. Its own types also declare the standard library of its language as global, where
 * `Array.at` never gives undefined; tsconfig.json puts these in their place.
 */
interface MemoryStream {
  toString(): string;
}

interface CompilerOptions {
  readonly stderr: MemoryStream;
  /** The text of a file, or null where there is none. */
  readonly readFile: (name: string) => string | null;
  readonly writeFile: (name: string, contents: Uint8Array | string) => void;
  readonly listFiles: (folder: string) => string[];
}

declare const asc: {
  main(options: readonly string[], host: CompilerOptions): Promise<{ readonly error: Error | null }>;
  createMemoryStream(): MemoryStream;
};

export default asc;
