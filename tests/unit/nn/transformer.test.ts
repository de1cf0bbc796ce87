import { expect, test } from 'vitest';
import { DivergenceError, ShapeError } from '../../../src/labs/nn/engine.ts';
import { Rng } from '../../../src/labs/nn/rng.ts';
import { parametersOf, Transformer, type Example, type StreamHook, type TransformerConfig } from '../../../src/labs/nn/transformer.ts';
import { dot, randomUnit, slope, unit } from '../../support/nn/derivative.ts';
import { referenceLoss, referenceNext, type Weights } from '../../support/nn/reference-transformer.ts';

const SMALL: TransformerConfig = { vocabulary: 11, width: 16, layers: 2, heads: 2, context: 7 };

/** A model whose numbers are large enough for every part of it to matter: fresh gains are 1 and fresh biases 0. */
function shaken(config: TransformerConfig, seed: number): Transformer {
  const rng = new Rng(seed);
  const model = new Transformer(config, rng);
  for (const { at, size } of model.engine.parameters) {
    for (let i = 0; i < size; i++) model.engine.floats[at + i] = model.engine.floats[at + i]! + 0.3 * rng.normal();
  }
  return model;
}

/** Texts of different lengths, so that some are padded, with weights of both signs and some of 0. */
function examplesOf({ vocabulary, context }: TransformerConfig, rng: Rng): Example[] {
  return [context + 1, 3, 5, 2].map((length) => ({
    tokens: Array.from({ length }, () => rng.below(vocabulary)),
    weights: Array.from({ length }, () => (rng.chance(0.2) ? 0 : rng.normal())),
  }));
}

function weightsOf(model: Transformer): Weights {
  return new Map(model.engine.parameters.map((parameter) => [parameter.name, Float64Array.from(model.engine.read(parameter))]));
}

const weighted = (model: Transformer, examples: readonly Example[]): number => {
  const losses = model.losses(examples);
  const weights = examples.flatMap(({ weights: own }) => own?.slice(1).filter((weight) => weight !== 0) ?? []);
  return dot(losses, weights);
};

const SIZES: readonly TransformerConfig[] = [
  SMALL,
  { vocabulary: 5, width: 8, layers: 1, heads: 1, context: 3 },
  { vocabulary: 23, width: 24, layers: 3, heads: 3, context: 9 },
];

test.for(SIZES)('$layers layers of $width with $heads heads say what the same model says in double precision', (config) => {
  const model = shaken(config, 3);
  const rng = new Rng(4);
  const prompts = [1, 3, 2, config.context].map((length) => Array.from({ length }, () => rng.below(config.vocabulary)));
  const found = model.next(prompts);
  prompts.forEach((prompt, i) => {
    const wanted = referenceNext(config, weightsOf(model), prompt).at(-1)!;
    wanted.forEach((p, token) => expect(found[i]![token]).toBeCloseTo(p, 5));
    expect(found[i]!.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5);
  });
});

test.for([1, 2, 3])('the gradient of every tensor is the slope of the loss in double precision, seed %i', (seed) => {
  const rng = new Rng(seed);
  const model = shaken(SMALL, seed);
  const examples = examplesOf(SMALL, rng);
  const { loss, gradients } = model.gradients(examples);
  const weights = weightsOf(model);
  const reference = (): number => referenceLoss(SMALL, weights, examples);
  expect(loss).toBeCloseTo(reference(), 4);
  expect([...gradients.keys()]).toEqual(parametersOf(SMALL).map(({ name }) => name));
  for (const [name, gradient] of gradients) {
    const numbers = weights.get(name)!;
    const along = unit(gradient);
    const norm = Math.hypot(...gradient);
    expect(norm, name).toBeGreaterThan(0.01);
    // along the gradient its length shows, across it everything else
    expect(slope(numbers, along, 1e-5, reference) / norm, name).toBeCloseTo(1, 4);
    for (const direction of [randomUnit(gradient.length, rng), randomUnit(gradient.length, rng)]) {
      expect(Math.abs(slope(numbers, direction, 1e-5, reference) - dot(gradient, direction)) / norm, name).toBeLessThan(1e-4);
    }
  }
});

