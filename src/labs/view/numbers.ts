import { NBSP } from '../../handbook/numbers.ts';

/** A share in [0, 1] as labs print it, to two decimals and without the zero in front: .98, 1.00. */
export function printShare(share: number): string {
  return share.toFixed(2).replace(/^0/, '');
}

/** A loss in nats: two decimals, and two digits where it is small. */
export function printLoss(loss: number): string {
  return (loss < 0.01 ? loss.toPrecision(1) : loss.toFixed(2)).replace(/^0/, '');
}

/** A time left in seconds: to a tenth below ten seconds. */
export function printSeconds(seconds: number): string {
  return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)}${NBSP}s`;
}
