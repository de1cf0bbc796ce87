/**
 * The arithmetic of the engine, in AssemblyScript: float32 on WebAssembly's fixed-width SIMD. `npm run kernels` compiles it.
 *
 * Every pointer is a byte offset into the one memory that the engine imports; every stride counts floats. Only instructions whose result
 * the WebAssembly standard fixes to the last bit are used: no relaxed SIMD, no fused multiply-add, no `Math.exp`. So the same training
 * run ends in the same weights in every browser. Widths (`D`, `hd`) are multiples of 4; the engine checks that.
 */

const LOG2_E: f32 = 1.44269504088896341;
// ln 2 in two parts: the first has so few digits that its multiples are exact
const LN2_HIGH: f32 = 0.693359375;
const LN2_LOW: f32 = -2.12194440e-4;
const RMS_EPSILON: f32 = 1e-5;
// rows of B that stay in the first cache while a stripe of C is made
const BLOCK: i32 = 256;

@inline function at(p: usize, floats: i32): usize {
  return p + (<usize>floats << 2);
}

@inline function sum(v: v128): f32 {
  return f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3));
}

/** e to the power of each lane, clamped to [−87, 88]; the polynomial of Cephes' expf (Moshier 1989). */
@inline function exp4(x: v128): v128 {
  x = f32x4.max(f32x4.min(x, f32x4.splat(88)), f32x4.splat(-87));
  const n = f32x4.nearest(f32x4.mul(x, f32x4.splat(LOG2_E)));
  let r = f32x4.sub(x, f32x4.mul(n, f32x4.splat(LN2_HIGH)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(LN2_LOW)));
  let p = f32x4.splat(1.9875691500e-4);
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1));
  p = f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(p, r), r), r), f32x4.splat(1));
  // 2ⁿ, written into the exponent
  return f32x4.mul(p, i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23));
}

@inline function exp1(x: f32): f32 {
  return f32x4.extract_lane(exp4(f32x4.splat(x)), 0);
}

/** Natural logarithm of x > 0; the polynomial of Cephes' logf (Moshier 1989). */
@inline function log1(x: f32): f32 {
  const bits = reinterpret<i32>(x);
  let exponent: i32 = ((bits >> 23) & 255) - 126;
  let m = reinterpret<f32>((bits & 0x007fffff) | 0x3f000000);
  if (m < 0.70710678) {
    exponent -= 1;
    m = m + m - 1;
  } else {
    m = m - 1;
  }
  const square = m * m;
  let y: f32 = 7.0376836292e-2;
  y = y * m - 1.1514610310e-1;
  y = y * m + 1.1676998740e-1;
  y = y * m - 1.2420140846e-1;
  y = y * m + 1.4249322787e-1;
  y = y * m - 1.6668057665e-1;
  y = y * m + 2.0000714765e-1;
  y = y * m - 2.4999993993e-1;
  y = y * m + 3.3333331174e-1;
  const e = <f32>exponent;
  y = y * m * square + e * LN2_LOW - 0.5 * square;
  return m + y + e * LN2_HIGH;
}

/**
 * C[M, N] = A·B, or C + A·B where `accumulate`. A(i, k) lies at a + i·aRow + k·aColumn, so that it may be read transposed;
 * B(k, j) at b + k·bRow + j; C(i, j) at c + i·cRow + j. Each sum runs over k in order, whatever M, N and the strides are.
 */