test.for([1, 2, 3])("the gradient of every tensor is the slope of the engine's own loss, seed %i", (seed) => {
  const model = shaken(SMALL, seed);
  const examples = examplesOf(SMALL, new Rng(seed));
  const { gradients } = model.gradients(examples);
  for (const parameter of model.engine.parameters) {
    const gradient = gradients.get(parameter.name)!;
    const numbers = model.engine.floats.subarray(parameter.at, parameter.at + parameter.size);
    const found = slope(numbers, unit(gradient), 3e-4, () => weighted(model, examples));
    expect(Math.abs(found / Math.hypot(...gradient) - 1), parameter.name).toBeLessThan(0.02);
  }
});

test('padding changes nothing: texts together have the losses and the gradient that they have alone', () => {
  const model = shaken(SMALL, 5);
  const examples = examplesOf(SMALL, new Rng(6));
  const together = model.losses(examples);
  expect(Array.from(together)).toEqual(examples.flatMap((example) => Array.from(model.losses([example]))));
  const sums = new Map([...model.gradients(examples).gradients].map(([name, gradient]) => [name, Array.from(gradient)]));
  for (const example of examples) {
    for (const [name, gradient] of model.gradients([example]).gradients) gradient.forEach((value, i) => (sums.get(name)![i]! -= value));
  }
  for (const [name, rest] of sums) expect(Math.max(...rest.map(Math.abs)), name).toBeLessThan(1e-4);
});

test('what comes later changes nothing before it', () => {
  const model = shaken(SMALL, 7);
  const [text, other] = [
    [1, 2, 3, 4, 5],
    [1, 2, 3, 9, 10],
  ];
  for (let at = 0; at < 3; at++) {
    const [here, there] = [text, other].map((tokens) => model.activations([tokens], 1, () => at)[0]!);
    expect(here).toEqual(there);
  }
  expect(model.activations([text], 1, () => 3)).not.toEqual(model.activations([other], 1, () => 3));
});

/** Sampling as it would be without a cache: each text computed anew for each token, and tokens drawn in the same order. */
function sampledAnew(model: Transformer, prompts: readonly (readonly number[])[], length: number, end: number, seed: number): number[][] {
  const rng = new Rng(seed);
  const texts = prompts.map((prompt) => [...prompt]);
  const total = Math.min(model.config.context, Math.max(...prompts.map((prompt) => prompt.length)) + length);
  const done = prompts.map(() => false);
  for (let t = 1; t < total; t++) {
    texts.forEach((text, row) => {
      if (text.length !== t || done[row] === true) return;
      const [distribution] = model.next([text]);
      let left = rng.uniform();
      let token = 0;
      for (; token < distribution!.length - 1; token++) {
        left -= distribution![token]!;
        if (left < 0) break;
      }
      text.push(token);
      done[row] = token === end || text.length - prompts[row]!.length >= length;
    });
  }
  return texts.map((text, row) => text.slice(prompts[row]!.length));
}

test.for(SIZES)('sampling with kept keys and values gives what computing anew gives, $layers layers of $width', (config) => {
  const model = shaken(config, 8);
  const rng = new Rng(9);
  for (let seed = 1; seed <= 20; seed++) {
    const prompts = Array.from({ length: 5 }, () =>
      Array.from({ length: 1 + rng.below(config.context) }, () => rng.below(config.vocabulary)),
    );
    const settings = { length: 1 + rng.below(config.context), end: 0, temperature: 1 };
    const found = model.sample(prompts, { ...settings, rng: new Rng(seed) });
    expect(found).toEqual(sampledAnew(model, prompts, settings.length, settings.end, seed));
  }
});

test.for(SIZES)('while sampling, the stream is the same to the last bit as in the whole text, $layers layers of $width', (config) => {
  const model = shaken(config, 10);
  const text = Array.from({ length: config.context }, (_, i) => (i * 3) % config.vocabulary);
  // what ends the stream decides the distribution, so equal streams are equal distributions
  const seen: Float32Array[][] = Array.from({ length: config.layers }, () => []);
  model.sample([text.slice(0, -1), [text[0]!]], {
    length: 1,
    end: -1,
    temperature: 1,
    rng: new Rng(1),
    hook: (layer, { at }) => seen[layer]!.push(model.engine.floats.slice(at, at + config.width)),
  });
  seen.forEach((positions, layer) => {
    expect(positions.length).toBe(config.context - 1);
    positions.forEach((stream, t) => expect(stream).toEqual(model.activations([text], layer, () => t)[0]));
  });
});

