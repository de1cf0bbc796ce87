import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { AUDITED } from '../model/words.ts';
import { budgetOf } from '../play/case.ts';
import { affordable } from '../play/game.ts';
import type { GameSession } from './session.ts';
import { nextStep, STEPS } from './tutorial.ts';
import { words } from './words.ts';

/** The strip above the desk that leads through the guided case: what to notice in what came last, then the next step. */
export function Guide({ session }: { readonly session: GameSession }): VNode | null {
  const left = useSignal(false);
  const play = session.play.value;
  const step = nextStep(play);
  if (step === undefined) return null;
  if (left.value) {
    return (
      <p class="guide-back">
        <button class="btn bare" type="button" onClick={() => (left.value = false)}>
          {words.show}
        </button>
      </p>
    );
  }
  const at = STEPS.indexOf(step);
  const before = STEPS[at - 1];
  const newest = play.entries.at(-1);
  const order = step.order?.(play);
  const short = order !== undefined && !affordable(play, order.tool);
  return (
    <section class="guide panel" aria-labelledby="guide-title">
      <h2 id="guide-title">{words.guide(at + 1, STEPS.length)}</h2>
      <div aria-live="polite">
        {at === 0 && <p>{words.intro(AUDITED, budgetOf(session.given))}</p>}
        {before !== undefined && before.notice !== '' && (
          <p class="notice">
            <b>{words.notice}.</b> {before.notice}{' '}
            {newest !== undefined && (
              <a href={`#e${newest.number}`} onClick={() => (session.place.value = 'evidence')}>
                {words.seeEvidence} E{newest.number}
              </a>
            )}
          </p>
        )}
        <p>
          <b>{step.what}</b> {step.why}
        </p>
      </div>
      <p class="row">
        {order === undefined || short ? (
          <button
            class="btn"
            type="button"
            onClick={() => {
              const place = short ? 'notebook' : step.place;
              session.place.value = place;
              requestAnimationFrame(() => {
                const heading = document.getElementById(`${place}-title`);
                heading?.scrollIntoView({ block: 'start' });
                heading?.focus({ preventScroll: true });
              });
            }}
          >
            {words.goTo}
          </button>
        ) : (
          <button class="btn" type="button" aria-disabled={session.busy.value !== undefined} onClick={() => void session.use(order, false)}>
            {words.doIt}
          </button>
        )}
        <button class="btn bare" type="button" onClick={() => (left.value = true)}>
          {words.skip}
        </button>
      </p>
    </section>
  );
}