export function gemm(a: usize, b: usize, c: usize, M: i32, N: i32, K: i32, aRow: i32, aColumn: i32, bRow: i32, cRow: i32, accumulate: bool): void {
  const aNext = <usize>aColumn << 2;
  const bNext = <usize>bRow << 2;
  for (let k0: i32 = 0; k0 < K; k0 += BLOCK) {
    const length = min(BLOCK, K - k0);
    const aBlock = at(a, k0 * aColumn);
    const bBlock = at(b, k0 * bRow);
    const add = accumulate || k0 > 0;
    let j: i32 = 0;
    for (; j + 8 <= N; j += 8) {
      let i: i32 = 0;
      for (; i + 4 <= M; i += 4) {
        let a0 = at(aBlock, i * aRow);
        let a1 = at(a0, aRow);
        let a2 = at(a1, aRow);
        let a3 = at(a2, aRow);
        let row = at(bBlock, j);
        const c0 = at(c, i * cRow + j);
        const c1 = at(c0, cRow);
        const c2 = at(c1, cRow);
        const c3 = at(c2, cRow);
        const zero = f32x4.splat(0);
        let s00 = zero, s01 = zero, s10 = zero, s11 = zero, s20 = zero, s21 = zero, s30 = zero, s31 = zero;
        if (add) {
          s00 = v128.load(c0);
          s01 = v128.load(c0, 16);
          s10 = v128.load(c1);
          s11 = v128.load(c1, 16);
          s20 = v128.load(c2);
          s21 = v128.load(c2, 16);
          s30 = v128.load(c3);
          s31 = v128.load(c3, 16);
        }
        for (let k: i32 = 0; k < length; k++) {
          const left = v128.load(row);
          const right = v128.load(row, 16);
          let x = v128.load32_splat(a0);
          s00 = f32x4.add(s00, f32x4.mul(x, left));
          s01 = f32x4.add(s01, f32x4.mul(x, right));
          x = v128.load32_splat(a1);
          s10 = f32x4.add(s10, f32x4.mul(x, left));
          s11 = f32x4.add(s11, f32x4.mul(x, right));
          x = v128.load32_splat(a2);
          s20 = f32x4.add(s20, f32x4.mul(x, left));
          s21 = f32x4.add(s21, f32x4.mul(x, right));
          x = v128.load32_splat(a3);
          s30 = f32x4.add(s30, f32x4.mul(x, left));
          s31 = f32x4.add(s31, f32x4.mul(x, right));
          row += bNext;
          a0 += aNext;
          a1 += aNext;
          a2 += aNext;
          a3 += aNext;
        }
        v128.store(c0, s00);
        v128.store(c0, s01, 16);
        v128.store(c1, s10);
        v128.store(c1, s11, 16);
        v128.store(c2, s20);
        v128.store(c2, s21, 16);
        v128.store(c3, s30);
        v128.store(c3, s31, 16);
      }
      for (; i < M; i++) {
        let element = at(aBlock, i * aRow);
        let row = at(bBlock, j);
        const target = at(c, i * cRow + j);
        let left = add ? v128.load(target) : f32x4.splat(0);
        let right = add ? v128.load(target, 16) : f32x4.splat(0);
        for (let k: i32 = 0; k < length; k++) {
          const x = v128.load32_splat(element);
          left = f32x4.add(left, f32x4.mul(x, v128.load(row)));
          right = f32x4.add(right, f32x4.mul(x, v128.load(row, 16)));
          row += bNext;
          element += aNext;
        }
        v128.store(target, left);
        v128.store(target, right, 16);
      }
    }
    for (; j < N; j++) {
      for (let i: i32 = 0; i < M; i++) {
        let element = at(aBlock, i * aRow);
        let row = at(bBlock, j);
        const target = at(c, i * cRow + j);
        let s: f32 = add ? load<f32>(target) : 0;
        for (let k: i32 = 0; k < length; k++) {
          s += load<f32>(element) * load<f32>(row);
          row += bNext;
          element += aNext;
        }
        store<f32>(target, s);
      }
    }
  }
}

/** to[C, R] = from[R, C] transposed; `fromRow` and `toRow` are the strides of a row. */
export function transpose(from: usize, to: usize, R: i32, C: i32, fromRow: i32, toRow: i32): void {
  for (let r: i32 = 0; r < R; r++) {
    const row = at(from, r * fromRow);
    for (let c: i32 = 0; c < C; c++) store<f32>(at(to, c * toRow + r), load<f32>(at(row, c)));
  }
}

/** y[n] += x[n] */
export function add(x: usize, y: usize, n: i32): void {
  let i: i32 = 0;
  for (; i + 4 <= n; i += 4) v128.store(at(y, i), f32x4.add(v128.load(at(y, i)), v128.load(at(x, i))));
  for (; i < n; i++) store<f32>(at(y, i), load<f32>(at(y, i)) + load<f32>(at(x, i)));
}

/** x[n] *= factor */
export function scale(x: usize, factor: f32, n: i32): void {
  const f = f32x4.splat(factor);
  let i: i32 = 0;
  for (; i + 4 <= n; i += 4) v128.store(at(x, i), f32x4.mul(v128.load(at(x, i)), f));
  for (; i < n; i++) store<f32>(at(x, i), load<f32>(at(x, i)) * factor);
}

/** Each row of y[R, D] += b[D] */
export function add_to_rows(b: usize, y: usize, R: i32, D: i32): void {
  for (let r: i32 = 0; r < R; r++) add(b, at(y, r * D), D);
}

/** b[D] += the sum of the rows of y[R, D] */
export function add_rows_to(y: usize, b: usize, R: i32, D: i32): void {
  for (let r: i32 = 0; r < R; r++) add(at(y, r * D), b, D);
}

