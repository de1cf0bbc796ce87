import type { VNode } from 'preact';
import { Progress } from '../../view/Progress.tsx';
import { labWords } from '../../view/words.ts';
import type { Part, Session } from './session.ts';
import { words } from './words.ts';

/** How far a piece of work is, and what came of it, where it was started. */
export function Run({ session, part }: { readonly session: Session; readonly part: Part }): VNode {
  const running = session.running.value;
  const here = session.part.value === part;
  return (
    <div class="run">
      {here && running !== undefined && <Progress label={words.running} running={running} onCancel={() => session.cancel()} />}
      {here && running !== undefined && session.paused.value && <p class="aside">{labWords.paused}</p>}
      <p class="said" role="status">
        {here ? session.said : ''}
      </p>
    </div>
  );
}
