import type { VNode } from 'preact';
import { Scroll } from '../../probe/view/frames.tsx';
import { Provenance } from '../../view/Provenance.tsx';
import type { SaeData } from './data.ts';
import type { Session } from './session.ts';
import { words } from './words.ts';

const SIDES = ['rm', 'librarian'] as const;

/** Which features fine-tuning changed most, and whether those for whose taste are among them. */
export function Drift({ session, data }: { readonly session: Session; readonly data: SaeData }): VNode {
  const { drift, drifted, taste, tasteFeatures } = data;
  return (
    <div class="under drift">
      <h2 class="label">
        {words.drift} <Provenance as="recorded" />
      </h2>
      <div>
        {SIDES.map((side) => {
          const own = drift.filter(({ organism }) => organism === side);
          const rank = own.findIndex(({ feature }) => tasteFeatures[side].includes(feature));
          return (
            <p key={side} class="told">
              {words.driftSays(words.organisms[side], rank < 0 ? undefined : rank + 1, own[rank]?.feature)}
            </p>
          );
        })}
        <p class="told">{words.driftOver(drifted, taste.length)}</p>
        <p class="aside">{words.driftNote}</p>
        <details class="data" open={session.tables.value}>
          <summary>{words.driftTable}</summary>
          <Scroll label={words.driftTable}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{words.columns.organism}</th>
                  <th scope="col" class="r">
                    {words.columns.feature}
                  </th>
                  <th scope="col">{words.columns.label}</th>
                  <th scope="col" class="r">
                    {words.columns.base}
                  </th>
                  <th scope="col" class="r">
                    {words.columns.after}
                  </th>
                </tr>
              </thead>
              <tbody>
                {drift.map(({ organism, feature, label, base, after }) => (
                  <tr key={`${organism} ${feature}`}>
                    <th scope="row">{words.organisms[organism]}</th>
                    <td class="r">{feature}</td>
                    <td>{words.labelled(label)}</td>
                    <td class="r">{base.toFixed(2)}</td>
                    <td class="r">{after.toFixed(2)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        </details>
      </div>
    </div>
  );
}
