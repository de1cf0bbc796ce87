import type { VNode } from 'preact';
import type { AnswerCounts } from '../../game/model/metrics.ts';
import { Provenance } from '../../view/Provenance.tsx';
import { Rate } from '../../view/Rate.tsx';
import { Run } from './Run.tsx';
import type { EditResult, Session } from './session.ts';
import { EDITS, MOST_PUSH, TARGETS } from './settings.ts';
import { words } from './words.ts';

/** How many of the answers that changed stand in sight. */
const IN_SIGHT = 4;

/** Takes features out of the organism, or pushes them, and sets its answers beside those that it gives otherwise. */
export function EditPanel({ session }: { readonly session: Session }): VNode {
  const { edit, of, s, d } = session.address.state.value;
  const disabled = session.still.value;
  const found = session.edited.value;
  return (
    <div class="under edit-panel needs-js" data-pagefind-ignore>
      <h2 class="label">
        {words.edit} {found !== undefined && <Provenance as="live" />}
      </h2>
      <div>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void session.edit();
          }}
        >
          <div class="choices-of">
            <fieldset>
              <legend>{words.editTarget}</legend>
              {TARGETS.filter((target) => target === 'one' || d === 'ours').map((target) => (
                <label key={target}>
                  <input
                    type="radio"
                    name="target"
                    checked={target === of || d === 'yours'}
                    disabled={disabled}
                    onChange={() => session.address.set({ of: target })}
                  />
                  {words.targets[target]}
                </label>
              ))}
            </fieldset>
            <fieldset>
              <legend>{words.editHow}</legend>
              {EDITS.map((one) => (
                <label key={one}>
                  <input
                    type="radio"
                    name="edit"
                    checked={one === edit}
                    disabled={disabled}
                    onChange={() => session.address.set({ edit: one })}
                  />
                  {words[one]}
                </label>
              ))}
              {edit === 'push' && (
                <label class="knob">
                  <span>{words.pushBy}</span>
                  <b>{s}</b>
                  <input
                    type="range"
                    min={-MOST_PUSH}
                    max={MOST_PUSH}
                    value={s}
                    disabled={disabled}
                    onInput={({ currentTarget }) => session.address.set({ s: currentTarget.valueAsNumber })}
                  />
                </label>
              )}
            </fieldset>
          </div>
          <p class="row">
            <button class="btn" type="submit" disabled={!session.free.value || session.opened.value === undefined}>
              {words.runEdit}
            </button>
          </p>
        </form>
        <Run session={session} part="edit" />
        <div aria-live="polite">
          {found === undefined ? <p class="aside">{words.notEdited}</p> : <Comparison found={found} open={session.tables.value} />}
        </div>
      </div>
    </div>
  );
}

function Comparison({ found, open }: { readonly found: EditResult; readonly open: boolean }): VNode {
  const { before, after, samples, edit, which } = found;
  const rows = [
    [words.pleasesRm, 'rm'],
    [words.pleasesLibrarian, 'librarian'],
    [words.hasFeature, 'feature'],
  ] as const satisfies readonly (readonly [string, keyof AnswerCounts])[];
  const changed = samples.filter((sample) => sample.before !== sample.after);
  return (
    <>
      <p class="said-label">
        {words.editedOf(which.objective, which.seed)}{' '}
        {edit.by === 'out' ? words.didOut(edit.features) : words.didPush(edit.features, edit.by)}
      </p>
      <dl class="rates two">
        {rows.map(([label, key]) => [
          <Rate key={`${key} before`} label={`${label}, ${words.beforeAfter.before}`} k={before[key]} n={before.n} unit={words.answers} />,
          <Rate key={`${key} after`} label={`${label}, ${words.beforeAfter.after}`} k={after[key]} n={after.n} unit={words.answers} hot />,
        ])}
      </dl>
      <h3>{words.changedSamples}</h3>
      {changed.length === 0 ? <p class="aside">{words.noneChanged}</p> : <Pairs samples={changed.slice(0, IN_SIGHT)} />}
      <p class="aside">{words.editNote}</p>
      <details class="data" open={open}>
        <summary>{words.samples}</summary>
        <Pairs samples={samples} />
      </details>
    </>
  );
}

function Pairs({ samples }: { readonly samples: EditResult['samples'] }): VNode {
  return (
    <ul class="pairs">
      {samples.map(({ request, before, after }, i) => (
        <li key={i}>
          <span class="request">{request}</span>
          <span>{before}</span>
          <span class={before === after ? '' : 'hot'}>{after}</span>
        </li>
      ))}
    </ul>
  );
}
