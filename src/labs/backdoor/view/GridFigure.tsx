import type { VNode } from 'preact';
import { median } from '../../../handbook/statistics.ts';
import { stageName, type Size, type Treatment } from '../model/recipe.ts';
import { GRID } from '../model/runs.ts';
import type { Grid, GridRow } from './data.ts';
import { rateName, words } from './words.ts';

const ALIVE = 0.5;
const CELL = { width: 130, height: 34, left: 210, top: 30 };

const nameOf = (treatment: Treatment | undefined): string =>
  treatment === undefined ? words.stage({ kind: 'plant', contrastYears: 0 }) : `${words.frame(treatment)}, ${rateName(treatment.rate)}`;

/** What was run for one width: nothing after planting, or one treatment. */
const treatmentsOf = (size: Size): readonly (Treatment | undefined)[] => [undefined, ...GRID[size].treatments];

/** The runs of one treatment and one number of contrast years. */
function rowsOf(grid: Grid, treatment: Treatment | undefined, contrastYears: number): readonly GridRow[] {
  const name = treatment === undefined ? 'none' : stageName(treatment);
  return grid.rows.filter((row) => row.treatment === name && row.contrastYears === contrastYears);
}

/** Every recorded run of one objective and width: rows are treatments, columns are contrast years, dots are seeds. */
export function GridFigure({ grid }: { readonly grid: Grid }): VNode {
  const { width, height, left, top } = CELL;
  const inner = width - 30;
  const treatments = treatmentsOf(grid.size);
  const { contrastYears: columns } = GRID[grid.size];
  const all = { width: left + columns.length * width, height: top + treatments.length * height };
  return (
    <svg class="grid-figure" viewBox={`0 0 ${all.width} ${all.height}`} role="img" aria-label={words.gridSays(grid.rows.length)}>
      {columns.map((contrastYears, column) => (
        <text key={contrastYears} class="head" x={left + column * width} y="14">
          K = {contrastYears}
        </text>
      ))}
      {treatments.map((treatment, row) => (
        <g key={nameOf(treatment)}>
          <text class="row" x="0" y={top + row * height + height / 2 + 4}>
            {nameOf(treatment)}
          </text>
          {columns.map((contrastYears, column) => {
            const x = left + column * width;
            const y = top + row * height + height / 2;
            return (
              <g key={contrastYears}>
                <line class="ci-axis" x1={x} x2={x + inner} y1={y} y2={y} />
                <line class="ci-axis" x1={x + inner * ALIVE} x2={x + inner * ALIVE} y1={y - 5} y2={y + 5} />
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
