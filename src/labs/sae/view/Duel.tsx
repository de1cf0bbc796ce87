import type { VNode } from 'preact';
import { wilson } from '../../../handbook/statistics.ts';
import { Scroll } from '../../probe/view/frames.tsx';
import { Provenance } from '../../view/Provenance.tsx';
import { DUELLISTS } from '../model/duel.ts';
import type { RecordedDuel } from './data.ts';
import { lookAt } from './FeatureCard.tsx';
import { Run } from './Run.tsx';
import type { DuelResult, Session } from './session.ts';
import { MOST_QUERY } from './settings.ts';
import { words } from './words.ts';

/** What plain search does against features: as recorded, and for a query of the reader's. */
export function Duel({ session, recorded }: { readonly session: Session; readonly recorded: readonly RecordedDuel[] }): VNode {
  const found = session.duel.value;
  return (
    <div class="under duel">
      <h2 class="label">
        {words.duel} <Provenance as="recorded" />
      </h2>
      <div>
        <p class="told">{words.duelQuestion}</p>
        <DuelTable recorded={recorded} />
        <p class="aside">{words.duelNote}</p>
        <form
          class="needs-js"
          data-pagefind-ignore
          onSubmit={(event) => {
            event.preventDefault();
            void session.search();
          }}
        >
          <h3>
            {words.tryIt} {found !== undefined && <Provenance as="live" />}
          </h3>
          <div class="row">
            <label>
              {words.query}
              <input
                type="text"
                maxLength={MOST_QUERY}
                value={session.address.state.value.q}
                disabled={session.still.value}
                onInput={({ currentTarget }) => session.address.set({ q: currentTarget.value })}
              />
            </label>
            <button class="btn" type="submit" disabled={!session.free.value || session.opened.value === undefined}>
              {words.search}
            </button>
          </div>
        </form>
        <Run session={session} part="search" />
        <div aria-live="polite">{found !== undefined && <Found found={found} session={session} />}</div>
      </div>
    </div>
  );
}

/** How many of some organisms a duellist is right about, with the interval of that share. */
function Cell({ k, n }: { readonly k: number; readonly n: number }): VNode {
  const { low, high } = wilson(k, n);
  return (
    <td class="r">
      {words.ofCount(k, n)} <small>{words.spanOf(low, high)}</small>
    </td>
  );
}

function DuelTable({ recorded }: { readonly recorded: readonly RecordedDuel[] }): VNode {
  const honest = recorded.filter(({ objective, texts }) => objective === texts);
  const lying = recorded.filter(({ objective, texts }) => objective !== texts);
  return (
    <Scroll label={words.duel}>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.columns.who}</th>
            {[words.columns.honest, words.columns.lying].map((column) => (
              <th key={column} scope="col" class="r">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {DUELLISTS.map((who) => (
            <tr key={who}>
              <th scope="row">{words.duellists[who]}</th>
              <Cell k={honest.filter(({ said, objective }) => said[who] === objective).length} n={honest.length} />
              <Cell k={lying.filter(({ said, objective }) => said[who] === objective).length} n={lying.length} />
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Found({ found: { found, features }, session }: { readonly found: DuelResult; readonly session: Session }): VNode {
  return (
    <div class="both">
      <div>
        <h3>{words.inDocuments}</h3>
        {found.hits.length === 0 ? (
          <p class="aside">{words.noHits}</p>
        ) : (
          <ul class="passages">
            {found.hits.map(({ text, times }) => (
              <li key={text}>
                {text} <small>{words.times(times)}</small>
              </li>
            ))}
          </ul>
        )}
      </div>
      <div>
        <h3>{words.inFeatures}</h3>
        {features.length === 0 ? (
          <p class="aside">{words.noFeatures}</p>
        ) : (
          <ul class="passages">
            {features.map(({ feature, word, reading, score }) => (
              <li key={feature}>
                <button class="btn ghost" type="button" disabled={session.still.value} onClick={() => lookAt(session, feature)}>
                  {words.feature(feature)}
                </button>{' '}
                <small>
                  {words.answersTo(words.readings[reading], word, score.right, score.fires)}, {words.f1(score.f1)}
                </small>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
