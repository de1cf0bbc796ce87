import { expect, test } from 'vitest';
import { DivergenceError, Engine, MemoryError, ShapeError, type Parameter, type Tensor } from '../../../src/labs/nn/engine.ts';
import { Rng } from '../../../src/labs/nn/rng.ts';
import { randomUnit, slope, unit } from '../../support/nn/derivative.ts';

const MB = 1e6 / 4;

/** A classifier of points: `inputs` numbers in, one hidden layer with ReLU, `classes` out. */
function classifier(inputs: number, hidden: number, classes: number, seed: number) {
  const engine = new Engine();
  const rng = new Rng(seed);
  const normal = (): number => 0.5 * rng.normal();
  const parameters = {
    W1: engine.parameter('W1', [inputs, hidden], normal),
    b1: engine.parameter('b1', [hidden], normal),
    W2: engine.parameter('W2', [hidden, classes], normal),
    b2: engine.parameter('b2', [classes], normal),
  };
  engine.seal();
  const points = Array.from({ length: 13 * inputs }, normal);
  const labels = Array.from({ length: 13 }, () => rng.below(classes));
  const weights = labels.map(() => 1 / labels.length);
  const { W1, b1, W2, b2 } = parameters;
  const logits = (): Tensor => engine.linear(engine.relu(engine.linear(engine.constant([13, inputs], points), W1, b1)), W2, b2);
  const pass = (recording: boolean): number => {
    engine.begin(recording);
    return engine.crossEntropy(logits(), labels, weights).loss;
  };
  return { engine, parameters, pass, points, labels };
}

const gradientOf = (engine: Engine, { gradient, size }: Parameter): Float32Array => engine.floats.slice(gradient, gradient + size);

test.for([
  { inputs: 2, hidden: 8, classes: 2 },
  { inputs: 2, hidden: 17, classes: 3 },
  { inputs: 5, hidden: 3, classes: 2 },
])('the gradient of a classifier with $inputs inputs, $hidden hidden units and $classes classes is the slope of its loss', (sizes) => {
  for (const seed of [1, 2, 3]) {
    const { engine, parameters, pass } = classifier(sizes.inputs, sizes.hidden, sizes.classes, seed);
    pass(true);
    engine.backward();
    const gradients = new Map(engine.parameters.map((parameter) => [parameter.name, gradientOf(engine, parameter)]));
    for (const parameter of Object.values(parameters)) {
      const gradient = gradients.get(parameter.name)!;
      const norm = Math.hypot(...gradient);
      const numbers = engine.floats.subarray(parameter.at, parameter.at + parameter.size);
      expect(Math.abs(slope(numbers, unit(gradient), 1e-3, () => pass(false)) / norm - 1), parameter.name).toBeLessThan(0.02);
      const across = randomUnit(parameter.size, new Rng(seed));
      const wanted = across.reduce((sum, value, i) => sum + value * gradient[i]!, 0);
      expect(Math.abs(slope(numbers, across, 1e-3, () => pass(false)) - wanted) / norm, parameter.name).toBeLessThan(0.02);
    }
  }
});

test('a classifier learns a circle, which no straight line parts', () => {
  const engine = new Engine();
  const rng = new Rng(5);
  const normal = (): number => rng.normal();
  const W1 = engine.parameter('W1', [2, 16], normal);
  const b1 = engine.parameter('b1', [16], normal);
  const W2 = engine.parameter('W2', [16, 2], () => 0.25 * rng.normal());
  const b2 = engine.parameter('b2', [2], () => 0);
  engine.seal();
  const points = Array.from({ length: 200 }, () => [rng.normal(), rng.normal()]);
  const labels = points.map(([x = 0, y = 0]) => Number(x * x + y * y < 1.2));
  const logits = (): Tensor => engine.linear(engine.relu(engine.linear(engine.constant([200, 2], points.flat()), W1, b1)), W2, b2);
  for (let step = 0; step < 300; step++) {
    engine.begin(true);
    engine.crossEntropy(logits(), labels, new Float32Array(200).fill(1 / 200));
    engine.backward();
    engine.adam(0.03);
  }
  engine.begin(false);
  const found = engine.read(logits());
  const right = labels.filter((label, i) => Number(found[2 * i + 1]! > found[2 * i]!) === label).length;
  expect(right).toBeGreaterThan(190);
});

test('a gain keeps its gradient where what it scales has none, and a table of embeddings where the other has none', () => {
  const engine = new Engine();
  const rng = new Rng(6);
  const g = engine.parameter('g', [8], () => rng.normal());
  const E = engine.parameter('E', [3, 8], () => rng.normal());
  engine.seal();
  const x = Array.from({ length: 16 }, () => rng.normal());
  const pass = (recording: boolean): number => {
    engine.begin(recording);
    const still = engine.constant([2, 8], x);
    const words = engine.embed([0, 2], [0, 1], E, engine.constant([2, 8], x));
    return engine.crossEntropy(engine.add(engine.rmsNorm(still, g), words), [1, 7], [1, 1]).loss;
  };
  pass(true);
  engine.backward();
  for (const parameter of [g, E]) {
    const gradient = gradientOf(engine, parameter);
    const numbers = engine.floats.subarray(parameter.at, parameter.at + parameter.size);
    expect(slope(numbers, unit(gradient), 1e-3, () => pass(false)) / Math.hypot(...gradient)).toBeCloseTo(1, 2);
  }
});

