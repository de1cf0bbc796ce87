import { instantiate, requireKernels, type Kernels } from './kernels.ts';

/** A block of float32 numbers in the engine's memory. Offsets count floats. */
export interface Tensor {
  readonly shape: readonly number[];
  /** How many numbers it holds: the product of its shape. */
  readonly size: number;
  /** Where its numbers begin. */
  readonly at: number;
  /** Where its gradient begins; undefined where none is kept. */
  readonly gradient: number | undefined;
}

/** A tensor that training changes, with its place in the optimiser. */
export interface Parameter extends Tensor {
  readonly name: string;
  readonly gradient: number;
  /** Where Adam's running means of the gradient and of its square begin. */
  readonly mean: number;
  readonly square: number;
}

/** The settings of Adam; what is left out has the usual value. */
export interface AdamSettings {
  /** β₁, in [0, 1); 0.9 unless told. */
  readonly beta1?: number;
  /** β₂, in [0, 1); 0.99 unless told: these runs are short. */
  readonly beta2?: number;
  readonly epsilon?: number;
  /** Decoupled weight decay, for tensors of two or more dimensions; 0 unless told. */
  readonly decay?: number;
  /** The gradient is scaled down to this norm where it is larger; 1 unless told. */
  readonly clip?: number;
}

/** Whole numbers: tokens, positions, rows, classes. */
export type Integers = readonly number[] | Int32Array;

const BYTES = 4;
const PAGE = 65_536;
const FIRST_PAGES = 16;
/** Numbers of one SIMD register. */
const LANES = 4;
// an offset of 0 would look like no offset in a log
const FIRST = 16;

const product = (shape: readonly number[]): number => shape.reduce((size, length) => size * length, 1);
const padded = (size: number): number => Math.ceil(size / LANES) * LANES;

/** Where a shape does not fit an operation. */
export class ShapeError extends RangeError {
  constructor(operation: string, found: string, needed: string) {
    super(`${operation} was given ${found}.\nIt needs ${needed}.`);
    this.name = 'ShapeError';
  }
}

/** Where the browser has no more memory for the numbers of a model. */
export class MemoryError extends RangeError {
  constructor(asked: number, had: number) {
    const megabytes = (floats: number): string => `${Math.ceil((floats * BYTES) / 1e6)} MB`;
    super(
      `The model needs ${megabytes(asked)} of memory, and the browser gives no more than the ${megabytes(had)} that it has.\nClose other tabs, or choose a smaller model.`,
    );
    this.name = 'MemoryError';
  }
}

/** Where training has run away: a number that is none, or an infinite one. */
export class DivergenceError extends Error {
  constructor(what: string) {
    super(`${what}, so training was stopped.\nTry a smaller step size, or go back to an earlier stage.`);
    this.name = 'DivergenceError';
  }
}

function requireShape(operation: string, fits: boolean, found: readonly (readonly number[])[], needed: string): void {
  if (!fits) throw new ShapeError(operation, found.map((shape) => `[${shape.join(', ')}]`).join(' and '), needed);
}

/**
 * Tensors, reverse-mode differentiation and Adam over one WebAssembly memory. Parameters lie first; after {@link seal}, everything else is
 * scratch that {@link begin} throws away. Each operation computes its result at once and, while recording, puts its way back on a tape.
 */
export class Engine {
  readonly kernels: Kernels;
  readonly #memory: WebAssembly.Memory;
  #floats: Float32Array;
  #integers: Int32Array;
  #top = FIRST;
  #sealed: number | undefined;
  readonly #tape: (() => void)[] = [];
  #recording = false;
  readonly #parameters: Parameter[] = [];
  // βᵗ by repeated multiplication: Math.pow differs between browsers
  #power1 = 1;
  #power2 = 1;

