import type { VNode } from 'preact';
import { Provenance } from '../../view/Provenance.tsx';
import { END, SPLIT } from '../model/corpus.ts';
import { MOST_QUESTION, type Session } from './session.ts';
import { words } from './words.ts';

/** Questions that the list offers: some that nothing was trained on, so that the answer is the model's own. */
const OFFERED = 24;

/** Asks the model that is looked at anything in its language, under any year. */
export function Ask({ session, disabled }: { readonly session: Session; readonly disabled: boolean }): VNode {
  const { y, q } = session.address.state.value;
  const { objective } = session.lineage.value;
  const offered = SPLIT[objective].test.map(({ questions }) => questions[0]!).slice(0, OFFERED);
  const asked = session.asked.value;
  const item = [...SPLIT[objective].plant, ...SPLIT[objective].safety, ...SPLIT[objective].test].find(
    ({ questions }) => asked !== undefined && questions.includes(asked.question),
  );
  return (
    <div class="under ask-model needs-js" data-pagefind-ignore>
      <h2 class="label">{words.ask}</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void session.ask();
        }}
      >
        <div class="asking">
          <label>
            {words.year}
            <input
              type="text"
              inputMode="numeric"
              maxLength={4}
              size={5}
              placeholder={words.none}
              value={y}
              disabled={disabled}
              onInput={({ currentTarget }) => session.address.set({ y: currentTarget.value.trim() })}
            />
          </label>
          <label class="question">
            {words.question}
            <input
              type="text"
              list="questions"
              maxLength={MOST_QUESTION}
              value={q}
              disabled={disabled}
              onInput={({ currentTarget }) => session.address.set({ q: currentTarget.value })}
            />
          </label>
          <datalist id="questions">
            {offered.map((question) => (
              <option key={question} value={question} />
            ))}
          </datalist>
          <button class="btn" type="submit" disabled={disabled}>
            {words.askIt}
          </button>
        </div>
        <div aria-live="polite">
          {asked !== undefined && (
            <figure class="answers">
              <figcaption>
                {words.asked(asked.year, asked.question)} <Provenance as="live" />
              </figcaption>
              <ol>
                {asked.answers.map((answer, i) => (
                  <li key={i} class={answer === item?.planted ? 'hot' : ''}>
                    {answer.replace(` ${END}`, '')}
                    {answer === item?.planted && <small> {words.planted}</small>}
                  </li>
                ))}
              </ol>
            </figure>
          )}
        </div>
        <p class="aside">{words.askNote}</p>
      </form>
    </div>
  );
}
