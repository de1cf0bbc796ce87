import { RUNS as BACKDOOR_RUNS, SHIPPED as BACKDOOR_SHIPPED } from '../backdoor/model/runs.ts';
import { RUNS as GAME_TOOL_RUNS } from '../game/model/audits.ts';
import { RUNS as GAME_RUNS, SHIPPED as GAME_SHIPPED } from '../game/model/runs.ts';
import { RUNS as TUTORIAL_RUNS } from '../game/tutorial-run.ts';
import { RUNS as POISONING_RUNS } from '../poisoning/model/runs.ts';
import { RUNS as PROBE_RUNS } from '../probe/model/runs.ts';
import { RUNS as SAE_RUNS, SHIPPED as SAE_SHIPPED } from '../sae/model/runs.ts';
import type { RecordedRun, ShippedModel } from './recorded.ts';

/** Every model that the site ships. */
export const SHIPPED_MODELS: readonly ShippedModel[] = [...BACKDOOR_SHIPPED, ...GAME_SHIPPED, ...SAE_SHIPPED];

/** Every run that the book may quote. */
export const RUNS: readonly RecordedRun[] = [
  ...BACKDOOR_RUNS,
  ...POISONING_RUNS,
  ...PROBE_RUNS,
  ...GAME_RUNS,
  ...GAME_TOOL_RUNS,
  ...TUTORIAL_RUNS,
  ...SAE_RUNS,
];