  /**
   * @throws Error where WebAssembly SIMD is missing
   * @throws MemoryError where the browser has not even a megabyte left
   */
  constructor() {
    requireKernels();
    try {
      this.#memory = new WebAssembly.Memory({ initial: FIRST_PAGES, maximum: 16_384 });
    } catch {
      throw new MemoryError((FIRST_PAGES * PAGE) / BYTES, 0);
    }
    this.kernels = instantiate(this.#memory);
    this.#floats = new Float32Array(this.#memory.buffer);
    this.#integers = new Int32Array(this.#memory.buffer);
  }

  /** All of the memory; a view that any allocation may replace, so never keep it. */
  get floats(): Float32Array {
    return this.#floats;
  }

  get parameters(): readonly Parameter[] {
    return this.#parameters;
  }

  /** How many numbers training changes. */
  get parameterCount(): number {
    return this.#parameters.reduce((count, { size }) => count + size, 0);
  }

  /** Bytes that the engine holds. */
  get bytes(): number {
    return this.#memory.buffer.byteLength;
  }

  /**
   * Room for `size` numbers, not cleared. Byte offset = 4 × the result.
   * @throws MemoryError where the browser gives no more memory; what was there before stays usable
   */
  allocate(size: number): number {
    const at = this.#top;
    const top = at + padded(size);
    if (top > this.#floats.length) this.#grow(top);
    this.#top = top;
    return at;
  }

  #grow(needed: number): void {
    const had = this.#floats.length;
    // at least doubled, so that a growing batch does not copy the memory again and again; near the limit, what is needed must do
    for (const wanted of [Math.max(needed, 2 * had), needed]) {
      try {
        this.#memory.grow(Math.ceil((wanted - had) / (PAGE / BYTES)));
      } catch {
        continue;
      }
      this.#floats = new Float32Array(this.#memory.buffer);
      this.#integers = new Int32Array(this.#memory.buffer);
      return;
    }
    throw new MemoryError(needed, had);
  }

  /** Runs `work` and gives back the room of what it allocated; only numbers copied out of it outlive it. */
  passing<Result>(work: () => Result): Result {
    const top = this.#top;
    try {
      return work();
    } finally {
      this.#top = top;
    }
  }

  #zeros(size: number): number {
    const at = this.allocate(size);
    this.#floats.fill(0, at, at + padded(size));
    return at;
  }

