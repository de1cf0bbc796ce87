import { defaultDevice, init, jit, nn, numpy as np, tree, valueAndGrad } from '@jax-js/jax';
import { parametersOf } from '../../../src/labs/nn/transformer.ts';
import { ADAM, type Racer, type Start } from './racer.ts';

type Array = np.Array;

/** Parameters of a block: norm1, qkv, out, norm2, up, bias, down. */
const IN_BLOCK = 7;

/** The same transformer in jax-js, on its WebAssembly backend. Every use of an array but the last is by `.ref`: jax-js counts owners. */
export async function jaxEngine({ config, weights, batches }: Start): Promise<Racer> {
  await init('wasm');
  defaultDevice('wasm');
  const { vocabulary: V, width: D, layers, heads: H, context: T } = config;
  const B = batches[0]?.length ?? 0;
  const hd = D / H;
  let parameters: Array[] = parametersOf(config).map(({ shape }, i) => np.array(new Float32Array(weights[i]!)).reshape([...shape]));
  const zeros = (): Array[] => parameters.map(({ shape }) => np.zeros(shape));
  let means = zeros();
  let squares = zeros();

  const mask = np.array(Float32Array.from({ length: T * T }, (_, i) => (i % T <= Math.floor(i / T) ? 0 : -1e9))).reshape([T, T]);
  const norm = (x: Array, g: Array): Array => {
    const square = np.mean(np.square(x.ref), -1, { keepdims: true });
    return x.div(np.sqrt(square.add(1e-5))).mul(g);
  };
  const lossOf = (all: Array[], words: Array, targets: Array): Array => {
    const [E, P, last, ...rest] = all as [Array, Array, Array, ...Array[]];
    let x = np.matmul(words, E.ref).reshape([B, T, D]).add(P);
    for (let layer = 0; layer < layers; layer++) {
      const [norm1, qkv, out, norm2, up, bias, down] = rest.slice(layer * IN_BLOCK) as [Array, Array, Array, Array, Array, Array, Array];
      const heads = np
        .matmul(norm(x.ref, norm1).reshape([B * T, D]), qkv)
        .reshape([B, T, 3, H, hd])
        .transpose([2, 0, 3, 1, 4]);
      const [q, k, v] = [heads.ref.slice(0), heads.ref.slice(1), heads.slice(2)];
      const weightsOf = nn.softmax(
        np
          .matmul(q, k.transpose([0, 1, 3, 2]))
          .mul(1 / Math.sqrt(hd))
          .add(mask.ref),
        -1,
      );
      const mixed = np
        .matmul(weightsOf, v)
        .transpose([0, 2, 1, 3])
        .reshape([B * T, D]);
      x = x.add(np.matmul(mixed, out).reshape([B, T, D]));
      const inner = nn.relu(np.matmul(norm(x.ref, norm2).reshape([B * T, D]), up).add(bias));
      x = x.add(np.matmul(inner, down).reshape([B, T, D]));
    }
    const logits = np.matmul(norm(x, last).reshape([B * T, D]), E.transpose([1, 0]));
    return nn
      .logSoftmax(logits, -1)
      .mul(targets)
      .sum()
      .mul(-1 / (B * T));
  };
  const loss = jit(lossOf);
  const slope = jit(valueAndGrad(lossOf));
  const { rate, beta1, beta2, epsilon, clip } = ADAM;
  const adam = jit((now: Array[], m: Array[], s: Array[], gradients: Array[], c1: Array, c2: Array) => {
    const length = np.sqrt(gradients.map((gradient) => np.square(gradient.ref).sum()).reduce((sum, square) => sum.add(square)));
    const factor = np.minimum(np.array(clip).div(length), 1);
    const clipped = gradients.map((gradient) => gradient.mul(factor.ref));
    factor.dispose();
    const nextMeans = m.map((mean, i) => mean.mul(beta1).add(clipped[i]!.ref.mul(1 - beta1)));
    const nextSquares = s.map((square, i) => square.mul(beta2).add(np.square(clipped[i]!).mul(1 - beta2)));
    const next = now.map((weight, i) =>
      weight.sub(
        nextMeans[i]!.ref.mul(rate)
          .div(c1.ref)
          .div(np.sqrt(nextSquares[i]!.ref.div(c2.ref)).add(epsilon)),
      ),
    );
    c1.dispose();
    c2.dispose();
    return [next, nextMeans, nextSquares];
  });

  /** Row by row a one at the place of each token. */
  const ones = (tokens: readonly number[]): Array => {
    const numbers = new Float32Array(tokens.length * V);
    tokens.forEach((token, row) => (numbers[row * V + token] = 1));
    return np.array(numbers).reshape([tokens.length, V]);
  };
  const data = batches.map((batch) => ({
    words: ones(batch.flatMap((tokens) => tokens.slice(0, -1))),
    targets: ones(batch.flatMap((tokens) => tokens.slice(1))),
  }));
  const of = (batch: number): (typeof data)[number] => {
    const { words, targets } = data[batch % data.length]!;
    return { words: words.ref, targets: targets.ref };
  };
  const number = async (array: Array): Promise<number> => (await array.data())[0] ?? NaN;
  let power1 = 1;
  let power2 = 1;
  return {
    name: 'jax-js',
    async train(batch) {
      const { words, targets } = of(batch);
      const [value, gradients] = slope(tree.ref(parameters), words, targets) as [Array, Array[]];
      power1 *= beta1;
      power2 *= beta2;
      [parameters, means, squares] = adam(parameters, means, squares, gradients, np.array(1 - power1), np.array(1 - power2)) as [
        Array[],
        Array[],
        Array[],
      ];
      return number(value);
    },
    infer(batch) {
      const { words, targets } = of(batch);
      return number(loss(tree.ref(parameters), words, targets));
    },
  };
}
