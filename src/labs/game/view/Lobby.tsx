import type { ComponentChildren, VNode } from 'preact';
import { useState } from 'preact/hooks';
import { codeOf, dailyCase, readCase, TUTORIAL, type Case } from '../play/case.ts';
import type { PlayStore } from '../play/store.ts';
import { AnyCase, ForClass, ForFriend } from './Makers.tsx';
import { Past } from './Past.tsx';
import { words } from './words.ts';

interface Props {
  readonly store: PlayStore;
  /** Address of this page, whole and without a case. */
  readonly page: string;
  /** The reader's day, as in 2026-11-21. */
  readonly today: string;
  /** Why the address opens no case: what, then what to do. */
  readonly problem: string | undefined;
}

/** The case of a day; none where the reader's clock has stopped long ago. */
function caseOf(day: string): Case | undefined {
  try {
    return dailyCase(day);
  } catch {
    return undefined;
  }
}

/** Where a case is chosen, made or taken up again. */
export function Lobby({ store, page, today, problem }: Props): VNode {
  const [plays] = useState(() => store.all());
  const [faults, remedy] = problem?.split('\n') ?? [];
  const linkTo = (given: Case): string => `${page}?case=${codeOf(given)}`;
  const daily = caseOf(today);
  const wordFor = (given: Case): string => {
    const play = plays.find(({ code }) => code === codeOf(given));
    if (play === undefined || play.revision === 0) return words.begin;
    return play.debrief === undefined ? words.goOn : words.look;
  };
  return (
    <div class="lobby">
      {problem !== undefined && (
        <p class="fault" role="alert">
          <b>{faults}</b> {remedy}
        </p>
      )}
      <div class="starts">
        <section aria-labelledby="begin-guided">
          <h2 id="begin-guided">{words.guided}</h2>
          <p>{words.guidedWhy}</p>
          <a class="btn" href={linkTo(TUTORIAL)}>
            {wordFor(TUTORIAL)}
            <span class="vh">: {words.guided}</span>
          </a>
        </section>
        {daily !== undefined && (
          <section aria-labelledby="today">
            <h2 id="today">{words.today}</h2>
            <p>{words.todayWhy(today)}</p>
            <a class="btn ghost" href={linkTo(daily)}>
              {wordFor(daily)}
              <span class="vh">: {words.today}</span>
            </a>
          </section>
        )}
      </div>
      <Section id="any" title={words.any} why={words.anyWhy}>
        <AnyCase linkTo={linkTo} />
      </Section>
      <Section id="class" title={words.forClass} why={words.forClassWhy}>
        <ForClass linkTo={linkTo} />
      </Section>
      <Section id="friend" title={words.forFriend} why={words.forFriendWhy}>
        <ForFriend linkTo={linkTo} />
      </Section>
      {plays.some(({ revision }) => revision > 0) && (
        <Section id="past" title={words.past} why={words.pastWhy}>
          <Past plays={plays} linkTo={(code) => linkTo(readCase(code))} />
        </Section>
      )}
    </div>
  );
}

function Section({
  id,
  title,
  why,
  children,
}: {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly children: ComponentChildren;
}): VNode {
  return (
    <section class="under" aria-labelledby={id}>
      <h2 class="label" id={id}>
        {title}
      </h2>
      <div>
        <p class="why">{why}</p>
        {children}
      </div>
    </section>
  );
}