  /**
   * Adds a parameter.
   * @param shape lengths, outermost first
   * @param initial its numbers, in order
   * @throws Error after {@link seal}
   */
  parameter(name: string, shape: readonly number[], initial: (index: number) => number): Parameter {
    if (this.#sealed !== undefined) throw new Error(`Parameter "${name}" comes after the engine was sealed.\nAdd all parameters first.`);
    const size = product(shape);
    const parameter: Parameter = {
      name,
      shape,
      size,
      at: this.#zeros(size),
      gradient: this.#zeros(size),
      mean: this.#zeros(size),
      square: this.#zeros(size),
    };
    for (let i = 0; i < size; i++) this.#floats[parameter.at + i] = initial(i);
    this.#parameters.push(parameter);
    return parameter;
  }

  /** Ends the parameters; what is allocated from now on is scratch. */
  seal(): void {
    this.#sealed = this.#top;
  }

  /**
   * Begins a pass: throws the scratch away. While `recording`, operations keep their way back and gradients are cleared.
   * @throws Error before {@link seal}
   */
  begin(recording: boolean): void {
    if (this.#sealed === undefined) throw new Error('The engine is not sealed.\nCall seal() after the last parameter.');
    this.#top = this.#sealed;
    this.#tape.length = 0;
    this.#recording = recording;
    if (recording) for (const { gradient, size } of this.#parameters) this.#floats.fill(0, gradient, gradient + padded(size));
  }

  /** A scratch tensor; its numbers are not cleared, its gradient is. */
  tensor(shape: readonly number[]): Tensor {
    const size = product(shape);
    return { shape, size, at: this.allocate(size), gradient: this.#recording ? this.#zeros(size) : undefined };
  }

  /** A scratch tensor that holds these numbers and passes no gradient on. */
  constant(shape: readonly number[], numbers: ArrayLike<number>): Tensor {
    requireShape(
      'A constant',
      numbers.length === product(shape),
      [[numbers.length]],
      `${product(shape)} numbers for [${shape.join(', ')}]`,
    );
    const at = this.allocate(numbers.length);
    this.#floats.set(numbers, at);
    return { shape, size: numbers.length, at, gradient: undefined };
  }

  /** A copy of a tensor's numbers. */
  read(tensor: Tensor): Float32Array {
    return this.#floats.slice(tensor.at, tensor.at + tensor.size);
  }

  #integersAt(numbers: Integers): number {
    const at = this.allocate(numbers.length);
    this.#integers.set(numbers, at);
    return at;
  }

  #undo(step: () => void): void {
    if (this.#recording) this.#tape.push(step);
  }

  /**
   * Runs the tape backwards; gradients of the parameters are complete after it.
   * @throws Error where nothing was recorded
   */
  backward(): void {
    if (this.#tape.length === 0) throw new Error('There is nothing to go back over.\nRun a pass with begin(true) and a loss first.');
    for (let step = this.#tape.pop(); step !== undefined; step = this.#tape.pop()) step();
  }

  /** y[R, N] = x[R, D] · W[D, N] + b[N] */
  linear(x: Tensor, W: Tensor, b?: Tensor): Tensor {
    const [D = 0, N = 0] = W.shape;
    const R = x.size / D;
    requireShape(
      'linear',
      W.shape.length === 2 && x.shape.at(-1) === D && (b === undefined || b.size === N),
      [x.shape, W.shape],
      'x[…, D], W[D, N] and b[N]',
    );
    const { kernels } = this;
    const y = this.tensor([R, N]);
    kernels.gemm(x.at * BYTES, W.at * BYTES, y.at * BYTES, R, N, D, D, 1, N, N, false);
    if (b !== undefined) kernels.add_to_rows(b.at * BYTES, y.at * BYTES, R, N);
    this.#undo(() => {
      const dy = this.#gradientOf(y) * BYTES;
      if (b?.gradient !== undefined) kernels.add_rows_to(dy, b.gradient * BYTES, R, N);
      if (W.gradient !== undefined) kernels.gemm(x.at * BYTES, dy, W.gradient * BYTES, D, N, R, 1, D, N, N, true);
      if (x.gradient !== undefined) {
        const turned = this.allocate(D * N) * BYTES;
        kernels.transpose(W.at * BYTES, turned, D, N, N, D);
        kernels.gemm(dy, turned, x.gradient * BYTES, R, D, N, N, 1, D, D, true);
      }
    });
    return y;
  }

  /** logits[R, V] = x[R, D] · Eᵀ for an embedding E[V, D]: the tied way out of a transformer. */
  unembed(x: Tensor, E: Tensor): Tensor {
    const [V = 0, D = 0] = E.shape;
    const R = x.size / D;
    requireShape('unembed', E.shape.length === 2 && x.shape.at(-1) === D, [x.shape, E.shape], 'x[…, D] and E[V, D]');
    const { kernels } = this;
    const y = this.tensor([R, V]);
    const turned = this.allocate(D * V) * BYTES;
    kernels.transpose(E.at * BYTES, turned, V, D, D, V);
    kernels.gemm(x.at * BYTES, turned, y.at * BYTES, R, V, D, D, 1, V, V, false);
    this.#undo(() => {
      const dy = this.#gradientOf(y) * BYTES;
      if (E.gradient !== undefined) kernels.gemm(dy, x.at * BYTES, E.gradient * BYTES, V, D, R, 1, V, D, D, true);
      if (x.gradient !== undefined) kernels.gemm(dy, E.at * BYTES, x.gradient * BYTES, R, D, V, V, 1, D, D, true);
    });
    return y;
  }

  /** y = a + b, of one shape. */
  add(a: Tensor, b: Tensor): Tensor {
    requireShape('add', a.size === b.size, [a.shape, b.shape], 'two tensors of one size');
    const { kernels } = this;
    const y = this.tensor(a.shape);
    this.#floats.copyWithin(y.at, a.at, a.at + a.size);
    kernels.add(b.at * BYTES, y.at * BYTES, a.size);
    this.#undo(() => {
      const dy = this.#gradientOf(y) * BYTES;
      if (a.gradient !== undefined) kernels.add(dy, a.gradient * BYTES, a.size);
      if (b.gradient !== undefined) kernels.add(dy, b.gradient * BYTES, b.size);
    });
    return y;
  }

  /** y = max(x, 0) */
  relu(x: Tensor): Tensor {
    const y = this.tensor(x.shape);
    this.kernels.relu_forward(x.at * BYTES, y.at * BYTES, padded(x.size));
    this.#undo(() => {
      if (x.gradient !== undefined)
        this.kernels.relu_backward(y.at * BYTES, this.#gradientOf(y) * BYTES, x.gradient * BYTES, padded(x.size));
    });
    return y;
  }

  /** Root-mean-square normalisation of each row of x[R, D] with gains g[D] (Zhang and Sennrich 2019). */
  rmsNorm(x: Tensor, g: Tensor): Tensor {
    const D = g.size;
    const R = x.size / D;
    requireShape('rmsNorm', x.shape.at(-1) === D && D % LANES === 0, [x.shape, g.shape], `x[…, D] and g[D], D a multiple of ${LANES}`);
    const y = this.tensor(x.shape);
    const inverse = this.allocate(R) * BYTES;
    this.kernels.rms_forward(x.at * BYTES, g.at * BYTES, y.at * BYTES, inverse, R, D);
    this.#undo(() => {
      this.kernels.rms_backward(
        x.at * BYTES,
        g.at * BYTES,
        inverse,
        this.#gradientOf(y) * BYTES,
        this.#gradientOrScratch(x) * BYTES,
        this.#gradientOrScratch(g) * BYTES,
        R,
        D,
      );
    });
    return y;
  }

  /** x[R, D] = E[tokens] + P[positions]. */
  embed(tokens: Integers, positions: Integers, E: Tensor, P: Tensor): Tensor {
    const [V = 0, D = 0] = E.shape;
    const R = tokens.length;
    requireShape(
      'embed',
      P.shape[1] === D && positions.length === R && D % LANES === 0,
      [E.shape, P.shape],
      'E[V, D] and P[T, D], and a position for each token',
    );
    this.#requireWithin('A token', tokens, V);
    this.#requireWithin('A position', positions, P.shape[0] ?? 0);
    const x = this.tensor([R, D]);
    const t = this.#integersAt(tokens) * BYTES;
    const p = this.#integersAt(positions) * BYTES;
    this.kernels.embed_forward(t, p, E.at * BYTES, P.at * BYTES, x.at * BYTES, R, D);
    this.#undo(() => {
      const dE = this.#gradientOrScratch(E) * BYTES;
      const dP = this.#gradientOrScratch(P) * BYTES;
      this.kernels.embed_backward(t, p, dE, dP, this.#gradientOf(x) * BYTES, R, D);
    });
    return x;
  }

  #requireWithin(what: string, numbers: Integers, limit: number): void {
    for (const number of numbers) {
      if (!(Number.isInteger(number) && number >= 0 && number < limit))
        throw new ShapeError(what, String(number), `a whole number from 0 to ${limit - 1}`);
    }
  }

  /** Causal attention of `heads` heads over qkv[sequences · length, 3D] → [sequences · length, D] (Vaswani et al. 2017). */
  attention(qkv: Tensor, sequences: number, length: number, heads: number): Tensor {
    const D = (qkv.shape[1] ?? 0) / 3;
    const hd = D / heads;
    requireShape(
      'attention',
      qkv.shape[0] === sequences * length && Number.isInteger(hd) && hd % LANES === 0,
      [qkv.shape],
      `[${sequences * length}, 3D] with D a multiple of ${LANES} × ${heads}`,
    );
    const y = this.tensor([sequences * length, D]);
    const weights = this.allocate(sequences * heads * length * length) * BYTES;
    const scratch = this.allocate(hd * length + length * length) * BYTES;
    this.kernels.attention_forward(qkv.at * BYTES, y.at * BYTES, weights, scratch, sequences, length, heads, hd);
    this.#undo(() => {
      // it writes its gradient, so nothing else may have used qkv
      this.kernels.attention_backward(
        qkv.at * BYTES,
        weights,
        this.#gradientOf(y) * BYTES,
        this.#gradientOf(qkv) * BYTES,
        scratch,
        sequences,
        length,
        heads,
        hd,
      );
    });
    return y;
  }

  /** The rows of x[…, D] that `rows` names, as [rows, D]. */
  gather(x: Tensor, rows: Integers): Tensor {
    const D = x.shape[1] ?? 0;
    const R = rows.length;
    requireShape('gather', x.shape.length === 2, [x.shape], 'x[R, D]');
    this.#requireWithin('A row', rows, x.shape[0] ?? 0);
    const y = this.tensor([R, D]);
    const named = this.#integersAt(rows) * BYTES;
    this.kernels.gather_rows(named, x.at * BYTES, y.at * BYTES, R, D);
    this.#undo(() => {
      if (x.gradient !== undefined) this.kernels.scatter_rows(named, this.#gradientOf(y) * BYTES, x.gradient * BYTES, R, D);
    });
    return y;
  }

  /**
   * Weighted cross-entropy. The logits become probabilities.
   * @param logits [R, V]
   * @param targets R classes in [0, V)
   * @param weights R weights; the loss is Σ weight · −ln p(target)
   * @returns the loss, and −ln p(target) of each row in nats
   * @throws DivergenceError where the loss is no finite number
   */
  crossEntropy(logits: Tensor, targets: Integers, weights: ArrayLike<number>): { readonly loss: number; readonly each: Float32Array } {
    const [R = 0, V = 0] = logits.shape;
    requireShape(
      'crossEntropy',
      logits.shape.length === 2 && targets.length === R && weights.length === R,
      [logits.shape, [targets.length], [weights.length]],
      'logits[R, V], and a target and a weight for each row',
    );
    this.#requireWithin('A target', targets, V);
    const t = this.#integersAt(targets) * BYTES;
    const each = this.allocate(R);
    const w = this.allocate(R);
    this.#floats.set(weights, w);
    this.kernels.cross_entropy_forward(logits.at * BYTES, t, each * BYTES, R, V);
    let loss = 0;
    for (let i = 0; i < R; i++) {
      // the kernels' logarithm takes a probability apart bit by bit, and would make a finite number of one that is none
      if (Number.isNaN(this.#floats[logits.at + i * V + targets[i]!])) this.#floats[each + i] = NaN;
      loss += this.#floats[each + i]! * this.#floats[w + i]!;
    }
    if (!Number.isFinite(loss)) throw new DivergenceError(`The loss is ${loss}`);
    this.#undo(() => {
      this.kernels.cross_entropy_backward(logits.at * BYTES, t, w * BYTES, this.#gradientOf(logits) * BYTES, R, V);
    });
    return { loss, each: this.#floats.slice(each, each + R) };
  }

  #gradientOf(tensor: Tensor): number {
    if (tensor.gradient === undefined) throw new Error('A gradient is asked for that is not kept.\nMake the tensor while recording.');
    return tensor.gradient;
  }

  /** Where the gradient of a tensor goes that an operation works out anyway; nowhere, where none is kept. */
  #gradientOrScratch(tensor: Tensor): number {
    return tensor.gradient ?? this.#zeros(tensor.size);
  }

  /**
   * One step of Adam (Kingma and Ba 2015) on every parameter.
   * @param rate step size, 0 or more
   * @returns the norm of the whole gradient before clipping
   * @throws DivergenceError where the gradient is not finite; nothing is changed then
   */
  adam(rate: number, settings: AdamSettings = {}): number {
    const { beta1 = 0.9, beta2 = 0.99, epsilon = 1e-8, decay = 0, clip = 1 } = settings;
    let squares = 0;
    for (const { gradient, size } of this.#parameters) squares += this.kernels.sum_of_squares(gradient * BYTES, size);
    const norm = Math.sqrt(squares);
    if (!Number.isFinite(norm)) throw new DivergenceError(`The gradient has the length ${norm}`);
    if (!(rate >= 0 && rate < Infinity)) throw new ShapeError('Adam', `a step size of ${rate}`, 'a number of 0 or more');
    const factor = norm > clip ? clip / norm : 1;
    this.#power1 *= beta1;
    this.#power2 *= beta2;
    for (const { at, gradient, mean, square, size, shape } of this.#parameters) {
      const own = shape.length > 1 ? decay : 0;
      this.kernels.adam(
        at * BYTES,
        gradient * BYTES,
        mean * BYTES,
        square * BYTES,
        padded(size),
        rate,
        beta1,
        beta2,
        epsilon,
        own,
        1 - this.#power1,
        1 - this.#power2,
        factor,
      );
    }
    return norm;
  }

  /** Forgets Adam's running means, as every stage of training does. */
  resetOptimiser(): void {
    this.#power1 = 1;
    this.#power2 = 1;
    for (const { mean, square, size } of this.#parameters) {
      this.#floats.fill(0, mean, mean + padded(size));
      this.#floats.fill(0, square, square + padded(size));
    }
  }

  /** All parameters one after another, as a copy. */
  snapshot(): Float32Array {
    const weights = new Float32Array(this.parameterCount);
    let next = 0;
    for (const { at, size } of this.#parameters) {
      weights.set(this.#floats.subarray(at, at + size), next);
      next += size;
    }
    return weights;
  }

  /**
   * Puts a snapshot back and forgets Adam's running means.
   * @throws ShapeError where it has another number of weights
   */
  restore(weights: Float32Array): void {
    requireShape('restore', weights.length === this.parameterCount, [[weights.length]], `${this.parameterCount} weights`);
    let next = 0;
    for (const { at, size } of this.#parameters) {
      this.#floats.set(weights.subarray(next, next + size), at);
      next += size;
    }
    this.resetOptimiser();
  }
}