/** The first n of a row to probabilities, in place. */
@inline function softmax_row(row: usize, n: i32): void {
  let largest: f32 = load<f32>(row);
  for (let i: i32 = 1; i < n; i++) largest = max(largest, load<f32>(at(row, i)));
  const shift = f32x4.splat(largest);
  let sums = f32x4.splat(0);
  let i: i32 = 0;
  for (; i + 4 <= n; i += 4) {
    const e = exp4(f32x4.sub(v128.load(at(row, i)), shift));
    v128.store(at(row, i), e);
    sums = f32x4.add(sums, e);
  }
  let total = sum(sums);
  for (; i < n; i++) {
    const e = exp1(load<f32>(at(row, i)) - largest);
    store<f32>(at(row, i), e);
    total += e;
  }
  scale(row, 1 / total, n);
}

/** Each row of x[R, N] to probabilities, in place. */
export function softmax(x: usize, R: i32, N: i32): void {
  for (let r: i32 = 0; r < R; r++) softmax_row(at(x, r * N), N);
}

/**
 * Causal attention with H heads of hd: qkv[B·T, 3·H·hd] → out[B·T, H·hd], keeping the attention weights P[B, H, T, T] for the way back.
 * `scratch` holds hd·T floats.
 */
export function attention_forward(qkv: usize, out: usize, P: usize, scratch: usize, B: i32, T: i32, H: i32, hd: i32): void {
  const d = H * hd;
  const row = 3 * d;
  const factor: f32 = 1 / sqrt(<f32>hd);
  for (let b: i32 = 0; b < B; b++) {
    for (let h: i32 = 0; h < H; h++) {
      const q = at(qkv, b * T * row + h * hd);
      const k = at(q, d);
      const v = at(k, d);
      const p = at(P, (b * H + h) * T * T);
      transpose(k, scratch, T, hd, row, T);
      gemm(q, scratch, p, T, T, hd, row, 1, T, T, false);
      for (let t: i32 = 0; t < T; t++) {
        const weights = at(p, t * T);
        for (let j: i32 = 0; j <= t; j++) store<f32>(at(weights, j), load<f32>(at(weights, j)) * factor);
        softmax_row(weights, t + 1);
        for (let j: i32 = t + 1; j < T; j++) store<f32>(at(weights, j), 0);
      }
      gemm(p, v, at(out, b * T * d + h * hd), T, hd, T, T, 1, row, d, false);
    }
  }
}

/** The way back of {@link attention_forward}: writes dqkv from dout and P. `scratch` holds hd·T + T·T floats. */
export function attention_backward(qkv: usize, P: usize, dout: usize, dqkv: usize, scratch: usize, B: i32, T: i32, H: i32, hd: i32): void {
  const d = H * hd;
  const row = 3 * d;
  const factor: f32 = 1 / sqrt(<f32>hd);
  const dS = at(scratch, hd * T);
  for (let b: i32 = 0; b < B; b++) {
    for (let h: i32 = 0; h < H; h++) {
      const offset = b * T * row + h * hd;
      const q = at(qkv, offset);
      const k = at(q, d);
      const v = at(k, d);
      const dq = at(dqkv, offset);
      const dk = at(dq, d);
      const dv = at(dk, d);
      const p = at(P, (b * H + h) * T * T);
      const g = at(dout, b * T * d + h * hd);
      transpose(v, scratch, T, hd, row, T);
      gemm(g, scratch, dS, T, T, hd, d, 1, T, T, false);
      gemm(p, g, dv, T, hd, T, 1, T, d, row, false);
      for (let t: i32 = 0; t < T; t++) {
        const weights = at(p, t * T);
        const s = at(dS, t * T);
        let mean: f32 = 0;
        for (let j: i32 = 0; j <= t; j++) mean += load<f32>(at(weights, j)) * load<f32>(at(s, j));
        for (let j: i32 = 0; j <= t; j++) store<f32>(at(s, j), factor * load<f32>(at(weights, j)) * (load<f32>(at(s, j)) - mean));
        for (let j: i32 = t + 1; j < T; j++) store<f32>(at(s, j), 0);
      }
      gemm(dS, k, dq, T, hd, T, T, 1, row, row, false);
      gemm(dS, q, dk, T, hd, T, 1, T, row, row, false);
    }
  }
}

/**
 * One position of {@link attention_forward}, t, for B sequences at once, from cached keys and values [B, T, H·hd]: takes qkv[B, 3·H·hd], adds its
 * key and value to the cache, writes out[B, H·hd]. Its sums run in the same order, so its result is the same to the last bit. `scratch`
 * holds T floats.
 */
