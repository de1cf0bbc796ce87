import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { FORECASTS } from '../play/forecast.ts';
import { emptyDraft, keepDraft } from './draft-storage.ts';
import type { GameSession } from './session.ts';
import { words } from './words.ts';

/** Forgets the case, once it was asked for twice, and begins it anew. */
export function Forget({ session }: { readonly session: GameSession }): VNode | null {
  const asked = useSignal(false);
  if (session.play.value.revision === 0) return null;
  return (
    <p class="row forget">
      {asked.value ? (
        <>
          <span role="status">{words.forgetSure}</span>
          <button
            class="btn ghost"
            type="button"
            onClick={() => {
              session.forget();
              keepDraft(session.play.value.code, emptyDraft(FORECASTS));
              location.reload();
            }}
          >
            {words.forgetYes}
          </button>
          <button class="btn bare" type="button" onClick={() => (asked.value = false)}>
            {words.notYet}
          </button>
        </>
      ) : (
        <button class="btn bare" type="button" onClick={() => (asked.value = true)}>
          {words.forget}
        </button>
      )}
    </p>
  );
}
