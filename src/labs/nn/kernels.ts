import { shortHash } from './hash.ts';
import { KERNELS } from './kernels.wasm.ts';

/** The exports of assembly/kernels.ts, where each is described. Pointers are byte offsets. */
export interface Kernels {
  gemm(
    a: number,
    b: number,
    c: number,
    M: number,
    N: number,
    K: number,
    aRow: number,
    aColumn: number,
    bRow: number,
    cRow: number,
    accumulate: boolean,
  ): void;
  transpose(from: number, to: number, R: number, C: number, fromRow: number, toRow: number): void;
  add(x: number, y: number, n: number): void;
  scale(x: number, factor: number, n: number): void;
  add_to_rows(b: number, y: number, R: number, D: number): void;
  add_rows_to(y: number, b: number, R: number, D: number): void;
  softmax(x: number, R: number, N: number): void;
  attention_forward(qkv: number, out: number, P: number, scratch: number, B: number, T: number, H: number, hd: number): void;
  attention_backward(
    qkv: number,
    P: number,
    dout: number,
    dqkv: number,
    scratch: number,
    B: number,
    T: number,
    H: number,
    hd: number,
  ): void;
  attention_step(
    qkv: number,
    keys: number,
    values: number,
    out: number,
    scratch: number,
    t: number,
    B: number,
    T: number,
    H: number,
    hd: number,
  ): void;
  rms_forward(x: number, g: number, y: number, inverse: number, R: number, D: number): void;
  rms_backward(x: number, g: number, inverse: number, dy: number, dx: number, dg: number, R: number, D: number): void;
  relu_forward(x: number, y: number, n: number): void;
  relu_backward(y: number, dy: number, dx: number, n: number): void;
  embed_forward(tokens: number, positions: number, E: number, P: number, x: number, R: number, D: number): void;
  embed_backward(tokens: number, positions: number, dE: number, dP: number, dx: number, R: number, D: number): void;
  gather_rows(rows: number, x: number, y: number, R: number, D: number): void;
  scatter_rows(rows: number, dy: number, dx: number, R: number, D: number): void;
  cross_entropy_forward(logits: number, targets: number, loss: number, R: number, V: number): void;
  cross_entropy_backward(probabilities: number, targets: number, weights: number, dlogits: number, R: number, V: number): void;
  sum_of_squares(x: number, n: number): number;
  adam(
    w: number,
    g: number,
    m: number,
    v: number,
    n: number,
    rate: number,
    b1: number,
    b2: number,
    epsilon: number,
    decay: number,
    c1: number,
    c2: number,
    clip: number,
  ): void;
}

const binary: Uint8Array<ArrayBuffer> = Uint8Array.from(atob(KERNELS), (character) => character.charCodeAt(0));

/** The short hash of the compiled kernels: names the arithmetic that a recorded run used. */
export const KERNELS_HASH = shortHash(binary);

/** False where the browser has no WebAssembly SIMD (Safari before 16.4) or forbids WebAssembly. */
export function kernelsRun(): boolean {
  return typeof WebAssembly === 'object' && WebAssembly.validate(binary);
}

/** @throws Error where {@link kernelsRun} is false: before anything of WebAssembly is used, which may not even be defined */
export function requireKernels(): void {
  if (kernelsRun()) return;
  throw new Error(
    'This browser has no WebAssembly SIMD, so the models cannot run here.\nUse a browser of 2023 or later, or read the recorded results.',
  );
}

/** The kernels on a memory, where they run. */
export function instantiate(memory: WebAssembly.Memory): Kernels {
  return new WebAssembly.Instance(new WebAssembly.Module(binary), { env: { memory } }).exports as unknown as Kernels;
}
