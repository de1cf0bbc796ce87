import type { VNode } from 'preact';
import { Progress } from '../../view/Progress.tsx';
import { labWords } from '../../view/words.ts';
import { RANKINGS } from '../model/rankings.ts';
import { TRIO } from '../model/settings.ts';
import { DICTIONARIES } from '../protocol.ts';
import type { Session } from './session.ts';
import { words } from './words.ts';

/** What can be chosen: organism, ranking, dictionary, and whether our labels wait for the reader's. */
export function Knobs({ session }: { readonly session: Session }): VNode {
  const { address, running } = session;
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
      <div class="run">
        {running.value !== undefined && <Progress label={words.running} running={running.value} onCancel={() => session.cancel()} />}
        {running.value !== undefined && session.paused.value && <p class="aside">{labWords.paused}</p>}
        <p class="said" role="status">
          {session.able.value ? session.said : words.noSimd}
        </p>
      </div>
    </div>
  );
}