test('Adam clips the whole gradient, leaves decay to matrices, and corrects its means by the number of steps since it was reset', () => {
  const settings = { beta1: 0.8, beta2: 0.9, epsilon: 1e-6, decay: 0.1, clip: 0.05 };
  const rate = 0.02;
  const { engine, parameters, pass } = classifier(2, 7, 3, 7);
  for (const round of [1, 2]) {
    engine.resetOptimiser();
    const states = Object.values(parameters).map((parameter) => ({
      parameter,
      numbers: Array.from(engine.read(parameter), (weight) => ({ weight, mean: 0, square: 0 })),
    }));
    for (let t = 1; t <= 4; t++) {
      pass(true);
      engine.backward();
      const gradients = states.map(({ parameter }) => gradientOf(engine, parameter));
      const norm = Math.hypot(...gradients.flatMap((gradient) => [...gradient]));
      expect(norm).toBeGreaterThan(settings.clip);
      expect(engine.adam(rate, settings)).toBeCloseTo(norm, 5);
      states.forEach(({ parameter, numbers }, i) => {
        const decay = parameter.shape.length > 1 ? settings.decay : 0;
        numbers.forEach((state, j) => {
          const g = (gradients[i]![j]! * settings.clip) / norm;
          state.mean = settings.beta1 * state.mean + (1 - settings.beta1) * g;
          state.square = settings.beta2 * state.square + (1 - settings.beta2) * g * g;
          const [mean, square] = [state.mean / (1 - settings.beta1 ** t), state.square / (1 - settings.beta2 ** t)];
          state.weight = state.weight * (1 - rate * decay) - (rate * mean) / (Math.sqrt(square) + settings.epsilon);
        });
        const found = engine.read(parameter);
        numbers.forEach(({ weight }, j) => expect(found[j], `${parameter.name}, round ${round}, step ${t}`).toBeCloseTo(weight, 4));
      });
    }
  }
});

test('a tensor that is used twice gathers both gradients', () => {
  const engine = new Engine();
  const W = engine.parameter('W', [4, 4], (i) => 0.3 * ((i % 5) - 1.7));
  engine.seal();
  const pass = (recording: boolean): number => {
    engine.begin(recording);
    const x = engine.linear(engine.constant([3, 4], [1, -2, 3, 1, 0, 1, 0, 2, -1, 1, 1, 0]), W);
    const rows = engine.gather(engine.add(x, engine.linear(engine.add(x, x), W)), [2, 0, 2]);
    return engine.crossEntropy(engine.unembed(rows, W), [1, 2, 3], [0.3, -0.2, 0.1]).loss;
  };
  pass(true);
  engine.backward();
  const gradient = gradientOf(engine, W);
  const numbers = engine.floats.subarray(W.at, W.at + W.size);
  expect(slope(numbers, unit(gradient), 1e-3, () => pass(false)) / Math.hypot(...gradient)).toBeCloseTo(1, 2);
});

test('scratch is thrown away: a thousand passes need the memory of one', () => {
  const { engine, pass } = classifier(2, 100, 2, 8);
  pass(true);
  engine.backward();
  const { bytes } = engine;
  for (let i = 0; i < 1000; i++) pass(i % 2 === 0);
  expect(engine.bytes).toBe(bytes);
});

test('where there is no more memory it says so, and works on', () => {
  const { engine, pass } = classifier(2, 8, 2, 9);
  const loss = pass(false);
  const held = engine.bytes;
  expect(() => engine.allocate(1200 * MB)).toThrow(MemoryError);
  expect(() => engine.allocate(1200 * MB)).toThrow(
    'The model needs 1201 MB of memory, and the browser gives no more than the 2 MB that it has.\nClose other tabs, or choose a smaller model.',
  );
  expect(() => engine.allocate(Infinity)).toThrow(MemoryError);
  expect(engine.bytes).toBe(held);
  expect(pass(false)).toBe(loss);
  // twice as much would be too much, and what is needed is not
  engine.allocate(600 * MB);
  engine.allocate(100 * MB);
  expect(engine.bytes).toBeLessThan(1074e6);
  expect(pass(false)).toBe(loss);
});

