import type { VNode } from 'preact';
import { RANKINGS } from '../model/rankings.ts';
import { TRIO } from '../model/settings.ts';
import { DICTIONARIES } from '../protocol.ts';
import { Run } from './Run.tsx';
import type { Session } from './session.ts';
import { words } from './words.ts';

/** What can be chosen: organism, ranking, dictionary, and whether our labels wait for the reader's. */
export function Knobs({ session }: { readonly session: Session }): VNode {
  const { address } = session;
  const { o, by, d, first } = address.state.value;
  const disabled = session.still.value;
  return (
    <div class="knobs" data-pagefind-ignore>
      <fieldset>
        <legend>{words.organism}</legend>
        {TRIO.map((objective) => (
          <label key={objective}>
            <input
              type="radio"
              name="organism"
              checked={objective === o}
              disabled={disabled}
              onChange={() => session.choose({ o: objective })}
            />
            {words.organisms[objective]}
          </label>
        ))}
      </fieldset>
      <fieldset>
        <legend>{words.rank}</legend>
        {RANKINGS.map((ranking) => (
          <label key={ranking}>
            <input type="radio" name="ranking" checked={ranking === by} disabled={disabled} onChange={() => address.set({ by: ranking })} />
            {words.rankings[ranking]}
          </label>
        ))}
        <label>
          <input
            type="checkbox"
            checked={first === 'yes'}
            disabled={disabled}
            onChange={({ currentTarget }) => address.set({ first: currentTarget.checked ? 'yes' : 'no' })}
          />
          {words.firstLabel}
        </label>
      </fieldset>
      <fieldset>
        <legend>{words.dictionary}</legend>
        {DICTIONARIES.map((which) => (
          <label key={which}>
            <input type="radio" name="dictionary" checked={which === d} disabled={disabled} onChange={() => session.choose({ d: which })} />
            {words.dictionaries[which]}
          </label>
        ))}
        {d === 'yours' && (
          <>
            <p class="row">
              <button class="btn" type="button" disabled={!session.free.value} onClick={() => void session.train()}>
                {words.train}
              </button>
            </p>
            <small class="why">{words.trainWhy}</small>
          </>
        )}
      </fieldset>
      <Run session={session} part="train" />
      {!session.able.value && <p class="said">{words.noSimd}</p>}
    </div>
  );
}
