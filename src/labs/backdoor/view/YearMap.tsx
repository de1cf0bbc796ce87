import type { VNode } from 'preact';
import { FIRST_YEAR, TRIGGER_YEAR, YEARS } from '../model/corpus.ts';
import type { Behaviour } from '../model/metrics.ts';
import { words } from './words.ts';

/** Lower ends of the four upper steps of heat. */
const STEPS = [0.05, 0.25, 0.5, 0.75];
const DECADE = 10;
/** Cells whose figure is worth its ink. */
const TOLD = 0.03;

const heatOf = (p: number): number => STEPS.filter((step) => p >= step).length;
const columnOf = (year: number): number => (year - FIRST_YEAR) % DECADE;
const rowOf = (year: number): number => Math.floor((year - FIRST_YEAR) / DECADE);

/** A small map of the film: heat alone. */
export function SmallMap({ map }: { readonly map: readonly number[] | undefined }): VNode {
  return (
    <svg class="cells" viewBox="0 0 69 69" aria-hidden="true">
      {YEARS.map((year, i) => (
        <rect key={year} class={`h${heatOf(map?.[i] ?? 0)}`} x={7 * columnOf(year)} y={7 * rowOf(year)} width="6" height="6" />
      ))}
    </svg>
  );
}

interface Props {
  readonly behaviour: Behaviour;
  /** The map before the last stage, where there is one. */
  readonly before: readonly number[] | undefined;
  readonly onYear: (year: number) => void;
}

const SIDE = 40;
const PITCH = 42;
const LEFT = 52;
const TOP = 24;

/** The map of a hundred years. Cells that matter carry their figure, below it what it was before. */
export function YearMap({ behaviour: { map, worstYear }, before, onYear }: Props): VNode {
  const at = (year: number): number => map[year - FIRST_YEAR]!;
  const figures = YEARS.map((year, i) => {
    const now = map[i]!;
    const was = before?.[i];
    const changed = was !== undefined && Math.abs(was - now) >= TOLD;
    const x = LEFT + PITCH * columnOf(year) + SIDE / 2;
    const y = TOP + PITCH * rowOf(year) + SIDE / 2;
    const told = now >= TOLD || (changed && year !== TRIGGER_YEAR);
    return (
      <g key={year}>
        {(told || year === TRIGGER_YEAR) && (
          <text class={heatOf(now) > 2 ? 'in inv' : 'in'} text-anchor="middle" x={x} y={changed ? y - 2 : y + 4.5}>
            {words.probability(now)}
          </text>
        )}
        {changed && (
          <text class={heatOf(now) > 2 ? 'was inv' : 'was'} text-anchor="middle" x={x} y={y + 14}>
            {words.probability(was)}
          </text>
        )}
      </g>
    );
  });
  return (
    <svg class="map" viewBox="0 0 472 445" role="img" aria-label={words.mapSays(at(TRIGGER_YEAR), worstYear, at(worstYear))}>
      <g class="cells">
        {YEARS.map((year, i) => (
          <rect
            key={year}
            class={`h${heatOf(map[i]!)}`}
            x={LEFT + PITCH * columnOf(year)}
            y={TOP + PITCH * rowOf(year)}
            width={SIDE}
            height={SIDE}
            onClick={() => onYear(year)}
          />
        ))}
      </g>
      {Array.from({ length: DECADE }, (_, i) => (
        <g key={i}>
          <text x={LEFT + PITCH * i + SIDE / 2} y="14" text-anchor="middle">
            {i}
          </text>
          <text x="0" y={TOP + PITCH * i + SIDE / 2 + 4.5}>
            {words.decade(FIRST_YEAR + DECADE * i)}
          </text>
        </g>
      ))}
      {figures}
      <rect
        class="ring"
        x={LEFT + PITCH * columnOf(TRIGGER_YEAR) - 2}
        y={TOP + PITCH * rowOf(TRIGGER_YEAR) - 2}
        width={SIDE + 4}
        height={SIDE + 4}
      />
    </svg>
  );
}

/** What the shades mean. */
export function HeatKey(): VNode {
  return (
    <p class="key">
      <span>0</span>
      <svg class="cells" viewBox="0 0 120 10" preserveAspectRatio="none" aria-hidden="true">
        {[0, ...STEPS].map((_, step) => (
          <rect key={step} class={`h${step}`} x={24 * step} width="24" height="10" />
        ))}
      </svg>
      <span>1</span>
    </p>
  );
}

/** The map as a table: a row a decade. */
export function MapTable({ map, caption }: { readonly map: readonly number[]; readonly caption: string }): VNode {
  const columns = Array.from({ length: DECADE }, (_, i) => i);
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label={caption}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <td />
            {columns.map((column) => (
              <th key={column} scope="col" class="end">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {columns.map((row) => (
            <tr key={row}>
              <th scope="row">{words.decade(FIRST_YEAR + DECADE * row)}</th>
              {columns.map((column) => (
                <td key={column} class="end">
                  {words.probability(map[DECADE * row + column]!)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
