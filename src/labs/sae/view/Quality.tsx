import type { VNode } from 'preact';
import { Provenance } from '../../view/Provenance.tsx';
import { printShare } from '../../view/numbers.ts';
import { Rate } from '../../view/Rate.tsx';
import { Scroll } from '../../probe/view/frames.tsx';
import type { RecordedQuality } from './data.ts';
import type { Session } from './session.ts';
import { words } from './words.ts';

/** How good the dictionary is that is looked at, with a random one beside it. */
export function QualityOf({ session, recorded }: { readonly session: Session; readonly recorded: readonly RecordedQuality[] }): VNode {
  const opened = session.opened.value;
  const { d } = session.address.state.value;
  return (
    <div class="see">
      <h2>
        <span>{words.quality}</span>
        {opened !== undefined && <Provenance as={opened.from} />}
      </h2>
      {opened === undefined ? (
        <p class="aside">{words.notTrained}</p>
      ) : (
        <>
          <table class="beside">
            <thead>
              <tr>
                <td />
                <th scope="col">{words.dictionaries[d].split(',')[0]}</th>
                <th scope="col">{words.besideRandom}</th>
              </tr>
            </thead>
            <tbody>
              <tr>
                <th scope="row">{words.explained}</th>
                <td>{printShare(opened.judgement.own.explained)}</td>
                <td>{printShare(opened.judgement.random.explained)}</td>
              </tr>
              <tr>
                <th scope="row">{words.activeAtOnce}</th>
                <td>{opened.judgement.own.active.toFixed(1)}</td>
                <td>{opened.judgement.random.active.toFixed(1)}</td>
              </tr>
              <tr>
                <th scope="row">{words.dead}</th>
                <td>{opened.judgement.own.dead}</td>
                <td>{opened.judgement.random.dead}</td>
              </tr>
            </tbody>
          </table>
          <dl class="rates">
            <Rate
              label={words.interpretable}
              k={opened.judgement.own.interpretable}
              n={opened.judgement.own.tested}
              unit={words.features}
              hot
            />
            <Rate
              label={words.besideRandom}
              k={opened.judgement.random.interpretable}
              n={opened.judgement.random.tested}
              unit={words.features}
            />
          </dl>
          <p class="aside">{words.testNote(opened.judgement.vectors)}</p>
        </>
      )}
      <details class="data" open={session.tables.value}>
        <summary>{words.qualityTable}</summary>
        <QualityTable recorded={recorded} />
      </details>
    </div>
  );
}

function QualityTable({ recorded }: { readonly recorded: readonly RecordedQuality[] }): VNode {
  const { columns } = words;
  return (
    <Scroll label={words.qualityTable}>
      <table>
        <thead>
          <tr>
            <th scope="col">{columns.world}</th>
            <th scope="col">{columns.trained}</th>
            {[columns.explained, columns.dead, columns.passed, columns.random, columns.randomPassed].map((column) => (
              <th key={column} scope="col" class="r">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {recorded.map(({ world, trained, own, random }) => (
            <tr key={`${world} ${trained}`}>
              <th scope="row">{world}</th>
              <td>{words.trainedOn[trained]}</td>
              <td class="r">{printShare(own.explained)}</td>
              <td class="r">{own.dead}</td>
              <td class="r">{words.ofCount(own.interpretable, own.tested)}</td>
              <td class="r">{printShare(random.explained)}</td>
              <td class="r">{words.ofCount(random.interpretable, random.tested)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
