import type { Example, TransformerConfig } from '../../../src/labs/nn/transformer.ts';

/** The numbers of each parameter, by its name. */
export type Weights = ReadonlyMap<string, Float64Array>;

/** Rows of x times W[D, N]. */
function times(x: readonly (readonly number[])[], W: Float64Array): number[][] {
  return x.map((row) => {
    const N = W.length / row.length;
    return Array.from({ length: N }, (_, n) => row.reduce((sum, value, d) => sum + value * W[d * N + n]!, 0));
  });
}

const plus = (x: readonly (readonly number[])[], y: readonly (readonly number[])[]): number[][] =>
  x.map((row, r) => row.map((value, d) => value + y[r]![d]!));

const normed = (x: readonly (readonly number[])[], g: Float64Array): number[][] =>
  x.map((row) => {
    const inverse = 1 / Math.sqrt(row.reduce((sum, value) => sum + value * value, 0) / row.length + 1e-5);
    return row.map((value, d) => value * inverse * g[d]!);
  });

function softmax(logits: readonly number[]): number[] {
  const largest = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - largest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

/**
 * The transformer of src/labs/nn once more, from its description and in double precision: what the engine is held against.
 * @returns the distribution of the next token after each token of a text
 */
export function referenceNext({ width, layers, heads }: TransformerConfig, weights: Weights, text: readonly number[]): number[][] {
  const of = (name: string): Float64Array => weights.get(name)!;
  const row = (name: string, index: number): number[] => [...of(name).subarray(index * width, (index + 1) * width)];
  const hd = width / heads;
  let x = text.map((token, t) => row('embedding', token).map((value, d) => value + row('positions', t)[d]!));
  for (let layer = 0; layer < layers; layer++) {
    const qkv = times(normed(x, of(`${layer}.norm1`)), of(`${layer}.qkv`));
    const mixed = qkv.map((now, t) =>
      Array.from({ length: heads }, (_, h) => {
        const part = (of: readonly number[], which: number): readonly number[] =>
          of.slice(which * width + h * hd, which * width + (h + 1) * hd);
        const scores = qkv
          .slice(0, t + 1)
          .map((then) => part(then, 1).reduce((sum, k, i) => sum + k * part(now, 0)[i]!, 0) / Math.sqrt(hd));
        const attended = softmax(scores);
        return Array.from({ length: hd }, (_, i) => attended.reduce((sum, p, j) => sum + p * part(qkv[j]!, 2)[i]!, 0));
      }).flat(),
    );
    x = plus(x, times(mixed, of(`${layer}.out`)));
    const inner = times(normed(x, of(`${layer}.norm2`)), of(`${layer}.up`)).map((values) =>
      values.map((value, i) => Math.max(0, value + of(`${layer}.bias`)[i]!)),
    );
    x = plus(x, times(inner, of(`${layer}.down`)));
  }
  return normed(x, of('norm')).map((state) =>
    softmax(
      Array.from({ length: of('embedding').length / width }, (_, token) =>
        row('embedding', token).reduce((sum, value, d) => sum + value * state[d]!, 0),
      ),
    ),
  );
}

/** Σ weight · −ln p over the predictions of some texts, in nats. */
export function referenceLoss(config: TransformerConfig, weights: Weights, examples: readonly Example[]): number {
  return examples.reduce((loss, { tokens, weights: own }) => {
    const next = referenceNext(config, weights, tokens.slice(0, -1));
    return loss + next.reduce((sum, row, t) => sum - (own?.[t + 1] ?? 1) * Math.log(row[tokens[t + 1]!]!), 0);
  }, 0);
}
