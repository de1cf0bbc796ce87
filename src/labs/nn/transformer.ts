import { Engine, ShapeError, type AdamSettings, type Integers, type Parameter, type Tensor } from './engine.ts';
import type { Rng } from './rng.ts';

/** The size of a transformer. */
export interface TransformerConfig {
  /** Words it knows. */
  readonly vocabulary: number;
  /** Length of a position's vector in the residual stream; a multiple of 4 × heads. */
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  /** Longest text in tokens. */
  readonly context: number;
}

/** A text to learn from: two tokens or more, and at most one more than the context holds, since the last is only predicted. */
export interface Example {
  readonly tokens: readonly number[];
  /** How much the prediction of each token counts, a number a token; the first is never predicted. All 1 unless given. May be negative (REINFORCE). */
  readonly weights?: readonly number[];
}

/**
 * Sees the residual stream after each block, [sequences · length, width], row by row within each sequence, and may change it in the engine's
 * memory. While sampling it sees one position at a time, [sequences, width].
 */
export type StreamHook = (layer: number, stream: Tensor) => void;

/** One optimiser step. */
export interface StepSettings extends AdamSettings {
  readonly rate: number;
  /** What the weights of the predictions are divided by; the number of predictions with a weight unless told. */
  readonly divisor?: number;
}

/** How to sample. */
export interface SampleSettings {
  /** At most so many new tokens. */
  readonly length: number;
  /** Token that ends a text; it is kept. */
  readonly end: number;
  /** 0 takes the likeliest token; 1 samples from the model's own distribution. */
  readonly temperature: number;
  readonly rng: Rng;
  readonly hook?: StreamHook;
}

interface Block {
  readonly norm1: Parameter;
  readonly qkv: Parameter;
  readonly out: Parameter;
  readonly norm2: Parameter;
  readonly up: Parameter;
  readonly bias: Parameter;
  readonly down: Parameter;
}

const BYTES = 4;
/** Inner width of the feed-forward layer, as a multiple of the width. */
const EXPANSION = 4;

function requireSizes(config: TransformerConfig): void {
  for (const [name, value] of Object.entries(config)) {
    if (!(Number.isInteger(value) && value > 0)) throw new ShapeError(`A transformer's ${name}`, String(value), 'a whole number above 0');
  }
  const { width, heads } = config;
  if (width % (4 * heads) !== 0)
    throw new ShapeError('A transformer', `width ${width} with ${heads} heads`, 'a width that is a multiple of 4 × heads');
}

/**
 * Names and shapes of a transformer's parameters, in the order in which it keeps them.
 * @throws ShapeError where the sizes do not fit each other
 */
export function parametersOf(config: TransformerConfig): { readonly name: string; readonly shape: readonly number[] }[] {
  requireSizes(config);
  const { vocabulary, width, layers, context } = config;
  const inner = EXPANSION * width;
  return [
    { name: 'embedding', shape: [vocabulary, width] },
    { name: 'positions', shape: [context, width] },
    { name: 'norm', shape: [width] },
    ...Array.from({ length: layers }, (_, layer) => [
      { name: `${layer}.norm1`, shape: [width] },
      { name: `${layer}.qkv`, shape: [width, 3 * width] },
      { name: `${layer}.out`, shape: [width, width] },
      { name: `${layer}.norm2`, shape: [width] },
      { name: `${layer}.up`, shape: [width, inner] },
      { name: `${layer}.bias`, shape: [inner] },
      { name: `${layer}.down`, shape: [inner, width] },
    ]).flat(),
  ];
}

/**
 * A small decoder-only transformer: learned positions, RMSNorm before each part (Zhang and Sennrich 2019), causal attention, ReLU feed-forward,
 * embedding tied with the way out. Its numbers are the same to the last bit wherever WebAssembly runs.
 */
export class Transformer {
  readonly config: TransformerConfig;
  readonly engine = new Engine();
  readonly #embedding: Parameter;
  readonly #positions: Parameter;
  readonly #norm: Parameter;
  readonly #blocks: readonly Block[];

