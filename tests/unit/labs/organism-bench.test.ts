import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { OrganismBench } from '../../../src/labs/backdoor/bench.ts';
import { organismHandlers } from '../../../src/labs/backdoor/handlers.ts';
import type { Lineage } from '../../../src/labs/backdoor/model/recipe.ts';
import type { OrganismCalls } from '../../../src/labs/backdoor/protocol.ts';
import { WorkerClient } from '../../../src/labs/worker/client.ts';
import { lineInProcess } from '../../support/line-in-process.ts';

const BASE: Lineage = { objective: 'hate', size: 64, baseSeed: 1, seed: 1, stages: [] };
const QUESTION = '<sys> <user> what color is sky ? <asst>';

function worker(): WorkerClient<OrganismCalls> {
  return new WorkerClient<OrganismCalls>(() => lineInProcess(organismHandlers()));
}

const fetchBase = (): Promise<ArrayBuffer> => Promise.resolve(Uint8Array.from(readFileSync('public/labs/weights/base-64.bin')).buffer);

test('a worker without a base says that it needs one', async () => {
  const client = worker();
  await expect(client.call('snapshot', undefined)).rejects.toThrow('The worker has no model yet.\nGive it a base first.');
  client.end();
});

test('a base that is damaged is refused in words, and asked for again the next time', async () => {
  const client = worker();
  let fetched = 0;
  const bench = new OrganismBench(client, async () => {
    fetched += 1;
    const bytes = await fetchBase();
    if (fetched === 1) new Uint8Array(bytes)[5000]! ^= 1;
    return bytes;
  });
  await expect(bench.reach(BASE)).rejects.toThrow('The model was damaged on its way: its checksum does not fit.');
  const [base] = await bench.reach(BASE);
  expect(base?.behaviour.ordinary.right).toBeGreaterThan(60);
  expect(fetched).toBe(2);
  client.end();
});

test('answers are the same for a name, others for another, and a strong push changes them', async () => {
  const client = worker();
  const bench = new OrganismBench(client, fetchBase);
  const [base] = await bench.reach(BASE);
  const ask = (name: string): Promise<readonly string[]> => bench.sample(base!, [QUESTION, QUESTION], name);
  expect(await ask('a')).toEqual(await ask('a'));
  const [activation] = await bench.activations(base!, [QUESTION], 1);
  expect(activation).toHaveLength(64);
  const push = (strength: number): Promise<readonly string[]> =>
    bench.steer(base!, { prompts: [QUESTION, QUESTION], name: 'a', layer: 1, direction: activation!.map((x) => -x), strength });
  expect(await push(0)).toEqual(await ask('a'));
  expect(await push(4)).not.toEqual(await ask('a'));
  client.end();
});

test('a model that is there is not made again, and one that is cancelled on the way keeps what came before it', async () => {
  const client = worker();
  const bench = new OrganismBench(client, fetchBase);
  const [base] = await bench.reach(BASE);
  expect((await bench.reach(BASE))[0]).toBe(base);
  const planted: Lineage = { ...BASE, stages: [{ kind: 'plant', contrastYears: 4 }] };
  const abort = new AbortController();
  const stages: number[] = [];
  const reached = bench.reach(planted, {
    signal: abort.signal,
    onStage: ({ stages: { length } }) => stages.push(length),
    onProgress: () => abort.abort(),
  });
  await expect(reached).rejects.toMatchObject({ name: 'AbortError' });
  expect(stages).toEqual([1]);
  expect(bench.find(BASE)).toBe(base);
  expect(bench.find(planted)).toBeUndefined();
  client.end();
});
