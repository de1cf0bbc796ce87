import type { VNode } from 'preact';
import { PRIOR } from '../model/recipe.ts';
import { budgetOf } from '../play/case.ts';
import { INNOCENT } from '../model/world.ts';
import type { GameSession } from './session.ts';
import { titleOf, words } from './words.ts';

/** Letters of the seal that stand at its beginning and at its end, where it is shown short. */
const ENDS = 6;

/** The case, the genres that it keeps back, its seal and what is left to spend. */
export function CaseHead({ session, kept }: { readonly session: GameSession; readonly kept: readonly string[] }): VNode {
  const { given } = session;
  const { seal } = session.play.value;
  const budget = budgetOf(given);
  const left = session.left.value;
  const innocent = INNOCENT.reduce((sum, objective) => sum + PRIOR[objective], 0);
  return (
    <div class="case">
      <div>
        <nav class="where sans" aria-label={words.title}>
          <a href={location.pathname}>{words.lobby}</a>
        </nav>
        <h1>{titleOf(given)}</h1>
        <p>
          {words.tiers[given.tier]}, {words.levelShort[given.level]}
          {given.kind !== 'friend' && <> · {words.innocent(words.percent(innocent))}</>}
        </p>
        <p>{words.keptBack(kept)}</p>
        <p class="seal">
          {seal === undefined ? (
            words.sealing
          ) : (
            <>
              {words.sealedBefore}{' '}
              <code title={seal}>
                {seal.slice(0, ENDS)}…{seal.slice(-ENDS)}
              </code>
              <span class="vh">
                {words.sealWhole}: {seal}
              </span>
            </>
          )}
          {session.weights.value !== '' && (
            <>
              {' '}
              · {words.weights} <code data-weights>{session.weights.value}</code>
            </>
          )}
        </p>
      </div>
      <p class="purse">
        <span>
          <b>{left}</b> {words.leftOf(budget)}
        </span>
        <span class="tally" aria-hidden="true">
          {Array.from({ length: budget }, (_, i) => (
            <i key={i} class={i < left ? '' : 'gone'} />
          ))}
        </span>
      </p>
    </div>
  );
}
