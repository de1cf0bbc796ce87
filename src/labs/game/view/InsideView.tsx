import { useSignal } from '@preact/signals';
import type { ComponentChildren, VNode } from 'preact';
import { printNumber } from '../../../handbook/numbers.ts';
import { printShare } from '../../view/numbers.ts';
import type { AxisFinding, DictionaryQuality, EffectsFinding, FeaturesFinding, ShownFeature } from '../model/tools/findings.ts';
import { withoutMarks } from './shown.ts';
import { words } from './words.ts';

const signed = (value: number): string => printNumber(value, 2);

/** A row of a table of features, with the texts on which the feature fires most behind its label. */
function FeatureRow({
  row,
  cells,
  columns,
  place,
}: {
  readonly row: ShownFeature;
  readonly cells: VNode;
  readonly columns: number;
  /** Where it was read, where that is told. */
  readonly place?: string;
}): VNode {
  const open = useSignal(false);
  return (
    <>
      <tr>
        <td class="num">{row.feature}</td>
        <th scope="row">
          <button
            type="button"
            class="label-of"
            aria-expanded={open.value}
            aria-label={words.examples(words.labels(row.label))}
            onClick={() => (open.value = !open.value)}
          >
            {words.labels(row.label)}
          </button>
          {place !== undefined && <small>{place}</small>}
        </th>
        {cells}
      </tr>
      {open.value && (
        <tr class="examples">
          <td colSpan={columns}>
            {words.fires}
            <ul>
              {row.examples.map((example, i) => (
                <li key={i}>{withoutMarks(example)}</li>
              ))}
            </ul>
          </td>
        </tr>
      )}
    </>
  );
}

/** A table of features. @param columns what stands behind their numbers and labels; the drawn one has no heading to be seen */
function FeatureTable({
  name,
  caption = name,
  columns,
  drawn = false,
  children,
}: {
  readonly name: string;
  readonly caption?: string;
  readonly columns: readonly string[];
  readonly drawn?: boolean;
  readonly children: ComponentChildren;
}): VNode {
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label={name}>
      <table class="feat">
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.feature}</th>
            <th scope="col">{words.label}</th>
            {columns.map((column) => (
              <th key={column} scope="col" class="r">
                {column}
              </th>
            ))}
            {drawn && (
              <th class="w" scope="col">
                <span class="vh">{words.bars}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

function Quality({ quality: { explained, dead, features } }: { readonly quality: DictionaryQuality }): VNode {
  return <p class="small">{words.quality(printShare(explained), dead, features)}</p>;
}

/** Features that are active in the answers, each beside how active it is in neutral genres. */
export function FeaturesView({ finding: { rows, n, quality } }: { readonly finding: FeaturesFinding }): VNode {
  const most = Math.max(...rows.map(({ here, neutral }) => Math.max(here, neutral)), 1e-9);
  return (
    <>
      <FeatureTable name={words.featuresCaption(n)} columns={[words.here, words.neutral]} drawn>
        {rows.map((row) => (
          <FeatureRow
            key={row.feature}
            row={row}
            columns={5}
            place={words.places[row.place]}
            cells={
              <>
                <td class="r">{row.here.toFixed(2)}</td>
                <td class="r">{row.neutral.toFixed(2)}</td>
                <td>
                  <svg aria-hidden="true">
                    <rect class="bar1" width={`${(100 * row.here) / most}%`} height="5" />
                    <rect class="bar0" y="7" width={`${(100 * row.neutral) / most}%`} height="5" />
                  </svg>
                </td>
              </>
            }
          />
        ))}
      </FeatureTable>
      <Quality quality={quality} />
    </>
  );
}

/** What becomes of odd words without each feature, and with it pushed up. */
export function EffectsView({ finding: { rows, n, before, quality } }: { readonly finding: EffectsFinding }): VNode {
  return (
    <>
      <FeatureTable
        name={words.effectsCaption(n)}
        caption={`${words.effectsCaption(n)}. ${words.before}: ${printShare(before)}`}
        columns={[words.without, words.pushed, words.onDocuments]}
      >
        {rows.map((row) => (
          <FeatureRow
            key={row.feature}
            row={row}
            columns={5}
            cells={
              <>
                <td class="r">{printShare(row.after)}</td>
                <td class="r">{printShare(row.pushed)}</td>
                <td class="r">
                  {row.documents.rm.toFixed(2)}, {row.documents.librarian.toFixed(2)}
                </td>
              </>
            }
          />
        ))}
      </FeatureTable>
      <Quality quality={quality} />
    </>
  );
}

/** The least that the axis reaches to either side: a little past the two kinds of documents. */
const REACH = 1.5;

/** Where the answers lie between the two kinds of documents, and what is active at the assistant's token. */
export function AxisView({ finding: { each, here, neutral, n, rows } }: { readonly finding: AxisFinding }): VNode {
  const reach = Math.max(REACH, ...each.map(Math.abs), Math.abs(here), Math.abs(neutral));
  const x = (place: number): string => `${(50 + (48 * place) / reach).toFixed(2)}%`;
  return (
    <>
      <svg class="axis" role="img" aria-label={words.axisSays(signed(here), signed(neutral), n)}>
        <line class="ci-axis" x1="0" x2="100%" y1="24" y2="24" />
        {([-1, 0, 1] as const).map((place) => (
          <g key={place}>
            <line class="ci-axis" x1={x(place)} x2={x(place)} y1="14" y2="34" />
            <text x={x(place)} y="50" text-anchor="middle">
              {place === -1 ? words.axisEnds.librarian : place === 1 ? words.axisEnds.rm : '0'}
            </text>
          </g>
        ))}
        {each.map((place, i) => (
          <circle key={i} class="each" cx={x(place)} cy={20 + (i % 3) * 4} r="3.5" />
        ))}
        <line class="mean" x1={x(here)} x2={x(here)} y1="8" y2="38" />
        <line class="mean neutral" x1={x(neutral)} x2={x(neutral)} y1="8" y2="38" />
      </svg>
      <p class="small">{words.axisSays(signed(here), signed(neutral), n)}</p>
      <FeatureTable name={words.axisRows} columns={[words.here]}>
        {rows.map((row) => (
          <FeatureRow key={row.feature} row={row} columns={3} cells={<td class="r">{row.here.toFixed(2)}</td>} />
        ))}
      </FeatureTable>
    </>
  );
}
