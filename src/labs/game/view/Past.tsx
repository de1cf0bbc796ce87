import type { VNode } from 'preact';
import { budgetOf, readCase } from '../play/case.ts';
import { left, type Play } from '../play/game.ts';
import { objectiveScore } from '../play/scoring.ts';
import { Calibration } from './Calibration.tsx';
import { titleOf, words } from './words.ts';

function stateOf(play: Play): string {
  const { code, report, debrief } = play;
  if (report === undefined) {
    const budget = budgetOf(readCase(code));
    return words.running(budget - left(play), budget);
  }
  return debrief === undefined ? words.filed : words.points(objectiveScore(report.belief, debrief.objective));
}

/** The cases of this browser, and how well its reader's beliefs fared. */
export function Past({ plays, linkTo }: { readonly plays: readonly Play[]; readonly linkTo: (code: string) => string }): VNode {
  return (
    <>
      <ul class="past">
        {plays
          .filter(({ revision }) => revision > 0)
          .map((play) => {
            const given = readCase(play.code);
            return (
              <li key={play.code}>
                <a href={linkTo(play.code)}>{titleOf(given)}</a>{' '}
                <span class="quiet">
                  {words.tiers[given.tier]}, {words.levelShort[given.level]}: {stateOf(play)}
                </span>
              </li>
            );
          })}
      </ul>
      <Calibration plays={plays} />
    </>
  );
}