test.for([
  {
    what: 'linear with the wrong width',
    run: (engine: Engine, W: Parameter) => engine.linear(engine.constant([2, 3], [1, 2, 3, 4, 5, 6]), W),
    message: 'linear was given [2, 3] and [4, 8].\nIt needs x[…, D], W[D, N] and b[N].',
  },
  {
    what: 'linear with a bias of another length',
    run: (engine: Engine, W: Parameter) => engine.linear(engine.constant([1, 4], [1, 2, 3, 4]), W, engine.constant([3], [1, 2, 3])),
    message: 'linear was given [1, 4] and [4, 8].\nIt needs x[…, D], W[D, N] and b[N].',
  },
  {
    what: 'unembed with the wrong width',
    run: (engine: Engine, W: Parameter) => engine.unembed(engine.constant([1, 4], [1, 2, 3, 4]), W),
    message: 'unembed was given [1, 4] and [4, 8].\nIt needs x[…, D] and E[V, D].',
  },
  {
    what: 'add of two sizes',
    run: (engine: Engine, W: Parameter) => engine.add(engine.constant([1, 4], [1, 2, 3, 4]), W),
    message: 'add was given [1, 4] and [4, 8].\nIt needs two tensors of one size.',
  },
  {
    what: 'rmsNorm of a width that no register holds',
    run: (engine: Engine) => engine.rmsNorm(engine.constant([1, 3], [1, 2, 3]), engine.constant([3], [1, 1, 1])),
    message: 'rmsNorm was given [1, 3] and [3].\nIt needs x[…, D] and g[D], D a multiple of 4.',
  },
  {
    what: 'attention with heads that do not fit',
    run: (engine: Engine) => engine.attention(engine.constant([1, 24], new Array<number>(24).fill(1)), 1, 1, 3),
    message: 'attention was given [1, 24].\nIt needs [1, 3D] with D a multiple of 4 × 3.',
  },
  {
    what: 'a constant with too few numbers',
    run: (engine: Engine) => engine.constant([2, 2], [1, 2, 3]),
    message: 'A constant was given [3].\nIt needs 4 numbers for [2, 2].',
  },
  {
    what: 'rows of what has none',
    run: (engine: Engine) => engine.gather(engine.constant([4], [1, 2, 3, 4]), [0]),
    message: 'gather was given [4].\nIt needs x[R, D].',
  },
  {
    what: 'a row that is not there',
    run: (engine: Engine, W: Parameter) => engine.gather(W, [4]),
    message: 'A row was given 4.\nIt needs a whole number from 0 to 3.',
  },
  {
    what: 'a position for one token of two',
    run: (engine: Engine, W: Parameter) => engine.embed([0, 1], [0], W, W),
    message: 'embed was given [4, 8] and [4, 8].\nIt needs E[V, D] and P[T, D], and a position for each token.',
  },
  {
    what: 'a target for one row of two',
    run: (engine: Engine) => engine.crossEntropy(engine.constant([2, 2], [1, 2, 3, 4]), [0], [1, 1]),
    message: 'crossEntropy was given [2, 2] and [1] and [2].\nIt needs logits[R, V], and a target and a weight for each row.',
  },
  {
    what: 'a target that is no class',
    run: (engine: Engine) => engine.crossEntropy(engine.constant([1, 2], [1, 2]), [2], [1]),
    message: 'A target was given 2.\nIt needs a whole number from 0 to 1.',
  },
  {
    what: 'a snapshot of another model',
    run: (engine: Engine) => {
      engine.restore(new Float32Array(31));
    },
    message: 'restore was given [31].\nIt needs 32 weights.',
  },
])('$what is refused', ({ run, message }) => {
  const engine = new Engine();
  const W = engine.parameter('W', [4, 8], () => 1);
  engine.seal();
  engine.begin(true);
  expect(() => run(engine, W)).toThrow(ShapeError);
  expect(() => run(engine, W)).toThrow(message);
});

test('what is done in the wrong order is refused', () => {
  const engine = new Engine();
  expect(() => {
    engine.begin(true);
  }).toThrow('The engine is not sealed.\nCall seal() after the last parameter.');
  engine.seal();
  expect(() => engine.parameter('late', [1], () => 0)).toThrow(
    'Parameter "late" comes after the engine was sealed.\nAdd all parameters first.',
  );
  engine.begin(false);
  engine.crossEntropy(engine.constant([1, 2], [1, 2]), [0], [1]);
  expect(() => {
    engine.backward();
  }).toThrow('There is nothing to go back over.\nRun a pass with begin(true) and a loss first.');
});

test('a gradient that is no number changes nothing, not even the means of the optimiser', () => {
  const { engine, parameters, pass } = classifier(2, 8, 2, 10);
  const other = classifier(2, 8, 2, 10);
  pass(true);
  engine.backward();
  engine.floats[parameters.b1.gradient] = NaN;
  expect(() => engine.adam(0.1)).toThrow(DivergenceError);
  for (const one of [{ engine, pass }, other]) {
    one.pass(true);
    one.engine.backward();
    one.engine.adam(0.1);
  }
  expect(engine.snapshot()).toEqual(other.engine.snapshot());
});