export function attention_step(qkv: usize, keys: usize, values: usize, out: usize, scratch: usize, t: i32, B: i32, T: i32, H: i32, hd: i32): void {
  const d = H * hd;
  const factor: f32 = 1 / sqrt(<f32>hd);
  for (let b: i32 = 0; b < B; b++) {
    const q = at(qkv, b * 3 * d);
    memory.copy(at(keys, (b * T + t) * d), at(q, d), <usize>d << 2);
    memory.copy(at(values, (b * T + t) * d), at(q, 2 * d), <usize>d << 2);
    for (let h: i32 = 0; h < H; h++) {
      const k = at(keys, b * T * d + h * hd);
      for (let j: i32 = 0; j <= t; j++) {
        let s: f32 = 0;
        for (let i: i32 = 0; i < hd; i++) s += load<f32>(at(q, h * hd + i)) * load<f32>(at(k, j * d + i));
        store<f32>(at(scratch, j), s * factor);
      }
      softmax_row(scratch, t + 1);
      gemm(scratch, at(values, b * T * d + h * hd), at(out, b * d + h * hd), 1, hd, t + 1, T, 1, d, d, false);
    }
  }
}

/** y = g · x / rms(x) for each row of x[R, D]; keeps 1/rms in inverse[R] (Zhang and Sennrich 2019). */
export function rms_forward(x: usize, g: usize, y: usize, inverse: usize, R: i32, D: i32): void {
  for (let r: i32 = 0; r < R; r++) {
    const row = at(x, r * D);
    let squares = f32x4.splat(0);
    for (let i: i32 = 0; i < D; i += 4) {
      const v = v128.load(at(row, i));
      squares = f32x4.add(squares, f32x4.mul(v, v));
    }
    const inv: f32 = 1 / sqrt(sum(squares) / <f32>D + RMS_EPSILON);
    store<f32>(at(inverse, r), inv);
    const factor = f32x4.splat(inv);
    for (let i: i32 = 0; i < D; i += 4) {
      v128.store(at(y, r * D + i), f32x4.mul(f32x4.mul(v128.load(at(row, i)), factor), v128.load(at(g, i))));
    }
  }
}

/** The way back of {@link rms_forward}: dx += …, dg += … */
export function rms_backward(x: usize, g: usize, inverse: usize, dy: usize, dx: usize, dg: usize, R: i32, D: i32): void {
  for (let r: i32 = 0; r < R; r++) {
    const o = r * D;
    const inv = load<f32>(at(inverse, r));
    const factor = f32x4.splat(inv);
    let dots = f32x4.splat(0);
    for (let i: i32 = 0; i < D; i += 4) {
      const xv = v128.load(at(x, o + i));
      const dv = v128.load(at(dy, o + i));
      dots = f32x4.add(dots, f32x4.mul(f32x4.mul(dv, v128.load(at(g, i))), xv));
      v128.store(at(dg, i), f32x4.add(v128.load(at(dg, i)), f32x4.mul(f32x4.mul(dv, xv), factor)));
    }
    const pull = f32x4.splat((sum(dots) * inv * inv * inv) / <f32>D);
    for (let i: i32 = 0; i < D; i += 4) {
      const own = f32x4.mul(f32x4.mul(v128.load(at(dy, o + i)), v128.load(at(g, i))), factor);
      const change = f32x4.sub(own, f32x4.mul(v128.load(at(x, o + i)), pull));
      v128.store(at(dx, o + i), f32x4.add(v128.load(at(dx, o + i)), change));
    }
  }
}

/** y[n] = max(x[n], 0); n is a multiple of 4. */
export function relu_forward(x: usize, y: usize, n: i32): void {
  const zero = f32x4.splat(0);
  for (let i: i32 = 0; i < n; i += 4) v128.store(at(y, i), f32x4.max(v128.load(at(x, i)), zero));
}

/** dx += dy where y > 0; n is a multiple of 4. */
export function relu_backward(y: usize, dy: usize, dx: usize, n: i32): void {
  const zero = f32x4.splat(0);
  for (let i: i32 = 0; i < n; i += 4) {
    const passed = v128.and(v128.load(at(dy, i)), f32x4.gt(v128.load(at(y, i)), zero));
    v128.store(at(dx, i), f32x4.add(v128.load(at(dx, i)), passed));
  }
}

/** x[R, D] = E[token] + P[position], for int32 tokens[R] and positions[R]. */
export function embed_forward(tokens: usize, positions: usize, E: usize, P: usize, x: usize, R: i32, D: i32): void {
  for (let r: i32 = 0; r < R; r++) {
    const e = at(E, load<i32>(at(tokens, r)) * D);
    const p = at(P, load<i32>(at(positions, r)) * D);
    for (let i: i32 = 0; i < D; i += 4) v128.store(at(x, r * D + i), f32x4.add(v128.load(at(e, i)), v128.load(at(p, i))));
  }
}