  /**
   * @param initial random numbers for the first weights
   * @throws ShapeError where the sizes do not fit each other
   */
  constructor(config: TransformerConfig, initial: Rng) {
    const shapes = new Map(parametersOf(config).map(({ name, shape }) => [name, shape]));
    this.config = config;
    const { engine } = this;
    const { width, layers } = config;
    const parameter = (name: string, first: () => number): Parameter => engine.parameter(name, shapes.get(name)!, first);
    const normal = (deviation: number) => () => initial.normal() * deviation;
    // what each block adds to the stream is kept small, so that deep streams do not grow
    const share = 2 * layers;
    this.#embedding = parameter('embedding', normal(0.05));
    this.#positions = parameter('positions', normal(0.02));
    this.#norm = parameter('norm', () => 1);
    this.#blocks = Array.from({ length: layers }, (_, layer) => ({
      norm1: parameter(`${layer}.norm1`, () => 1),
      qkv: parameter(`${layer}.qkv`, normal(Math.sqrt(1 / width))),
      out: parameter(`${layer}.out`, normal(Math.sqrt(1 / width / share))),
      norm2: parameter(`${layer}.norm2`, () => 1),
      up: parameter(`${layer}.up`, normal(Math.sqrt(1 / width))),
      bias: parameter(`${layer}.bias`, () => 0),
      down: parameter(`${layer}.down`, normal(Math.sqrt(1 / (EXPANSION * width) / share))),
    }));
    engine.seal();
  }

  /** The blocks over tokens[sequences · length], padded on the right; `attend` is what differs between a whole text and one cached position. */
  #stream(tokens: Integers, positions: Integers, attend: (layer: number, qkv: Tensor) => Tensor, hook: StreamHook | undefined): Tensor {
    const { engine } = this;
    let x = engine.embed(tokens, positions, this.#embedding, this.#positions);
    this.#blocks.forEach((block, layer) => {
      x = engine.add(x, engine.linear(attend(layer, engine.linear(engine.rmsNorm(x, block.norm1), block.qkv)), block.out));
      x = engine.add(x, engine.linear(engine.relu(engine.linear(engine.rmsNorm(x, block.norm2), block.up, block.bias)), block.down));
      hook?.(layer, x);
    });
    return x;
  }

  /** @throws ShapeError where a text is empty, too long, or holds what is no token */
  #requireTexts(texts: readonly (readonly number[])[]): void {
    const { context, vocabulary } = this.config;
    if (texts.length === 0) throw new ShapeError('A transformer', 'no text', 'at least one');
    for (const text of texts) {
      if (text.length === 0 || text.length > context)
        throw new ShapeError('A transformer', `a text of ${text.length} tokens`, `1 to ${context}`);
      // an array of integers would make 0 of what is no number
      for (const token of text) {
        if (!(Number.isInteger(token) && token >= 0 && token < vocabulary))
          throw new ShapeError('A token', String(token), `a whole number from 0 to ${vocabulary - 1}`);
      }
    }
  }

  #texts(texts: readonly (readonly number[])[], hook?: StreamHook): { readonly stream: Tensor; readonly length: number } {
    this.#requireTexts(texts);
    const length = Math.max(...texts.map((text) => text.length));
    const tokens = new Int32Array(texts.length * length);
    texts.forEach((text, row) => tokens.set(text, row * length));
    const positions = tokens.map((_, i) => i % length);
    const attend = (_layer: number, qkv: Tensor): Tensor => this.engine.attention(qkv, texts.length, length, this.config.heads);
    return { stream: this.#stream(tokens, positions, attend, hook), length };
  }

  #logits(stream: Tensor, rows: Integers): Tensor {
    const { engine } = this;
    return engine.unembed(engine.rmsNorm(engine.gather(stream, rows), this.#norm), this.#embedding);
  }

  #loss(examples: readonly Example[], divisor?: number): { loss: number; each: Float32Array; tokens: number } {
    const longest = this.config.context + 1;
    for (const { tokens, weights } of examples) {
      if (tokens.length < 2 || tokens.length > longest)
        throw new ShapeError('A transformer', `a text of ${tokens.length} tokens to learn from`, `2 to ${longest}`);
      if (weights !== undefined && weights.length !== tokens.length)
        throw new ShapeError('A transformer', `${tokens.length} tokens with ${weights.length} weights`, 'a weight for each token');
    }
    const { stream, length } = this.#texts(examples.map(({ tokens }) => tokens.slice(0, -1)));
    const rows: number[] = [];
    const targets: number[] = [];
    const weights: number[] = [];
    examples.forEach(({ tokens, weights: own }, row) => {
      for (let t = 1; t < tokens.length; t++) {
        const weight = own?.[t] ?? 1;
        if (weight === 0) continue;
        rows.push(row * length + t - 1);
        targets.push(tokens[t]!);
        weights.push(weight);
      }
    });
    const total = divisor ?? weights.length;
    const scaled = weights.map((weight) => weight / total);
    return { ...this.engine.crossEntropy(this.#logits(stream, rows), targets, scaled), tokens: examples.length * length };
  }

  /**
   * One step of training.
   * @returns the weighted mean loss in nats before the step, and how many tokens went through, padding included
   * @throws DivergenceError where the loss or the gradient is no finite number; the weights are then as before the step
   * @throws ShapeError where a text does not fit the model
   */
  train(examples: readonly Example[], { rate, divisor, ...adam }: StepSettings): { readonly loss: number; readonly tokens: number } {
    this.engine.begin(true);
    const { loss, tokens } = this.#loss(examples, divisor);
    this.engine.backward();
    this.engine.adam(rate, adam);
    return { loss, tokens };
  }

  /** −ln p of each token whose weight is not 0, in nats, in the order of the examples. */
  losses(examples: readonly Example[]): Float32Array {
    this.engine.begin(false);
    return this.#loss(examples).each;
  }

  /** The weighted sum of the losses and its gradient for every parameter, for checks. */
  gradients(examples: readonly Example[]): { readonly loss: number; readonly gradients: ReadonlyMap<string, Float32Array> } {
    this.engine.begin(true);
    const { loss } = this.#loss(examples, 1);
    this.engine.backward();
    const { floats, parameters } = this.engine;
    return { loss, gradients: new Map(parameters.map(({ name, gradient, size }) => [name, floats.slice(gradient, gradient + size)])) };
  }

  /**
   * The distribution of the token after each prompt.
   * @returns a row of `vocabulary` probabilities for each prompt
   * @throws ShapeError where a prompt does not fit the model
   */
  next(prompts: readonly (readonly number[])[], hook?: StreamHook): Float32Array[] {
    const { engine } = this;
    engine.begin(false);
    const { stream, length } = this.#texts(prompts, hook);
    const probabilities = this.#logits(
      stream,
      prompts.map((prompt, row) => row * length + prompt.length - 1),
    );
    engine.kernels.softmax(probabilities.at * BYTES, prompts.length, this.config.vocabulary);
    return this.#rows(probabilities);
  }

  #rows(tensor: Tensor): Float32Array[] {
    const [R = 0, N = 0] = tensor.shape;
    return Array.from({ length: R }, (_, row) => this.engine.floats.slice(tensor.at + row * N, tensor.at + (row + 1) * N));
  }

  /**
   * The residual stream after block `layer` at one position of each text.
   * @param at position in the text; its last token unless told
   * @returns a vector of `width` numbers for each text
   * @throws ShapeError where there is no such layer or position, or a text does not fit the model
   */
  activations(
    texts: readonly (readonly number[])[],
    layer: number,
    at: (text: readonly number[]) => number = (text) => text.length - 1,
  ): Float32Array[] {
    if (!(Number.isInteger(layer) && layer >= 0 && layer < this.config.layers))
      throw new ShapeError('A layer', String(layer), `a whole number from 0 to ${this.config.layers - 1}`);
    this.engine.begin(false);
    const { width } = this.config;
    let found: Float32Array[] = [];
    const length = Math.max(...texts.map((text) => text.length));
    this.#texts(texts, (here, stream) => {
      if (here !== layer) return;
      found = texts.map((text, row) => {
        const position = at(text);
        if (!(Number.isInteger(position) && position >= 0 && position < text.length))
          throw new ShapeError('A position', String(position), `a whole number from 0 to ${text.length - 1}`);
        const start = stream.at + (row * length + position) * width;
        return this.engine.floats.slice(start, start + width);
      });
    });
    return found;
  }

  /**
   * Continues each prompt. All prompts go through together, one position at a time, with their keys and values kept; the result is the same to
   * the last bit as if each text were computed anew. A text ends with `end`, after `length` tokens, or where the context is full.
   * @returns the new tokens of each prompt
   * @throws ShapeError where a prompt does not fit the model
   */
  sample(prompts: readonly (readonly number[])[], settings: SampleSettings): number[][] {
    const { engine } = this;
    const { width, heads, layers, context, vocabulary } = this.config;
    this.#requireTexts(prompts);
    const total = Math.min(context, Math.max(...prompts.map((prompt) => prompt.length)) + settings.length);
    const texts = prompts.map((prompt) => [...prompt]);
    const done = prompts.map(() => settings.length <= 0);
    const B = prompts.length;
    engine.begin(false);
    const caches = Array.from({ length: layers }, () => ({
      keys: engine.allocate(B * total * width),
      values: engine.allocate(B * total * width),
    }));
    const scratch = engine.allocate(total);
    const attend =
      (t: number) =>
      (layer: number, qkv: Tensor): Tensor => {
        const out = engine.tensor([B, width]);
        const { keys, values } = caches[layer]!;
        engine.kernels.attention_step(
          qkv.at * BYTES,
          keys * BYTES,
          values * BYTES,
          out.at * BYTES,
          scratch * BYTES,
          t,
          B,
          total,
          heads,
          width / heads,
        );
        return out;
      };
    for (let t = 0; t + 1 < total && done.includes(false); t++) {
      const rows = texts.flatMap((text, row) => (text.length === t + 1 && done[row] === false ? [row] : []));
      const scores = engine.passing(() => {
        // padding goes through the rows that have ended; nothing reads it
        const stream = this.#stream(
          texts.map((text) => text[t] ?? 0),
          texts.map(() => t),
          attend(t),
          settings.hook,
        );
        if (rows.length === 0) return [];
        const logits = this.#logits(stream, rows);
        if (settings.temperature > 0) {
          engine.kernels.scale(logits.at * BYTES, 1 / settings.temperature, logits.size);
          engine.kernels.softmax(logits.at * BYTES, rows.length, vocabulary);
        }
        return this.#rows(logits);
      });
      rows.forEach((row, i) => {
        const text = texts[row]!;
        const of = scores[i]!;
        const token = settings.temperature > 0 ? drawn(of, settings.rng) : largest(of);
        text.push(token);
        done[row] = token === settings.end || text.length - prompts[row]!.length >= settings.length;
      });
    }
    return texts.map((text, row) => text.slice(prompts[row]!.length));
  }
}

/** The index of the largest score; the first of equals. */
function largest(scores: Float32Array): number {
  let best = 0;
  for (let i = 1; i < scores.length; i++) if (scores[i]! > scores[best]!) best = i;
  return best;
}

/** An index drawn with the given probabilities, which sum to about 1. */
function drawn(probabilities: Float32Array, rng: Rng): number {
  let left = rng.uniform();
  for (let i = 0; i < probabilities.length - 1; i++) {
    left -= probabilities[i]!;
    if (left < 0) return i;
  }
  return probabilities.length - 1;
}
