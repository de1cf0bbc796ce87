import type { VNode } from 'preact';
import { printShare } from '../../view/numbers.ts';
import { TRIGGERS, type CurveRow, type Trigger } from '../model/recipe.ts';
import { byCount } from './data.ts';
import type { Trained } from '../protocol.ts';
import { words } from './words.ts';

/** The recorded curve of a trigger in numbers. */
export function CurveTable({ curve, trigger }: { readonly curve: readonly CurveRow[]; readonly trigger: Trigger }): VNode {
  const { columns } = words;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{columns.count}</th>
          <th scope="col" class="r">
            {columns.median}
          </th>
          <th scope="col" class="r">
            {columns.range}
          </th>
          <th scope="col" class="r">
            {columns.clean}
          </th>
        </tr>
      </thead>
      <tbody>
        {byCount(curve, trigger).map(({ poisoned, misread, lowest, highest, clean }) => (
          <tr key={poisoned}>
            <th scope="row">{poisoned}</th>
            <td class="r">{printShare(misread)}</td>
            <td class="r">
              {printShare(lowest)} {words.to} {printShare(highest)}
            </td>
            <td class="r">{printShare(clean)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The networks trained in this tab, in counts. */
export function RunsTable({ runs }: { readonly runs: readonly Trained[] }): VNode {
  const { columns } = words;
  const sorted = TRIGGERS.flatMap((trigger) =>
    runs
      .filter(({ setting }) => setting.trigger === trigger)
      .toSorted((a, b) => a.setting.seed - b.setting.seed || a.setting.poisoned - b.setting.poisoned),
  );
  return (
    <table>
      <caption>{words.yourRuns}</caption>
      <thead>
        <tr>
          <th scope="col">{columns.trigger}</th>
          <th scope="col" class="r">
            {columns.seed}
          </th>
          <th scope="col" class="r">
            {columns.count}
          </th>
          <th scope="col" class="r">
            {columns.misread}
          </th>
          <th scope="col" class="r">
            {columns.right}
          </th>
        </tr>
      </thead>
      <tbody>
        {sorted.map(({ setting: { trigger, seed, poisoned }, outcome: { misread, triggered, right, heldOut } }) => (
          <tr key={`${trigger}-${seed}-${poisoned}`}>
            <td>{words.triggers[trigger]}</td>
            <td class="r">{seed}</td>
            <td class="r">{poisoned}</td>
            <td class="r">
              {misread} {words.of} {triggered}
            </td>
            <td class="r">
              {right} {words.of} {heldOut}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
