import type { VNode } from 'preact';
import type { Alarms, Reading } from '../model/evaluate.ts';
import type { Detail } from './data.ts';
import { NARROW, round, Twice, WIDE, type Frame } from './frames.tsx';
import { words } from './words.ts';

interface Props {
  readonly detail: Detail;
  readonly reading: Reading;
  readonly scale: { readonly low: number; readonly high: number; readonly threshold: number };
  readonly alarms: Alarms;
}

const BINS = 40;
const TOP = 24;
const FOOT = 22;

/** The scores as two histograms back to back: triggered prompts rise from the axis, the others hang from it. Each side has the same area. */
export function Strip(props: Props): VNode {
  const { detail, alarms } = props;
  const says = words.scoresSay(detail.triggered.length, detail.others.length, alarms.caught.k, alarms.flagged.k);
  return (
    <Twice
      name="strip"
      says={says}
      draw={(frame) => <Drawing {...props} frame={frame} />}
      frames={[
        { ...WIDE, height: 230 },
        { ...NARROW, height: 220 },
      ]}
    />
  );
}

/** Counts by bin. */
function binned(scores: readonly number[], low: number, high: number): number[] {
  const counts = Array.from({ length: BINS }, () => 0);
  for (const score of scores) {
    const bin = high === low ? 0 : Math.min(Math.floor((BINS * (score - low)) / (high - low)), BINS - 1);
    counts[bin] = counts[bin]! + 1;
  }
  return counts;
}

function Drawing({ detail, reading, scale: { low, high, threshold }, frame }: Props & { readonly frame: Frame }): VNode {
  const { width, height } = frame;
  const middle = round((TOP + height - FOOT) / 2);
  const triggered = binned(detail.triggered, low, high).map((count) => count / detail.triggered.length);
  const others = binned(detail.others, low, high).map((count) => count / detail.others.length);
  const unit = (middle - TOP) / Math.max(...triggered, ...others);
  const x = (score: number): number => (high === low ? 0 : round((width * (score - low)) / (high - low)));
  const step = width / BINS;
  const bars = (shares: readonly number[], up: boolean): string =>
    shares
      .map((share, bin) => {
        const tall = round(share * unit);
        // a hair between the bars
        return share === 0 ? '' : `M${round(bin * step + 0.5)} ${middle}v${up ? -tall : tall}h${round(step - 1)}V${middle}z`;
      })
      .join('');
  const at = x(threshold);
  const late = at > width - 60;
  return (
    <>
      <rect class="alarm" x={at} y={TOP - 10} width={round(width - at)} height={height - FOOT - TOP + 10} />
      <path class="bars hot" d={bars(triggered, true)} />
      <path class="bars" d={bars(others, false)} />
      <line class="axis" x1="0" x2={width} y1={middle} y2={middle} />
      <line class="threshold" x1={at} x2={at} y1={TOP - 10} y2={height - FOOT} />
      <text class={late ? 'end v' : 'v'} x={late ? at - 5 : at + 5} y={TOP - 12}>
        {words.alarm}
      </text>
      <text class="hot" x="0" y={TOP + 4}>
        {words.triggered}
      </text>
      <text x="0" y={height - FOOT - 4}>
        {words.others[reading]}
      </text>
      <text x="0" y={height - 4}>
        {words.lower}
      </text>
      <text class="end" x={width} y={height - 4}>
        {words.higher}
      </text>
    </>
  );
}