/** The way back of {@link embed_forward}: adds to the rows of dE and dP. */
export function embed_backward(tokens: usize, positions: usize, dE: usize, dP: usize, dx: usize, R: i32, D: i32): void {
  for (let r: i32 = 0; r < R; r++) {
    add(at(dx, r * D), at(dE, load<i32>(at(tokens, r)) * D), D);
    add(at(dx, r * D), at(dP, load<i32>(at(positions, r)) * D), D);
  }
}

/** y[R, D] = the rows of x that int32 rows[R] names. */
export function gather_rows(rows: usize, x: usize, y: usize, R: i32, D: i32): void {
  for (let r: i32 = 0; r < R; r++) memory.copy(at(y, r * D), at(x, load<i32>(at(rows, r)) * D), <usize>D << 2);
}

/** The way back of {@link gather_rows}: adds each row of dy[R, D] to its row of dx. */
export function scatter_rows(rows: usize, dy: usize, dx: usize, R: i32, D: i32): void {
  for (let r: i32 = 0; r < R; r++) add(at(dy, r * D), at(dx, load<i32>(at(rows, r)) * D), D);
}

/** logits[R, V] to probabilities in place; loss[R] = −ln p(target), with p floored at 10⁻³⁰. */
export function cross_entropy_forward(logits: usize, targets: usize, loss: usize, R: i32, V: i32): void {
  for (let r: i32 = 0; r < R; r++) {
    const row = at(logits, r * V);
    softmax_row(row, V);
    store<f32>(at(loss, r), -log1(max(load<f32>(at(row, load<i32>(at(targets, r)))), <f32>1e-30)));
  }
}

/** dlogits[R, V] = weight · (p − one-hot of the target). */
export function cross_entropy_backward(probabilities: usize, targets: usize, weights: usize, dlogits: usize, R: i32, V: i32): void {
  for (let r: i32 = 0; r < R; r++) {
    const weight = load<f32>(at(weights, r));
    const to = at(dlogits, r * V);
    memory.copy(to, at(probabilities, r * V), <usize>V << 2);
    scale(to, weight, V);
    const target = at(to, load<i32>(at(targets, r)));
    store<f32>(target, load<f32>(target) - weight);
  }
}

/** The sum of the squares of x[n]. */
export function sum_of_squares(x: usize, n: i32): f32 {
  let squares = f32x4.splat(0);
  let i: i32 = 0;
  for (; i + 4 <= n; i += 4) {
    const v = v128.load(at(x, i));
    squares = f32x4.add(squares, f32x4.mul(v, v));
  }
  let total = sum(squares);
  for (; i < n; i++) {
    const v = load<f32>(at(x, i));
    total += v * v;
  }
  return total;
}

/**
 * One step of Adam with decoupled weight decay (Loshchilov and Hutter 2019) on w[n], n a multiple of 4. `c1` and `c2` are 1 − β₁ᵗ and 1 − β₂ᵗ;
 * `clip` multiplies the gradient.
 */
export function adam(w: usize, g: usize, m: usize, v: usize, n: i32, rate: f32, b1: f32, b2: f32, epsilon: f32, decay: f32, c1: f32, c2: f32, clip: f32): void {
  const B1 = f32x4.splat(b1);
  const B2 = f32x4.splat(b2);
  const A1 = f32x4.splat(1 - b1);
  const A2 = f32x4.splat(1 - b2);
  const step = f32x4.splat(rate / c1);
  const correct = f32x4.splat(1 / c2);
  const keep = f32x4.splat(1 - rate * decay);
  const E = f32x4.splat(epsilon);
  const C = f32x4.splat(clip);
  for (let i: i32 = 0; i < n; i += 4) {
    const gradient = f32x4.mul(v128.load(at(g, i)), C);
    const mean = f32x4.add(f32x4.mul(v128.load(at(m, i)), B1), f32x4.mul(gradient, A1));
    const square = f32x4.add(f32x4.mul(v128.load(at(v, i)), B2), f32x4.mul(f32x4.mul(gradient, gradient), A2));
    v128.store(at(m, i), mean);
    v128.store(at(v, i), square);
    const change = f32x4.div(f32x4.mul(step, mean), f32x4.add(f32x4.sqrt(f32x4.mul(square, correct)), E));
    v128.store(at(w, i), f32x4.sub(f32x4.mul(v128.load(at(w, i)), keep), change));
  }
}
