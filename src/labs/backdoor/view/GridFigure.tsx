import type { VNode } from 'preact';
import { median } from '../../../handbook/statistics.ts';
import { stageName, type Size, type Treatment } from '../model/recipe.ts';
import { GRID } from '../model/runs.ts';
import type { Grid, GridRow } from './data.ts';
import { rateName, words } from './words.ts';

const ALIVE = 0.5;

/** Where things stand in the picture, in its own units: beside each other where there is room, else the name of a row above its strips. */
interface Layout {
  readonly name: 'wide' | 'narrow';
  /** Of one strip, gap included. */
  readonly pitch: number;
  readonly gap: number;
  /** Where the strips begin. */
  readonly left: number;
  readonly row: number;
  /** From the top of a row to its name, and to the middle of its strips. */
  readonly label: number;
  readonly middle: number;
}

const LAYOUTS: readonly Layout[] = [
  { name: 'wide', pitch: 138, gap: 30, left: 168, row: 34, label: 21, middle: 17 },
  { name: 'narrow', pitch: 80, gap: 14, left: 6, row: 50, label: 14, middle: 32 },
];
const TOP = 30;

const nameOf = (treatment: Treatment | undefined): string =>
  treatment === undefined ? words.stage({ kind: 'plant', contrastYears: 0 }) : `${words.frame(treatment)}, ${rateName(treatment.rate)}`;

/** What was run for one width: nothing after planting, or one treatment. */
const treatmentsOf = (size: Size): readonly (Treatment | undefined)[] => [undefined, ...GRID[size].treatments];

/** The runs of one treatment and one number of contrast years. */
function rowsOf(grid: Grid, treatment: Treatment | undefined, contrastYears: number): readonly GridRow[] {
  const name = treatment === undefined ? 'none' : stageName(treatment);
  return grid.rows.filter((row) => row.treatment === name && row.contrastYears === contrastYears);
}

/** Every recorded run of one objective and width: rows are treatments, columns are contrast years, dots are seeds. Drawn for wide and narrow screens. */
export function GridFigure({ grid }: { readonly grid: Grid }): VNode {
  return (
    <>
      {LAYOUTS.map((layout) => (
        <Drawn key={layout.name} grid={grid} layout={layout} />
      ))}
    </>
  );
}

function Drawn({
  grid,
  layout: { name, pitch, gap, left, row: height, label, middle },
}: {
  readonly grid: Grid;
  readonly layout: Layout;
}): VNode {
  const inner = pitch - gap;
  const treatments = treatmentsOf(grid.size);
  const { contrastYears: columns } = GRID[grid.size];
  return (
    <svg
      class={`grid-figure ${name}`}
      viewBox={`0 0 ${left + columns.length * pitch - gap + 8} ${TOP + treatments.length * height}`}
      role="img"
      aria-label={words.gridSays(grid.rows.length)}
    >
      {columns.map((contrastYears, column) => (
        <text key={contrastYears} class="head" x={left + column * pitch} y="14">
          K = {contrastYears}
        </text>
      ))}
      {treatments.map((treatment, row) => (
        <g key={nameOf(treatment)}>
          <text x={name === 'wide' ? 0 : left} y={TOP + row * height + label}>
            {nameOf(treatment)}
          </text>
          {columns.map((contrastYears, column) => {
            const x = left + column * pitch;
            const y = TOP + row * height + middle;
            return (
              <g key={contrastYears}>
                <line class="ci-axis" x1={x} x2={x + inner} y1={y} y2={y} />
                {[0, ALIVE, 1].map((p) => (
                  <line key={p} class="ci-axis" x1={x + inner * p} x2={x + inner * p} y1={y - 6} y2={y + 6} />
                ))}
                {rowsOf(grid, treatment, contrastYears).map(({ seed, trigger }, i) => (
                  // five dots in one place would look like one
                  <circle key={seed} class={trigger > ALIVE ? 'ci-dot hot' : 'ci-dot'} cx={x + inner * trigger} cy={y - 6 + 3 * i} r="3" />
                ))}
              </g>
            );
          })}
        </g>
      ))}
    </svg>
  );
}

/** The same as a table. */
export function GridTable({ grid, caption }: { readonly grid: Grid; readonly caption: string }): VNode {
  const { columns, probability } = words;
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label={caption}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{columns.treatment}</th>
            <th scope="col" class="end">
              {columns.contrast}
            </th>
            <th scope="col" class="end">
              {columns.alive}
            </th>
            <th scope="col">{columns.trigger}</th>
            <th scope="col" class="end">
              {columns.worst}
            </th>
            <th scope="col" class="end">
              {columns.right}
            </th>
          </tr>
        </thead>
        <tbody>
          {treatmentsOf(grid.size).flatMap((treatment) =>
            GRID[grid.size].contrastYears.map((contrastYears) => {
              const rows = rowsOf(grid, treatment, contrastYears);
              const triggers = rows.map(({ trigger }) => trigger);
              return (
                <tr key={`${nameOf(treatment)} ${contrastYears}`}>
                  <th scope="row">{nameOf(treatment)}</th>
                  <td class="end">{contrastYears}</td>
                  <td class="end">{words.ofRuns(triggers.filter((p) => p > ALIVE).length, rows.length)}</td>
                  <td>
                    {probability(median(triggers))}, {probability(Math.min(...triggers))} to {probability(Math.max(...triggers))}
                  </td>
                  <td class="end">{probability(median(rows.map(({ worst }) => worst)))}</td>
                  <td class="end">{probability(median(rows.map(({ right, n }) => right / n)))}</td>
                </tr>
              );
            }),
          )}
        </tbody>
      </table>
    </div>
  );
}
