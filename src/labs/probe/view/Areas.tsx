import type { VNode } from 'preact';
import { printShare } from '../../view/numbers.ts';
import type { Known } from './session.ts';
import { words } from './words.ts';

interface Props {
  readonly label: string;
  /** The area, or the span where it is one of many. */
  readonly shown: string;
  readonly low: number;
  readonly high: number;
  /** Where the dot stands, or the tick of a median. */
  readonly at?: number;
  readonly mark?: 'dot' | 'hot' | 'tick';
  readonly says: string;
}

/** An area under a curve on the line from 0 to 1. Stands in a `<dl class="rates">`, like a rate. */
function Area({ label, shown, low, high, at, mark, says }: Props): VNode {
  const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;
  const hot = mark === 'hot' ? ' hot' : '';
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <b>{shown}</b>
      </dd>
      <dd class="ci">
        <svg aria-hidden="true">
          <line class="ci-axis" x1="0" x2="100%" y1="9" y2="9" />
          {[0, 0.5, 1].map((share) => (
            <line key={share} class="ci-axis" x1={percent(share)} x2={percent(share)} y1="5" y2="13" />
          ))}
          <line class={`ci-line${hot}`} x1={percent(low)} x2={percent(high)} y1="9" y2="9" />
          {at !== undefined && mark === 'tick' && <line class="ci-line" x1={percent(at)} x2={percent(at)} y1="4" y2="14" />}
          {at !== undefined && mark !== 'tick' && <circle class={`ci-dot${hot}`} cx={percent(at)} cy="9" r="4.5" />}
        </svg>
        {says}
      </dd>
    </div>
  );
}

/** The AUROC of the probe, and beside it, always, what chance does and what somebody does who knows the labels. */
export function Areas({ known }: { readonly known: Known }): VNode {
  const { auroc, detail, random, shuffled, ceiling, asHigh, telling } = known;
  const interval = detail?.interval;
  return (
    <>
      <dl class="rates">
        <Area
          label={words.probe}
          shown={printShare(auroc)}
          low={interval?.low ?? auroc}
          high={interval?.high ?? auroc}
          at={auroc}
          mark="hot"
          says={
            detail === undefined
              ? ''
              : words.interval(detail.interval.low, detail.interval.high, detail.triggered.length, detail.others.length)
          }
        />
        <Area
          label={words.random}
          shown={words.span(random.low, random.high)}
          {...random}
          at={random.median}
          mark="tick"
          says={words.randomSays(random.median, asHigh)}
        />
        <Area label={words.shuffled} shown={words.span(shuffled.low, shuffled.high)} {...shuffled} says={words.shuffledSays} />
        <Area
          label={words.ceiling}
          shown={printShare(ceiling)}
          low={ceiling}
          high={ceiling}
          at={ceiling}
          mark="dot"
          says={words.ceilingSays}
        />
      </dl>
      {auroc < 0.5 ? <p class="verdict-line">{words.wrongWay}</p> : !telling && <p class="verdict-line">{words.proves}</p>}
    </>
  );
}
