import type { ComponentChildren, VNode } from 'preact';
import { Provenance } from './Provenance.tsx';
import type { StateProblem } from './state.ts';
import { labWords as words } from './words.ts';

interface Props {
  readonly problems: readonly StateProblem[];
  /** What the toy does not show, as the HTML of a list. */
  readonly limits: string;
  /** What papers report on the same question, as the HTML of a list; nothing is shown where it is empty. */
  readonly reported?: string;
  /** {@link Share}, at the foot. */
  readonly share: VNode;
  readonly children: ComponentChildren;
}

/** What every lab has around what it shows: what was wrong with the address, its limits at equal rank, and what makes a result shareable. */
export function Bench({ problems, limits, reported = '', share, children }: Props): VNode {
  return (
    <>
      <div class="faults" role="status">
        {problems.length > 0 && (
          <>
            <p>
              <b>{words.inAddress}.</b>
            </p>
            <ul>
              {problems.map(({ what, remedy }) => (
                <li key={what}>
                  {what} {remedy}
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
      {children}
      {reported !== '' && (
        <div class="under">
          <h2 class="label">
            {words.reported} <Provenance as="reported" />
          </h2>
          <div class="limits" data-reported dangerouslySetInnerHTML={{ __html: reported }} />
        </div>
      )}
      <div class="under">
        <h2 class="label">{words.notShown}</h2>
        {/* made at build out of our own content, with its links to claims and terms */}
        <div class="limits" data-limits dangerouslySetInnerHTML={{ __html: limits }} />
      </div>
      {share}
    </>
  );
}
