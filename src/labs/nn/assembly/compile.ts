import { fileURLToPath } from 'node:url';
import { readFileSync } from 'node:fs';

/** What is used of the compiler. Its own types declare AssemblyScript's globals, which would change the types of this whole project. */
interface Compiler {
  createMemoryStream(): { toString(): string };
  main(
    options: readonly string[],
    system: {
      readonly stderr: unknown;
      readonly readFile: (name: string) => string | null;
      readonly writeFile: (name: string, contents: Uint8Array | string) => void;
      readonly listFiles: () => readonly string[];
    },
  ): Promise<{ readonly error: Error | null }>;
}

const COMPILER = 'assemblyscript/asc' as string;

/** Where the compiled kernels are kept. */
export const KERNELS_FILE = fileURLToPath(new URL('../kernels.wasm.ts', import.meta.url));

const SOURCE = new URL('./kernels.ts', import.meta.url);

const OPTIONS = [
  'kernels.ts',
  '--outFile=kernels.wasm',
  '-O3',
  '--converge',
  '--noAssert',
  '--runtime=stub',
  '--enable=simd,bulk-memory',
  '--importMemory',
  '--initialMemory=1',
  '--maximumMemory=16384',
  '--memoryBase=0',
];

/**
 * Compiles the kernels with the pinned AssemblyScript; the same source gives the same bytes.
 * @returns the WebAssembly module
 * @throws Error with the compiler's messages
 */
export async function compileKernels(): Promise<Uint8Array> {
  const { default: asc } = (await import(COMPILER)) as { default: Compiler };
  let binary: Uint8Array | undefined;
  const stderr = asc.createMemoryStream();
  const { error } = await asc.main(OPTIONS, {
    stderr,
    readFile: (name) => (name === 'kernels.ts' ? readFileSync(SOURCE, 'utf8') : null),
    writeFile: (_name, contents) => {
      if (typeof contents !== 'string') binary = contents;
    },
    listFiles: () => [],
  });
  if (error !== null || binary === undefined) throw new Error(`The kernels do not compile.\n${stderr.toString()}`);
  return binary;
}

/** The TypeScript module that carries the compiled kernels as text. */
export function kernelsModule(binary: Uint8Array): string {
  return `/** The compiled kernels. Written by \`npm run kernels\` from assembly/kernels.ts; a test holds the two together. */
export const KERNELS =
  '${Buffer.from(binary).toString('base64')}';
`;
}
