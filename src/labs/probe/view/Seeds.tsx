import type { VNode } from 'preact';
import { printShare } from '../../view/numbers.ts';
import { PAIR_NAMES } from '../model/pairs.ts';
import type { Recorded } from './data.ts';
import { NARROW, round, Scroll, Twice, WIDE, type Frame } from './frames.tsx';
import type { LiveModel } from './session.ts';
import type { PairChoice } from './settings.ts';
import { words } from './words.ts';

interface Props {
  readonly recorded: Recorded | undefined;
  readonly live: readonly LiveModel[];
  /** The pair that is chosen. */
  readonly pair: PairChoice;
}

/** A row: what was recorded of a direction, what was found in this tab, and what chance does. */
interface Line {
  readonly id: PairChoice | 'ceiling' | 'random';
  readonly title: string;
  readonly recorded: readonly number[];
  readonly live: readonly number[];
  readonly chance: { readonly low: number; readonly high: number } | undefined;
}

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, x) => sum + x, 0) / numbers.length;

function linesOf({ recorded, live }: Props): Line[] {
  const inTab = (id: PairChoice | 'ceiling'): number[] => live.flatMap(({ aurocs }) => aurocs[id] ?? []);
  const own = inTab('own');
  return [
    ...PAIR_NAMES.map((id) => ({
      id,
      title: words.pairs[id],
      recorded: recorded?.aurocs[id] ?? [],
      live: inTab(id),
      chance: recorded === undefined ? undefined : { low: mean(recorded.shuffled[id].low), high: mean(recorded.shuffled[id].high) },
    })),
    ...(own.length === 0 ? [] : [{ id: 'own' as const, title: words.pairs.own, recorded: [], live: own, chance: undefined }]),
    {
      id: 'random',
      title: words.random,
      recorded: [],
      live: [],
      chance: recorded === undefined ? undefined : { low: mean(recorded.random.low), high: mean(recorded.random.high) },
    },
    { id: 'ceiling', title: words.ceiling, recorded: recorded?.aurocs.ceiling ?? [], live: inTab('ceiling'), chance: undefined },
  ];
}

const ROW = { wide: 34, narrow: 46 } as const;
const TOP = 24;
const FOOT = 22;

/** The AUROC of every direction in every model. */
export function SeedsFigure(props: Props): VNode {
  const lines = linesOf(props);
  const says = lines.map(({ title, recorded, live }) => words.seedsSay(title, [...recorded, ...live])).join('. ');
  return (
    <Twice
      name="seeds"
      says={says}
      frames={[
        { ...WIDE, width: 700, height: TOP + FOOT + lines.length * ROW.wide },
        { ...NARROW, height: TOP + FOOT + lines.length * ROW.narrow },
      ]}
      draw={(frame) => <Drawing lines={lines} chosen={props.pair} frame={frame} />}
    />
  );
}

function Drawing({ lines, chosen, frame }: { readonly lines: readonly Line[]; readonly chosen: PairChoice; readonly frame: Frame }): VNode {
  const { form, width, height } = frame;
  const [left, right] = form === 'wide' ? [310, width - 16] : [14, width - 14];
  const x = (auroc: number): number => round(left + (right - left) * auroc);
  return (
    <>
      {[0, 0.5, 1].map((auroc) => (
        <g key={auroc}>
          <line class={auroc === 0.5 ? 'coin' : 'grid'} x1={x(auroc)} x2={x(auroc)} y1={TOP - 6} y2={height - FOOT} />
          <text class="middle" x={x(auroc)} y={height - 5}>
            {printShare(auroc)}
          </text>
        </g>
      ))}
      <text class="middle" x={x(0.25)} y="12">
        {words.wrongSide}
      </text>
      <text class="middle" x={x(0.75)} y="12">
        {words.rightSide}
      </text>
      {lines.map(({ id, title, recorded, live, chance }, i) => {
        const top = TOP + i * ROW[form];
        const y = form === 'wide' ? top + ROW.wide / 2 : top + 32;
        return (
          <g key={id}>
            <text class={id === chosen ? 'row chosen' : 'row'} x={form === 'wide' ? 0 : left} y={form === 'wide' ? y + 4 : top + 16}>
              {title}
            </text>
            {chance !== undefined && (
              <rect class="band" x={x(chance.low)} y={y - 8} width={round(x(chance.high) - x(chance.low))} height="16" />
            )}
            <line class="grid" x1={x(0)} x2={x(1)} y1={y} y2={y} />
            {recorded.map((auroc, seed) => (
              // dots in one place would look like one
              <circle key={seed} class="theirs" cx={x(auroc)} cy={y + 3 * ((seed % 3) - 1)} r="4" />
            ))}
            {live.map((auroc, seed) => (
              <circle key={`live-${seed}`} class="mine" cx={x(auroc)} cy={y + 3 * ((seed % 3) - 1)} r="4.5" />
            ))}
          </g>
        );
      })}
    </>
  );
}

/** The same as a table. */
export function SeedsTable(props: Props): VNode {
  const { columns } = words;
  const { recorded } = props;
  return (
    <Scroll label={words.seedsData}>
      <table>
        <thead>
          <tr>
            <th scope="col">{columns.pair}</th>
            <th scope="col" class="r">
              {columns.mean}
            </th>
            <th scope="col" class="r">
              {columns.range}
            </th>
            <th scope="col" class="r">
              {columns.right}
            </th>
            <th scope="col" class="r">
              {columns.asHigh}
            </th>
            <th scope="col" class="r">
              {columns.live}
            </th>
          </tr>
        </thead>
        <tbody>
          {linesOf(props).map(({ id, title, recorded: found, live, chance }) => {
            const high = recorded?.random.high ?? [];
            const counted = (is: (auroc: number, seed: number) => boolean): string =>
              found.length === 0 ? words.notRun : words.ofModels(found.filter(is).length, found.length);
            return (
              <tr key={id}>
                <th scope="row">{title}</th>
                <td class="r">{found.length === 0 ? words.notRun : printShare(mean(found))}</td>
                <td class="r">
                  {found.length > 0
                    ? words.span(Math.min(...found), Math.max(...found))
                    : id === 'random' && chance !== undefined
                      ? words.quantiles(chance.low, chance.high)
                      : words.notRun}
                </td>
                <td class="r">{counted((auroc) => auroc > 0.5)}</td>
                {/* a probe that knows the labels has no need to beat chance */}
                <td class="r">{id === 'ceiling' ? words.notRun : counted((auroc, seed) => auroc > high[seed]!)}</td>
                <td class="r">{live.length === 0 ? words.notRun : live.map((auroc) => printShare(auroc)).join(', ')}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroll>
  );
}
