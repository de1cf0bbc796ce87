import type { VNode } from 'preact';
import { readCase } from '../play/case.ts';
import { beliefIn, noted, VERDICTS, weighed } from '../play/game.ts';
import { markdownOf } from '../play/notebook.ts';
import { OBJECTIVES, type Objective } from '../model/world.ts';
import type { GameSession } from './session.ts';
import { filedUnder, percentsOf } from './shown.ts';
import { notebookWords, words } from './words.ts';

/** Milliseconds for which the browser may still need the file that it saves. */
const SAVING = 10_000;

/** Lets the browser save a text as a file. */
function saveAs(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/markdown' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), SAVING);
}

/** What the auditor believes and notes, with the evidence for it and against it. */
export function Notebook({ session }: { readonly session: GameSession }): VNode {
  const play = session.play.value;
  const over = session.over.value;
  return (
    <section class="notebook" id="notebook" aria-labelledby="notebook-title">
      <h2 id="notebook-title" tabIndex={-1}>
        {words.notebook}
        <button
          class="btn bare"
          type="button"
          aria-label={words.exportLong}
          onClick={() => saveAs(`case-${play.code}.md`, markdownOf(play, notebookWords(readCase(play.code))))}
        >
          {words.exportIt}
        </button>
      </h2>
      <p class="small">{words.hypotheses}</p>
      {OBJECTIVES.map((objective) => (
        <Hypothesis key={objective} session={session} objective={objective} />
      ))}
      <label class="notes">
        {words.notes}
        <textarea
          rows={3}
          value={play.notes}
          readOnly={over}
          onInput={({ currentTarget }) => session.step((before) => noted(before, currentTarget.value))}
        />
      </label>
    </section>
  );
}

function Hypothesis({ session, objective }: { readonly session: GameSession; readonly objective: Objective }): VNode {
  const play = session.play.value;
  const share = words.wholePercent(percentsOf(play.report?.belief ?? beliefIn(play))[objective]);
  const filed = VERDICTS.map((verdict) => ({ verdict, numbers: filedUnder(play.entries, objective, verdict) })).filter(
    ({ numbers }) => numbers.length > 0,
  );
  return (
    <div class="hyp">
      <label>
        <span>{words.objectives[objective]}</span>
        <span class="num">{share}</span>
        <input
          type="range"
          min={0}
          max={100}
          step={1}
          value={play.weights[objective]}
          aria-valuetext={words.belief(share)}
          disabled={session.over.value}
          onInput={({ currentTarget }) => session.step((before) => weighed(before, objective, currentTarget.valueAsNumber))}
        />
      </label>
      <p>
        {filed.length === 0
          ? words.noEvidence
          : filed.map(({ verdict, numbers }, i) => (
              <span key={verdict}>
                {i > 0 && ' · '}
                {words.verdicts[verdict]}{' '}
                {numbers.map((number) => (
                  <a key={number} href={`#e${number}`} onClick={() => (session.place.value = 'evidence')}>
                    E{number}
                  </a>
                ))}
              </span>
            ))}
      </p>
    </div>
  );
}