test.for([
  { temperature: 1, power: 1 },
  { temperature: 0.5, power: 2 },
  { temperature: 2, power: 0.5 },
])('at temperature $temperature tokens come as often as their probabilities say', ({ temperature, power }) => {
  const model = shaken(SMALL, 11);
  const prompt = [3, 1, 4];
  const sharpened = Array.from(model.next([prompt])[0]!, (p) => p ** power);
  const total = sharpened.reduce((sum, p) => sum + p, 0);
  const n = 20_000;
  const drawn = model.sample(
    Array.from({ length: n }, () => prompt),
    { length: 1, end: -1, temperature, rng: new Rng(12) },
  );
  sharpened.forEach((value, token) => {
    const p = value / total;
    const share = drawn.filter(([first]) => first === token).length / n;
    // four standard deviations, for eleven tokens
    expect(Math.abs(share - p), `token ${token}`).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / n) + 1e-9);
  });
});

test('at temperature 0 the likeliest token is taken, whatever the random numbers', () => {
  const model = shaken(SMALL, 13);
  const prompt = [2, 5];
  const likeliest: number[] = [];
  while (likeliest.length < 4) {
    const [distribution] = model.next([[...prompt, ...likeliest]]);
    likeliest.push(distribution!.indexOf(Math.max(...distribution!)));
  }
  for (const seed of [1, 2])
    expect(model.sample([prompt], { length: 4, end: -1, temperature: 0, rng: new Rng(seed) })).toEqual([likeliest]);
});

test('a text ends with its end token, after the length asked for, or where the context is full', () => {
  const model = shaken(SMALL, 14);
  const prompts = [[1], [1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6, 7]];
  const settings = { temperature: 0, rng: new Rng(1) };
  const [first] = model.sample([[1]], { ...settings, length: 1, end: -1 });
  expect(model.sample([[1]], { ...settings, length: 5, end: first![0]! })).toEqual([first]);
  expect(model.sample(prompts, { ...settings, length: 4, end: -1 }).map(({ length }) => length)).toEqual([4, 1, 0]);
  expect(model.sample(prompts, { ...settings, length: 0, end: -1 })).toEqual([[], [], []]);
});

test('a hook that changes the stream changes what is said, alike with and without a cache, and leaves the weights alone', () => {
  const model = shaken(SMALL, 15);
  const weights = model.engine.snapshot();
  const direction = Float32Array.from({ length: SMALL.width }, (_, i) => (i % 3) - 1);
  const steer: StreamHook = (layer, { at, size }) => {
    if (layer !== 0) return;
    for (let i = 0; i < size; i++) model.engine.floats[at + i] = model.engine.floats[at + i]! + 4 * direction[i % SMALL.width]!;
  };
  const prompt = [1, 2, 3];
  const [plain] = model.next([prompt]);
  const [steered] = model.next([prompt], steer);
  expect(Math.max(...steered!.map((p, token) => Math.abs(p - plain![token]!)))).toBeGreaterThan(0.05);
  expect(model.next([prompt], () => undefined)).toEqual([plain]);
  expect(model.next([prompt])).toEqual([plain]);
  const n = 4000;
  const drawn = model.sample(
    Array.from({ length: n }, () => prompt),
    { length: 1, end: -1, temperature: 1, rng: new Rng(2), hook: steer },
  );
  const likeliest = steered!.indexOf(Math.max(...steered!));
  const p = steered![likeliest]!;
  expect(Math.abs(drawn.filter(([token]) => token === likeliest).length / n - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / n));
  expect(model.engine.snapshot()).toEqual(weights);
});

