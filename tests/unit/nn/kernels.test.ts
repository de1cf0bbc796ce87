import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compileKernels, KERNELS_FILE, kernelsModule } from '../../../src/labs/nn/assembly/compile.ts';
import { KernelBench } from '../../support/nn/kernel-bench.ts';

const f = Math.fround;
const compiled = compileKernels();

/** The largest difference between what was found and what should be, relative to the size of the numbers. */
function error(found: ArrayLike<number>, wanted: ArrayLike<number>): number {
  expect(found.length).toBe(wanted.length);
  let worst = 0;
  for (let i = 0; i < wanted.length; i++) worst = Math.max(worst, Math.abs(found[i]! - wanted[i]!) / (1 + Math.abs(wanted[i]!)));
  return worst;
}

/** float32 after some forty additions in another order, with room. */
const CLOSE = 2e-6;

test('the compiled kernels are what their source compiles to, byte for byte', async () => {
  expect(readFileSync(KERNELS_FILE, 'utf8')).toBe(kernelsModule(await compiled));
});

test("the kernels call nothing outside, such as a browser's own exp: all they import is the memory", async () => {
  const module = new WebAssembly.Module(Uint8Array.from(await compiled));
  expect(WebAssembly.Module.imports(module)).toEqual([{ module: 'env', name: 'memory', kind: 'memory' }]);
});

test.for([
  { M: 1, N: 1, K: 1 },
  { M: 3, N: 7, K: 5 },
  { M: 5, N: 9, K: 1 },
  { M: 4, N: 8, K: 16 },
  { M: 13, N: 23, K: 31 },
  { M: 2, N: 17, K: 300 },
  { M: 9, N: 12, K: 513 },
])('gemm multiplies [$M, $K] and [$K, $N] and adds in the order of k, to the last bit', ({ M, N, K }) => {
  const bench = new KernelBench(M * 31 + N);
  for (const accumulate of [false, true]) {
    for (const turned of [false, true]) {
      // strides with room between the rows
      const [aRow, aColumn] = turned ? [1, M + 2] : [K + 3, 1];
      const [bRow, cRow] = [N + 1, N + 5];
      const A = bench.random((M + 3) * (K + 3));
      const B = bench.random(K * bRow);
      const C = bench.random(M * cRow);
      const c = bench.floats(C);
      bench.kernels.gemm(bench.floats(A), bench.floats(B), c, M, N, K, aRow, aColumn, bRow, cRow, accumulate);
      const wanted = C.slice();
      for (let i = 0; i < M; i++) {
        for (let j = 0; j < N; j++) {
          let sum = accumulate ? C[i * cRow + j]! : 0;
          for (let k = 0; k < K; k++) sum = f(sum + f(A[i * aRow + k * aColumn]! * B[k * bRow + j]!));
          wanted[i * cRow + j] = sum;
        }
      }
      expect(bench.read(c, C.length)).toEqual(wanted);
    }
  }
  expect(bench.overruns()).toBe(0);
});

test.for([
  { R: 1, D: 1 },
  { R: 3, D: 5 },
  { R: 7, D: 4 },
  { R: 5, D: 13 },
])('sums, products and transposition of [$R, $D] are exact', ({ R, D }) => {
  const bench = new KernelBench(R * 17 + D);
  const { kernels } = bench;
  const x = bench.random(R * D);
  const y = bench.random(R * D);
  const row = bench.random(D);

  const added = bench.floats(y);
  kernels.add(bench.floats(x), added, R * D);
  expect(bench.read(added, R * D)).toEqual(y.map((value, i) => value + x[i]!));

  const scaled = bench.floats(x);
  kernels.scale(scaled, f(0.3), R * D);
  expect(bench.read(scaled, R * D)).toEqual(x.map((value) => value * f(0.3)));

  const rows = bench.floats(y);
  kernels.add_to_rows(bench.floats(row), rows, R, D);
  expect(bench.read(rows, R * D)).toEqual(y.map((value, i) => value + row[i % D]!));

  const sums = bench.floats(row);
  kernels.add_rows_to(bench.floats(x), sums, R, D);
  const wanted = row.slice();
  for (let r = 0; r < R; r++) for (let d = 0; d < D; d++) wanted[d] = wanted[d]! + x[r * D + d]!;
  expect(bench.read(sums, D)).toEqual(wanted);

  const turned = bench.floats(new Float32Array(D * (R + 2)));
  kernels.transpose(bench.floats(x), turned, R, D, D, R + 2);
  for (let r = 0; r < R; r++) for (let d = 0; d < D; d++) expect(bench.read(turned, D * (R + 2))[d * (R + 2) + r]).toBe(x[r * D + d]);

  expect(kernels.sum_of_squares(bench.floats(x), R * D)).toBeCloseTo(
    x.reduce((sum, value) => sum + value * value, 0),
    4,
  );
  expect(bench.overruns()).toBe(0);
});

