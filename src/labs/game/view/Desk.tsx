import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Progress } from '../../view/Progress.tsx';
import { GAME_WORLD } from '../model/recipe.ts';
import { worldOf } from '../model/world.ts';
import { keptBack, listedBehaviours } from '../play/forecast.ts';
import { beliefIn } from '../play/game.ts';
import { CaseHead } from './CaseHead.tsx';
import type { GameData } from './data.ts';
import { Debrief } from './Debrief.tsx';
import { Deck } from './Deck.tsx';
import { Evidence } from './Evidence.tsx';
import { Forget } from './Forget.tsx';
import { Guide } from './Guide.tsx';
import { Notebook } from './Notebook.tsx';
import { ReportForm } from './ReportForm.tsx';
import { PLACES, type GameSession, type Place } from './session.ts';
import { words } from './words.ts';

/** A case under audit, from its seal to its debrief. */
export function Desk({ session, data }: { readonly session: GameSession; readonly data: GameData }): VNode {
  const [{ kept, listed }] = useState(() => {
    const world = worldOf(GAME_WORLD);
    return { kept: keptBack(session.given, world), listed: listedBehaviours(session.given, world) };
  });
  useEffect(() => session.begin(), [session]);
  const { debrief, report } = session.play.value;
  const [what, remedy] = session.problem.value.split('\n');
  return (
    <div class="game-desk">
      <CaseHead session={session} kept={kept} />
      {session.given.kind === 'tutorial' && debrief === undefined && <Guide session={session} />}
      <div class="fault" role="alert">
        {session.problem.value !== '' && (
          <p>
            <b>{what}</b> {remedy}
          </p>
        )}
      </div>
      {debrief !== undefined && report !== undefined && (
        <Debrief session={session} data={data} report={report} debrief={debrief} listed={listed} />
      )}
      <div class="table" data-place={session.place.value}>
        <div class="left">
          <Deck session={session} />
        </div>
        <Evidence session={session} data={data} kept={kept}>
          <Working session={session} />
        </Evidence>
        <div class="right">
          <Notebook session={session} />
          {debrief === undefined && <ReportForm session={session} kept={kept} listed={listed} />}
        </div>
      </div>
      <Forget session={session} />
      <Tabs session={session} />
    </div>
  );
}

/** What is under way, and the last word on it. */
function Working({ session }: { readonly session: GameSession }): VNode {
  const { model, running, paused, busy, said, play } = session;
  const state = model.value;
  const going = running.value;
  const closed = play.value.debrief !== undefined;
  const label =
    busy.value === 'reveal' ? words.opening2 : busy.value !== undefined && state !== 'training' ? words.using(busy.value) : words.training;
  return (
    <div class="working">
      {!closed && (state === 'training' || busy.value !== undefined) && (
        <div class="panel">
          <p>
            <b>{label}.</b> {state === 'training' && session.given.tier !== 'api' && words.trainingWhy} {paused.value && words.paused}
          </p>
          {going !== undefined && <Progress label={label} running={going} onCancel={() => session.cancel()} />}
        </div>
      )}
      {!closed && state === 'waiting' && busy.value === undefined && (
        <p class="row">
          {words.notTrained}
          <button class="btn ghost" type="button" onClick={() => void session.train()}>
            {words.trainIt}
          </button>
        </p>
      )}
      {state === 'unable' && !closed && <p class="fault">{words.noSimd}</p>}
      <p class="said" role="status">
        {said}
      </p>
    </div>
  );
}

/** The four places of the desk, at the foot of a phone. */
function Tabs({ session }: { readonly session: GameSession }): VNode {
  const play = session.play.value;
  const belief = Math.max(...Object.values(beliefIn(play)));
  const told: Readonly<Record<Place, string>> = {
    tools: String(session.left.value),
    evidence: String(play.entries.length),
    notebook: words.percent(belief),
    report: session.over.value ? words.filedTab : words.draft,
  };
  return (
    <nav class="tabs" aria-label={words.tab}>
      {PLACES.map((place) => (
        <a
          key={place}
          href={`#${place}`}
          aria-current={session.place.value === place ? 'true' : undefined}
          onClick={(event) => {
            event.preventDefault();
            session.place.value = place;
            requestAnimationFrame(() => {
              const heading = document.getElementById(`${place}-title`);
              heading?.focus({ preventScroll: true });
              document.querySelector('.table')?.scrollIntoView({ block: 'start' });
            });
          }}
        >
          <b>{words[place]}</b>
          {told[place]}
        </a>
      ))}
    </nav>
  );
}