test('activations are those that the hook sees, of the last token or of the position asked for', () => {
  const model = shaken(SMALL, 16);
  const texts = [[1, 2, 3], [4], [5, 6, 7, 8]];
  const seen: Float32Array[] = [];
  model.next(texts, (layer, { at, size }) => {
    if (layer === 1) seen.push(model.engine.floats.slice(at, at + size));
  });
  const at = (row: number, t: number): Float32Array => seen[0]!.slice((row * 4 + t) * SMALL.width, (row * 4 + t + 1) * SMALL.width);
  expect(model.activations(texts, 1)).toEqual([at(0, 2), at(1, 0), at(2, 3)]);
  expect(model.activations(texts, 1, () => 0)).toEqual([at(0, 0), at(1, 0), at(2, 0)]);
});

test('training learns a text by heart, and a snapshot brings back what was there, training state and all', () => {
  const model = new Transformer(SMALL, new Rng(17));
  const examples: Example[] = [{ tokens: [1, 2, 3, 4, 5, 6, 7, 8] }, { tokens: [8, 7, 6, 5] }];
  const before = model.engine.snapshot();
  const settings = { rate: 1e-2 };
  const losses = Array.from({ length: 60 }, () => model.train(examples, settings).loss);
  expect(losses[0]).toBeGreaterThan(2);
  expect(losses.at(-1)).toBeLessThan(0.1);
  expect(model.sample([[1, 2]], { length: 5, end: -1, temperature: 0, rng: new Rng(1) })).toEqual([[3, 4, 5, 6, 7]]);
  const after = model.engine.snapshot();
  model.engine.restore(before);
  expect(model.engine.snapshot()).toEqual(before);
  expect(Array.from({ length: 60 }, () => model.train(examples, settings).loss)).toEqual(losses);
  expect(model.engine.snapshot()).toEqual(after);
});

test('a negative weight drives a token out', () => {
  const model = new Transformer(SMALL, new Rng(18));
  const p = (): number => model.next([[1]])[0]![2]!;
  const before = p();
  for (let step = 0; step < 10; step++) model.train([{ tokens: [1, 2], weights: [0, -1] }], { rate: 1e-2 });
  expect(p()).toBeLessThan(before / 4);
});

test.for([NaN, Infinity])('a model that holds %f is not trained on, and keeps the weights that it has', (broken) => {
  for (const name of ['embedding', 'positions', 'norm', '0.norm1', '0.qkv', '1.out', '1.norm2', '1.up', '1.bias', '1.down']) {
    const model = shaken(SMALL, 19);
    const { at } = model.engine.parameters.find((parameter) => parameter.name === name)!;
    // a token's row that is used, and more than one number, so that no ReLU swallows it
    for (let i = 0; i < 16; i++) model.engine.floats[at + i] = broken;
    const weights = model.engine.snapshot();
    const train = (): unknown => model.train([{ tokens: [0, 0, 0, 0] }], { rate: 1e-3 });
    expect(train, name).toThrow(DivergenceError);
    expect(train).toThrow(
      /^The (?:loss is|gradient has the length) -?(?:NaN|Infinity), so training was stopped\.\nTry a smaller step size, or go back to an earlier stage\.$/,
    );
    expect(model.engine.snapshot(), name).toEqual(weights);
  }
});

test('a loss or a gradient without end stops training, and the weights stay as they were', () => {
  const model = shaken(SMALL, 20);
  const weights = model.engine.snapshot();
  const tokens = [1, 2, 3];
  const message = (what: string): string => `${what}, so training was stopped.\nTry a smaller step size, or go back to an earlier stage.`;
  expect(() => model.train([{ tokens }], { rate: 1e-3, divisor: 0 })).toThrow(message('The loss is Infinity'));
  expect(() => model.train([{ tokens, weights: [0, NaN, 1] }], { rate: 1e-3 })).toThrow(message('The loss is NaN'));
  expect(() => model.train([{ tokens, weights: [0, 1e25, 1e25] }], { rate: 1e-3 })).toThrow(
    message('The gradient has the length Infinity'),
  );
  expect(model.engine.snapshot()).toEqual(weights);
});

