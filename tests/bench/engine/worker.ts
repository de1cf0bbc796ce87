/** The race in a browser's worker. */
import type { TransformerConfig } from '../../../src/labs/nn/transformer.ts';
import { race } from './race.ts';

self.onmessage = ({ data }: MessageEvent<{ config: TransformerConfig; rounds: number; milliseconds: number }>) => {
  race(data.config, data.rounds, data.milliseconds).then(
    (speeds) => {
      postMessage({ speeds });
    },
    (error: unknown) => {
      postMessage({ error: String(error) });
    },
  );
};
