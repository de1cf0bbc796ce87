/** One step of training that has just been made. */
export interface StepReport {
  /** From 1. */
  readonly step: number;
  readonly steps: number;
  /** Mean loss in nats; for reinforcement learning the mean reward, in [−1, 1]. */
  readonly loss: number;
  /** Tokens, or points, that went through the model in this step. */
  readonly tokens: number;
}

/** Training that goes one step each time it is asked to, so that it can be watched, paused and left. */
export type Training<Result = void> = Generator<StepReport, Result, void>;