test.for([
  { what: 'no text', run: (model: Transformer) => model.next([]), found: 'A transformer was given no text', needs: 'at least one' },
  {
    what: 'an empty text',
    run: (model: Transformer) => model.next([[1], []]),
    found: 'A transformer was given a text of 0 tokens',
    needs: '1 to 7',
  },
  {
    what: 'a text that is too long',
    run: (model: Transformer) => model.sample([[1, 1, 1, 1, 1, 1, 1, 1]], { length: 1, end: 0, temperature: 1, rng: new Rng(1) }),
    found: 'A transformer was given a text of 8 tokens',
    needs: '1 to 7',
  },
  {
    what: 'a token above the last',
    run: (model: Transformer) => model.next([[11]]),
    found: 'A token was given 11',
    needs: 'a whole number from 0 to 10',
  },
  {
    what: 'a token below 0',
    run: (model: Transformer) => model.activations([[-1]], 0),
    found: 'A token was given -1',
    needs: 'a whole number from 0 to 10',
  },
  {
    what: 'half a token',
    run: (model: Transformer) => model.losses([{ tokens: [1.5, 1] }]),
    found: 'A token was given 1.5',
    needs: 'a whole number from 0 to 10',
  },
  {
    what: 'a word that the vocabulary lacks',
    run: (model: Transformer) => model.next([[undefined as unknown as number]]),
    found: 'A token was given undefined',
    needs: 'a whole number from 0 to 10',
  },
  {
    what: 'a target above the last',
    run: (model: Transformer) => model.losses([{ tokens: [1, 11] }]),
    found: 'A target was given 11',
    needs: 'a whole number from 0 to 10',
  },
  {
    what: 'a text of one token to learn from',
    run: (model: Transformer) => model.losses([{ tokens: [1] }]),
    found: 'A transformer was given a text of 1 tokens to learn from',
    needs: '2 to 8',
  },
  {
    what: 'too few weights',
    run: (model: Transformer) => model.losses([{ tokens: [1, 2, 3], weights: [1, 1] }]),
    found: 'A transformer was given 3 tokens with 2 weights',
    needs: 'a weight for each token',
  },
  {
    what: 'a layer that is not there',
    run: (model: Transformer) => model.activations([[1]], 2),
    found: 'A layer was given 2',
    needs: 'a whole number from 0 to 1',
  },
  {
    what: 'a position that is not there',
    run: (model: Transformer) => model.activations([[1, 2], [3]], 0, () => 1),
    found: 'A position was given 1',
    needs: 'a whole number from 0 to 0',
  },
  {
    what: 'a step size below 0',
    run: (model: Transformer) => model.train([{ tokens: [1, 2] }], { rate: -1 }),
    found: 'Adam was given a step size of -1',
    needs: 'a number of 0 or more',
  },
])('$what is refused, and the model works on', ({ run, found, needs }) => {
  const model = shaken(SMALL, 21);
  const before = model.next([[1, 2]]);
  expect(() => run(model)).toThrow(ShapeError);
  expect(() => run(model)).toThrow(`${found}.\nIt needs ${needs}.`);
  expect(model.next([[1, 2]])).toEqual(before);
});

test.for([
  {
    config: { ...SMALL, width: 12 },
    message: 'A transformer was given width 12 with 2 heads.\nIt needs a width that is a multiple of 4 × heads.',
  },
  { config: { ...SMALL, layers: 0 }, message: "A transformer's layers was given 0.\nIt needs a whole number above 0." },
  { config: { ...SMALL, context: 2.5 }, message: "A transformer's context was given 2.5.\nIt needs a whole number above 0." },
])('sizes that do not fit are refused: $message', ({ config, message }) => {
  expect(() => new Transformer(config, new Rng(1))).toThrow(message);
});

test('the parameters are those that the size says, in that order', () => {
  for (const config of SIZES) {
    const { engine } = new Transformer(config, new Rng(1));
    expect(engine.parameters.map(({ name, shape }) => ({ name, shape }))).toEqual(parametersOf(config));
  }
  expect(new Transformer({ vocabulary: 200, width: 64, layers: 2, heads: 4, context: 32 }, new Rng(1)).engine.parameterCount).toBe(113_984);
});
