import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { DICTIONARY } from '../../game/model/dictionary.ts';
import type { LabPlace } from '../../view/lab.ts';
import { Provenance } from '../../view/Provenance.tsx';
import { Rate } from '../../view/Rate.tsx';
import { band, BANDS, randomTexts, READINGS, type Fired, type LabelScore, type Reading } from '../model/atlas.ts';
import { RANKINGS } from '../model/rankings.ts';
import { ranked } from '../model/statistics.ts';
import { Marked, Passage } from './Passage.tsx';
import type { Opened, Session } from './session.ts';
import { words } from './words.ts';

interface Props {
  readonly session: Session;
  readonly place: LabPlace;
}

const MOST_WORD = 24;
const HEADING = 'feature';

/** Opens a feature and goes to it: it stands below what it was chosen from. */
export function lookAt(session: Session, feature: number): void {
  session.open(feature);
  document.getElementById(HEADING)?.focus();
}

/** One feature: where it fires most, what it might be called, and everything that a label could hide. */
export function FeatureCard({ session, place }: Props): VNode | null {
  const opened = session.opened.value;
  const { feature } = session.address.state.value;
  if (opened === undefined) return null;
  const { top, label } = opened.atlas.features[feature]!;
  const shown = session.shows(feature);
  const address = `${new URL(place.page).pathname}?feature=${feature}`;
  return (
    <div class="under feature-card" data-pagefind-ignore>
      <h2 class="label" id={HEADING} tabIndex={-1}>
        {words.feature(feature)} <Provenance as={opened.from} />
      </h2>
      <div>
        <h3>{words.fires}</h3>
        <ul class="passages">
          {top.map(({ text, at }) => (
            <li key={text}>
              <Passage words={text.split(' ')} at={at} />
            </li>
          ))}
        </ul>
        <p class="aside">{words.firesNote}</p>
        {!shown && <LabelForm key={feature} session={session} />}
        <div class={shown ? '' : 'veiled'} aria-live="polite">
          <Labels session={session} opened={opened} label={label} />
        </div>
        <h3>{words.standing}</h3>
        <dl class="standing">
          {RANKINGS.map((ranking) => {
            const values = opened.rankings[ranking];
            return (
              <div key={ranking}>
                <dt>{words.rankings[ranking]}</dt>
                <dd>
                  {words.value(ranking, values[feature]!)},{' '}
                  {words.rankOf(ranked(values.map(Math.abs)).indexOf(feature) + 1, DICTIONARY.features)}
                </dd>
              </div>
            );
          })}
        </dl>
        {opened.from === 'recorded' && (
          <p class="aside">
            {words.address}: <a href={address}>{address}</a>
          </p>
        )}
      </div>
    </div>
  );
}

/** Where the reader says what a feature stands for, before we do. */
function LabelForm({ session }: { readonly session: Session }): VNode {
  const word = useSignal('');
  const reading = useSignal<Reading>('next');
  const disabled = !session.ready.value;
  return (
    <form
      class="label-form needs-js"
      data-pagefind-ignore
      onSubmit={(event) => {
        event.preventDefault();
        const said = word.value.trim().toLowerCase();
        if (said !== '') session.guess({ word: said, reading: reading.value });
      }}
    >
      <h3>{words.yourLabel}</h3>
      <div class="row">
        <label>
          {words.readingLabel}
          <select value={reading} disabled={disabled} onChange={({ currentTarget }) => (reading.value = currentTarget.value as Reading)}>
            {READINGS.map((one) => (
              <option key={one} value={one}>
                {words.readings[one]}
              </option>
            ))}
          </select>
        </label>
        <label>
          {words.wordLabel}
          <input
            type="text"
            maxLength={MOST_WORD}
            autocapitalize="off"
            spellcheck={false}
            value={word}
            disabled={disabled}
            onInput={({ currentTarget }) => (word.value = currentTarget.value)}
          />
        </label>
        <button class="btn" type="submit" disabled={disabled}>
          {words.commit}
        </button>
        <button class="btn bare" type="button" disabled={disabled} onClick={() => session.guess(null)}>
          {words.skip}
        </button>
      </div>
    </form>
  );
}

/** Our label and the reader's, what each foretells, and activations that are not the strongest. */
function Labels({ session, opened, label }: { readonly session: Session; readonly opened: Opened; readonly label: string }): VNode {
  const { feature } = session.address.state.value;
  const guess = session.guessOf(feature) ?? undefined;
  const ours = session.score(label, 'next');
  const yours = guess === undefined ? undefined : session.score(guess.word, guess.reading);
  return (
    <>
      <h3>{words.ours}</h3>
      <p class="said-label">{words.oursSays(label)}</p>
      {guess !== undefined && <p class="said-label">{words.yoursSays(words.readings[guess.reading], guess.word)}</p>}
      {ours !== undefined && yours !== undefined && <p class="said-label verdict-line">{words.verdict(ours.f1, yours.f1)}</p>}
      <dl class="rates two">
        {ours !== undefined && <Scores score={ours} whose="ours" />}
        {yours !== undefined && <Scores score={yours} whose="yours" />}
      </dl>
      <p class="aside">{words.keptBack(opened.atlas.texts.length)}</p>
      {BANDS.map((which) => (
        <Texts
          key={which}
          title={words.bands[which]}
          note={words.bandNotes[which]}
          texts={band(opened.spots, session.firings.value, which)}
        />
      ))}
      <Texts title={words.randomTexts} note={words.randomNote} texts={randomTexts(opened.spots, session.firings.value, feature)} />
    </>
  );
}

/** Texts with the words at which the feature fires. */
function Texts({ title, note, texts }: { readonly title: string; readonly note: string; readonly texts: readonly Fired[] }): VNode {
  return (
    <>
      <h3>
        {title} <small>{note}</small>
      </h3>
      {texts.length === 0 ? (
        <p class="aside">{words.noneOfBand}</p>
      ) : (
        <ul class="passages">
          {texts.map((text) => (
            <li key={text.words.join(' ')}>
              <Marked {...text} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** The two rates of a label; one that has no case is said in words. */
function Scores({ score: { fires, right, there }, whose }: { readonly score: LabelScore; readonly whose: 'ours' | 'yours' }): VNode {
  const hot = whose === 'yours';
  const rate = (name: string, n: number): VNode =>
    n === 0 ? (
      <div>
        <dt>{name}</dt>
        <dd>{words.never}</dd>
      </div>
    ) : (
      <Rate label={name} k={right} n={n} unit={words.spots} hot={hot} />
    );
  return (
    <>
      {rate(words.right[whose], fires)}
      {rate(words.found[whose], there)}
    </>
  );
}