/** Probabilities of a row, in double precision. */
function probabilities(logits: readonly number[]): number[] {
  const largest = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - largest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

test.for([1, 2, 3, 4, 5, 7, 8, 13, 200])('softmax over %i classes agrees with double precision, at mild and at wild logits', (V) => {
  const bench = new KernelBench(V);
  const R = 3;
  for (const spread of [0.1, 1, 10, 60]) {
    const logits = bench.random(R * V).map((logit) => logit * spread);
    const at = bench.floats(logits);
    bench.kernels.softmax(at, R, V);
    const wanted = Array.from({ length: R }, (_, r) => probabilities([...logits.subarray(r * V, (r + 1) * V)])).flat();
    expect(error(bench.read(at, R * V), wanted)).toBeLessThan(CLOSE);
  }
  expect(bench.overruns()).toBe(0);
});

test.for([2, 3, 9, 200])('cross-entropy over %i classes agrees with double precision, forwards and backwards', (V) => {
  const bench = new KernelBench(V + 1);
  const R = 7;
  const logits = bench.random(R * V).map((logit) => logit * 3);
  const targets = bench.randomBelow(V, R);
  const weights = bench.random(R);
  const at = bench.floats(logits);
  const losses = bench.floats(new Float32Array(R));
  const t = bench.integers(targets);
  bench.kernels.cross_entropy_forward(at, t, losses, R, V);
  const p = Array.from({ length: R }, (_, r) => probabilities([...logits.subarray(r * V, (r + 1) * V)]));
  expect(
    error(
      bench.read(losses, R),
      p.map((row, r) => -Math.log(row[targets[r]!]!)),
    ),
  ).toBeLessThan(CLOSE);

  const gradient = bench.floats(bench.random(R * V));
  bench.kernels.cross_entropy_backward(at, t, bench.floats(weights), gradient, R, V);
  const wanted = p.flatMap((row, r) => row.map((value, v) => weights[r]! * (value - Number(v === targets[r]))));
  expect(error(bench.read(gradient, R * V), wanted)).toBeLessThan(CLOSE);
  expect(bench.overruns()).toBe(0);
});

test('the logarithm of the kernels is good to a few units in the last place, down to the floor of 10⁻³⁰', () => {
  const bench = new KernelBench(1);
  // two classes: p = 1 / (1 + e^d)
  const differences = Array.from({ length: 400 }, (_, i) => i / 4);
  const at = bench.floats(differences.flatMap((difference) => [0, difference]));
  const losses = bench.floats(new Float32Array(differences.length));
  bench.kernels.cross_entropy_forward(at, bench.integers(differences.map(() => 0)), losses, differences.length, 2);
  const wanted = differences.map((difference) => Math.min(-Math.log(1e-30), difference + Math.log1p(Math.exp(-difference))));
  expect(error(bench.read(losses, differences.length), wanted)).toBeLessThan(1e-6);
});

test.for([4, 8, 12, 64])('RMSNorm of rows of %i agrees with double precision, forwards and backwards', (D) => {
  const bench = new KernelBench(D);
  const R = 5;
  const x = bench.random(R * D);
  const g = bench.random(D);
  const dy = bench.random(R * D);
  const [dx0, dg0] = [bench.random(R * D), bench.random(D)];
  const [xAt, gAt] = [bench.floats(x), bench.floats(g)];
  const y = bench.floats(new Float32Array(R * D));
  const inverse = bench.floats(new Float32Array(R));
  bench.kernels.rms_forward(xAt, gAt, y, inverse, R, D);
  const inv = Array.from(
    { length: R },
    (_, r) => 1 / Math.sqrt(x.subarray(r * D, (r + 1) * D).reduce((sum, v) => sum + v * v, 0) / D + 1e-5),
  );
  expect(error(bench.read(inverse, R), inv)).toBeLessThan(CLOSE);
  expect(
    error(
      bench.read(y, R * D),
      Array.from(x, (value, i) => g[i % D]! * value * inv[Math.floor(i / D)]!),
    ),
  ).toBeLessThan(CLOSE);

  const [dx, dg] = [bench.floats(dx0), bench.floats(dg0)];
  bench.kernels.rms_backward(xAt, gAt, inverse, bench.floats(dy), dx, dg, R, D);
  const wantedX = Array.from(dx0);
  const wantedG = Array.from(dg0);
  for (let r = 0; r < R; r++) {
    let dots = 0;
    for (let d = 0; d < D; d++) dots += dy[r * D + d]! * g[d]! * x[r * D + d]!;
    for (let d = 0; d < D; d++) {
      const i = r * D + d;
      wantedX[i]! += dy[i]! * g[d]! * inv[r]! - (x[i]! * dots * inv[r]! ** 3) / D;
      wantedG[d]! += dy[i]! * x[i]! * inv[r]!;
    }
  }
  expect(error(bench.read(dx, R * D), wantedX)).toBeLessThan(CLOSE);
  expect(error(bench.read(dg, D), wantedG)).toBeLessThan(CLOSE);
  expect(bench.overruns()).toBe(0);
});

test.for([4, 12, 100])('ReLU of %i numbers is exact, forwards and backwards', (n) => {
  const bench = new KernelBench(n);
  const x = bench.random(n);
  x[0] = 0;
  const [dy, dx0] = [bench.random(n), bench.random(n)];
  const y = bench.floats(new Float32Array(n));
  bench.kernels.relu_forward(bench.floats(x), y, n);
  expect(bench.read(y, n)).toEqual(x.map((value) => Math.max(value, 0)));
  const dx = bench.floats(dx0);
  bench.kernels.relu_backward(y, bench.floats(dy), dx, n);
  expect(bench.read(dx, n)).toEqual(dx0.map((value, i) => (x[i]! > 0 ? value + dy[i]! : value)));
  expect(bench.overruns()).toBe(0);
});

test('embedding, and taking rows, copy forwards and add backwards, also where a row is named twice', () => {
  const bench = new KernelBench(3);
  const [R, D, V, T] = [9, 8, 5, 4];
  const tokens = [0, 4, 4, 1, 0, 2, 4, 3, 1];
  const positions = tokens.map((_, i) => i % T);
  const [E, P, dx] = [bench.random(V * D), bench.random(T * D), bench.random(R * D)];
  const [t, p] = [bench.integers(tokens), bench.integers(positions)];
  const x = bench.floats(new Float32Array(R * D));
  bench.kernels.embed_forward(t, p, bench.floats(E), bench.floats(P), x, R, D);
  const sums = dx.map((_, i) => E[tokens[Math.floor(i / D)]! * D + (i % D)]! + P[positions[Math.floor(i / D)]! * D + (i % D)]!);
  expect(bench.read(x, R * D)).toEqual(sums);

  const [dE, dP] = [bench.floats(E), bench.floats(P)];
  bench.kernels.embed_backward(t, p, dE, dP, bench.floats(dx), R, D);
  const [wantedE, wantedP] = [E.slice(), P.slice()];
  const rowsOf = (target: Float32Array, rows: readonly number[]): void => {
    dx.forEach((value, i) => {
      const slot = rows[Math.floor(i / D)]! * D + (i % D);
      target[slot] = target[slot]! + value;
    });
  };
  rowsOf(wantedE, tokens);
  rowsOf(wantedP, positions);
  expect(bench.read(dE, V * D)).toEqual(wantedE);
  expect(bench.read(dP, T * D)).toEqual(wantedP);

  const gathered = bench.floats(new Float32Array(R * D));
  bench.kernels.gather_rows(t, bench.floats(E), gathered, R, D);
  expect(bench.read(gathered, R * D)).toEqual(dx.map((_, i) => E[tokens[Math.floor(i / D)]! * D + (i % D)]!));
  const scattered = bench.floats(E);
  bench.kernels.scatter_rows(t, bench.floats(dx), scattered, R, D);
  expect(bench.read(scattered, V * D)).toEqual(wantedE);
  expect(bench.overruns()).toBe(0);
});

interface Heads {
  readonly B: number;
  readonly T: number;
  readonly H: number;
  readonly hd: number;
}

/** Causal attention and its gradient for `dout`, in double precision. */
function attention({ B, T, H, hd }: Heads, qkv: Float32Array, dout: Float32Array): { out: number[]; dqkv: number[] } {
  const d = H * hd;
  const out = new Array<number>(B * T * d).fill(0);
  const dqkv = new Array<number>(B * T * 3 * d).fill(0);
  const place = (b: number, t: number, part: number, h: number, i: number): number => (b * T + t) * 3 * d + part * d + h * hd + i;
  const factor = 1 / Math.sqrt(hd);
  for (let b = 0; b < B; b++) {
    for (let h = 0; h < H; h++) {
      for (let t = 0; t < T; t++) {
        const dot = (j: number): number => {
          let sum = 0;
          for (let i = 0; i < hd; i++) sum += qkv[place(b, t, 0, h, i)]! * qkv[place(b, j, 1, h, i)]!;
          return sum * factor;
        };
        const p = probabilities(Array.from({ length: t + 1 }, (_, j) => dot(j)));
        const g = Array.from({ length: hd }, (_, i) => dout[(b * T + t) * d + h * hd + i]!);
        const dp = p.map((_, j) => g.reduce((sum, value, i) => sum + value * qkv[place(b, j, 2, h, i)]!, 0));
        const mean = p.reduce((sum, value, j) => sum + value * dp[j]!, 0);
        p.forEach((weight, j) => {
          const ds = factor * weight * (dp[j]! - mean);
          for (let i = 0; i < hd; i++) {
            out[(b * T + t) * d + h * hd + i]! += weight * qkv[place(b, j, 2, h, i)]!;
            dqkv[place(b, j, 2, h, i)]! += weight * g[i]!;
            dqkv[place(b, t, 0, h, i)]! += ds * qkv[place(b, j, 1, h, i)]!;
            dqkv[place(b, j, 1, h, i)]! += ds * qkv[place(b, t, 0, h, i)]!;
          }
        });
      }
    }
  }
  return { out, dqkv };
}

test.for([
  { B: 1, T: 1, H: 1, hd: 4 },
  { B: 2, T: 5, H: 3, hd: 4 },
  { B: 3, T: 9, H: 2, hd: 8 },
  { B: 1, T: 31, H: 1, hd: 12 },
])(
  'attention of $B texts of $T tokens with $H heads of $hd agrees with double precision, and step by step with itself to the last bit',
  (heads) => {
    const { B, T, H, hd } = heads;
    const d = H * hd;
    const bench = new KernelBench(T);
    const { kernels } = bench;
    const qkv = bench.random(B * T * 3 * d);
    const dout = bench.random(B * T * d);
    const wanted = attention(heads, qkv, dout);
    const zeros = (size: number): number => bench.floats(new Float32Array(size));
    const [at, out, P, scratch] = [bench.floats(qkv), zeros(B * T * d), zeros(B * H * T * T), zeros(hd * T + T * T)];
    kernels.attention_forward(at, out, P, scratch, B, T, H, hd);
    const whole = bench.read(out, B * T * d);
    expect(error(whole, wanted.out)).toBeLessThan(CLOSE);
    const dqkv = bench.floats(bench.random(qkv.length));
    kernels.attention_backward(at, P, bench.floats(dout), dqkv, scratch, B, T, H, hd);
    expect(error(bench.read(dqkv, qkv.length), wanted.dqkv)).toBeLessThan(2 * CLOSE);

    const [keys, values, one, step] = [zeros(B * T * d), zeros(B * T * d), zeros(B * d), zeros(T)];
    for (let t = 0; t < T; t++) {
      const now = Array.from({ length: B }, (_, b) => [...qkv.subarray((b * T + t) * 3 * d, (b * T + t + 1) * 3 * d)]).flat();
      kernels.attention_step(bench.floats(now), keys, values, one, step, t, B, T, H, hd);
      const there = Array.from({ length: B }, (_, b) => [...whole.subarray((b * T + t) * d, (b * T + t + 1) * d)]).flat();
      expect(bench.read(one, B * d)).toEqual(Float32Array.from(there));
    }
    expect(bench.overruns()).toBe(0);
  },
);

test('Adam follows its formula over five steps, with decay and clipping', () => {
  const bench = new KernelBench(8);
  const n = 24;
  const [rate, b1, b2, epsilon, decay, clip] = [0.01, 0.9, 0.99, 1e-8, 0.1, 0.5];
  const weights = bench.random(n);
  const [w, m, v] = [bench.floats(weights), bench.floats(new Float32Array(n)), bench.floats(new Float32Array(n))];
  const wanted = Array.from(weights, (weight) => ({ weight, mean: 0, square: 0 }));
  for (let t = 1; t <= 5; t++) {
    const gradient = bench.random(n);
    const [c1, c2] = [1 - b1 ** t, 1 - b2 ** t];
    bench.kernels.adam(w, bench.floats(gradient), m, v, n, rate, b1, b2, epsilon, decay, c1, c2, clip);
    wanted.forEach((state, i) => {
      const g = gradient[i]! * clip;
      state.mean = b1 * state.mean + (1 - b1) * g;
      state.square = b2 * state.square + (1 - b2) * g * g;
      state.weight = state.weight * (1 - rate * decay) - (rate * (state.mean / c1)) / (Math.sqrt(state.square / c2) + epsilon);
    });
  }
  expect(
    error(
      bench.read(w, n),
      wanted.map(({ weight }) => weight),
    ),
  ).toBeLessThan(CLOSE);
  expect(
    error(
      bench.read(m, n),
      wanted.map(({ mean }) => mean),
    ),
  ).toBeLessThan(CLOSE);
  expect(
    error(
      bench.read(v, n),
      wanted.map(({ square }) => square),
    ),
  ).toBeLessThan(CLOSE);
  expect(bench.overruns()).toBe(0);
});
