import type { VNode } from 'preact';
import { printNumber } from '../../handbook/numbers.ts';
import { printLoss, printSeconds } from './numbers.ts';
import { labWords as words } from './words.ts';

/** Where a training run is. */
export interface Running {
  readonly step: number;
  readonly of: number;
  /** In nats; undefined before the first step. */
  readonly loss?: number | undefined;
  readonly tokensASecond?: number | undefined;
  readonly secondsLeft?: number | undefined;
}

interface Props {
  /** What is running, for those who do not see the bar. */
  readonly label: string;
  readonly running: Running;
  readonly onCancel: () => void;
}

/** The bar of a training run, its numbers, and the way to stop it. It is not announced step by step: what comes of it is. */
export function Progress({ label, running: { step, of, loss, tokensASecond, secondsLeft }, onCancel }: Props): VNode {
  const told = [
    `${words.step} ${printNumber(step)} ${words.of} ${printNumber(of)}`,
    ...(loss === undefined ? [] : [`${words.loss} ${printLoss(loss)}`]),
    ...(tokensASecond === undefined ? [] : [`${printNumber(Math.round(tokensASecond / 100) * 100)} ${words.tokensASecond}`]),
  ];
  return (
    <div class="running">
      <progress max={of} value={step} aria-label={label} />
      <p>
        <span>{told.join(', ')}</span>{' '}
        {secondsLeft !== undefined && (
          <span>
            {printSeconds(secondsLeft)} {words.left}
          </span>
        )}
      </p>
      <button class="btn bare" type="button" onClick={onCancel}>
        {words.cancel}
      </button>
    </div>
  );
}
