import type { VNode } from 'preact';
import { DICTIONARY } from '../../game/model/dictionary.ts';
import { Provenance } from '../../view/Provenance.tsx';
import { seedOf, SHOWN_WORLD } from '../model/settings.ts';
import { lookAt } from './FeatureCard.tsx';
import { Passage } from './Passage.tsx';
import { LISTED, type Session } from './session.ts';
import { words } from './words.ts';

/** How much of its strongest text a feature on the list shows, in words. */
const AROUND = { before: 5, after: 2 } as const;

/** The features in the order of the chosen ranking, each with a glimpse of where it fires. */
export function Ranked({ session }: { readonly session: Session }): VNode {
  const { by, feature: open, d, seed } = session.address.state.value;
  const opened = session.opened.value;
  const order = session.ranked.value.slice(0, session.listed.value);
  return (
    <div class="pic">
      <h2>
        <span>{words.rankedBy[by]}</span>
        {opened !== undefined && <Provenance as={opened.from} />}
      </h2>
      {opened === undefined ? (
        <p class="aside">{words.notTrained}</p>
      ) : (
        <>
          <ol class="ranked" data-pagefind-ignore>
            {order.map((feature) => {
              const { label, top } = opened.atlas.features[feature]!;
              const [example] = top;
              return (
                <li key={feature}>
                  <button
                    type="button"
                    aria-pressed={feature === open}
                    disabled={session.still.value}
                    onClick={() => lookAt(session, feature)}
                  >
                    <b>{feature}</b>
                    <span class="num">{words.value(by, opened.rankings[by][feature]!)}</span>
                    <span class="glimpse">
                      {example !== undefined && <Passage words={example.text.split(' ')} at={example.at} {...AROUND} />}
                    </span>
                    <span class={session.shows(feature) ? 'label-of' : 'label-of veiled'}>{words.labelled(label)}</span>
                  </button>
                </li>
              );
            })}
          </ol>
          <div class="row needs-js" data-pagefind-ignore>
            <label class="go-to">
              {words.goTo}
              <input
                type="number"
                min={0}
                max={DICTIONARY.features - 1}
                value={open}
                disabled={session.still.value}
                onChange={({ currentTarget }) => {
                  if (currentTarget.validity.valid && currentTarget.value !== '') session.open(currentTarget.valueAsNumber);
                  else currentTarget.value = String(open);
                }}
              />
            </label>
            {order.length < DICTIONARY.features && (
              <button class="btn ghost" type="button" disabled={session.still.value} onClick={() => (session.listed.value += LISTED)}>
                {words.more}
              </button>
            )}
          </div>
          <p class="aside">
            {words.rankingNotes[by]} {d === 'ours' && seed !== seedOf(SHOWN_WORLD) && words.recordedSeed(seedOf(SHOWN_WORLD))}
          </p>
        </>
      )}
    </div>
  );
}
