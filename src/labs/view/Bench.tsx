import type { ReadonlySignal, Signal } from '@preact/signals';
import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { LabPlace } from './lab.ts';
import type { Running } from './Progress.tsx';
import { Provenance } from './Provenance.tsx';
import { Share } from './Share.tsx';
import type { StateProblem } from './state.ts';
import { labWords as words } from './words.ts';

interface Props {
  readonly session: Visit;
  readonly place: LabPlace;
  /** Largest seed, from 0. */
  readonly mostSeed: number;
  /** What the toy does not show, as the HTML of a list. */
  readonly limits: string;
  /** What papers report on the same question, as the HTML of a list; nothing is shown where it is empty. */
  readonly reported: string;
  readonly children: ComponentChildren;
}

/** What the bench needs of a session; every LabSession has it. */
interface Visit {
  readonly address: {
    readonly problems: ReadonlySignal<readonly StateProblem[]>;
    readonly address: ReadonlySignal<string>;
    readonly state: ReadonlySignal<{ readonly seed: number }>;
    set(changes: { readonly seed: number }): void;
  };
  readonly ready: ReadonlySignal<boolean>;
  readonly running: ReadonlySignal<Running | undefined>;
  readonly tables: Signal<boolean>;
  begin(root: Element): () => void;
}

/** What every lab has around what it shows: what was wrong with the address, its limits at equal rank, and what makes a result shareable. */
export function Bench({ session, place, mostSeed, limits, reported, children }: Props): VNode {
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => session.begin(root.current!), [session]);
  const { address, ready, running, tables } = session;
  const problems = address.problems.value;
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
      <div ref={root}>{children}</div>
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
      <Share
        place={place}
        address={address.address.value}
        seed={address.state.value.seed}
        mostSeed={mostSeed}
        onSeed={(seed) => address.set({ seed })}
        tables={tables.value}
        onTables={(open) => (tables.value = open)}
        disabled={!ready.value || running.value !== undefined}
      />
    </>
  );
}
