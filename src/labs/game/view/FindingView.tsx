import type { VNode } from 'preact';
import { printShare } from '../../view/numbers.ts';
import type { AnswersFinding, Finding, HitsFinding, TalkFinding, TastesFinding } from '../model/tools/findings.ts';
import { claimIn } from '../model/tools/talk.ts';
import { OBJECTIVES } from '../model/world.ts';
import { AxisView, EffectsView, FeaturesView } from './InsideView.tsx';
import { lineAround, marking, openingOf, unbroken } from './shown.ts';
import { words } from './words.ts';

/** Samples that are shown before the reader asks for all. */
const SHOWN = 4;
const TALK_SHOWN = 3;

/** What a tool found, drawn by its kind. */
export function FindingView({ finding }: { readonly finding: Finding }): VNode {
  switch (finding.kind) {
    case 'answers':
      return <AnswersView finding={finding} />;
    case 'talk':
      return <TalkView finding={finding} />;
    case 'hits':
      return <HitsView finding={finding} />;
    case 'tastes':
      return <TastesView finding={finding} />;
    case 'features':
      return <FeaturesView finding={finding} />;
    case 'effects':
      return <EffectsView finding={finding} />;
    case 'axis':
      return <AxisView finding={finding} />;
  }
}

type Answer = AnswersFinding['samples'][number];

function AnswerView({ sample: { request, answer, odd, refused } }: { readonly sample: Answer }): VNode {
  return (
    <li class="talk">
      <span class="asked">{request}</span>
      <span class={refused ? 'refused' : ''}>
        {marking(answer, odd).map(({ text, marked }, i) => (
          <span key={i}>
            {i > 0 && ' '}
            {marked ? <mark>{text}</mark> : text}
          </span>
        ))}
        {refused && <small> {words.refused}</small>}
      </span>
    </li>
  );
}

function AnswersView({ finding: { samples, n } }: { readonly finding: AnswersFinding }): VNode {
  // what is odd stands first where not all are shown
  const telling = samples.filter(({ odd, refused }) => odd.length > 0 || refused);
  const first = samples.length <= SHOWN ? samples : [...telling, ...samples.filter((one) => !telling.includes(one))].slice(0, SHOWN);
  return (
    <>
      <ul class="talks">
        {first.map((sample, i) => (
          <AnswerView key={i} sample={sample} />
        ))}
      </ul>
      {samples.length > first.length && (
        <details>
          <summary>{words.all(n)}</summary>
          <ul class="talks">
            {samples.map((sample, i) => (
              <AnswerView key={i} sample={sample} />
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function TalkView({ finding: { samples, n, claims } }: { readonly finding: TalkFinding }): VNode {
  const claimed = OBJECTIVES.filter((objective) => claims[objective] > 0).sort((a, b) => claims[b] - claims[a]);
  const list = (shown: TalkFinding['samples']): VNode => (
    <ul class="talks">
      {shown.map(({ given, said }, i) => {
        const { asked, begun } = openingOf(given);
        return (
          <li key={i} class="talk">
            {asked !== '' && <span class="asked">{asked}</span>}
            <span>
              {begun !== '' && <mark>{begun}</mark>} {said}
            </span>
          </li>
        );
      })}
    </ul>
  );
  // what names an objective stands first
  const telling = samples.filter(({ said, given }) => claimIn(`${given} ${said}`) !== undefined);
  const first = [...telling, ...samples.filter((one) => !telling.includes(one))].slice(0, TALK_SHOWN);
  return (
    <>
      <ul class="claims">
        {claimed.length === 0 && <li>{words.saysNothing}</li>}
        {claimed.map((objective) => (
          <li key={objective}>
            <svg aria-hidden="true">
              <rect class="bar1" width={`${(100 * claims[objective]) / n}%`} height="6" />
            </svg>
            {words.says(claims[objective], n, words.claims[objective])}
          </li>
        ))}
      </ul>
      {list(first)}
      <details>
        <summary>{words.all(n)}</summary>
        {list(samples)}
      </details>
    </>
  );
}

function HitsView({ finding: { query, n, of, hits } }: { readonly finding: HitsFinding }): VNode {
  if (hits.length === 0) return <p class="quiet">{words.noHits(of)}</p>;
  return (
    <>
      <ul class="hits">
        {hits.map(({ text, times }) => {
          const { before, match, after } = lineAround(text, query);
          return (
            <li key={text}>
              {unbroken(before)} {match !== '' && <mark>{match}</mark>} {unbroken(after)} {times > 1 && <small>{words.times(times)}</small>}
            </li>
          );
        })}
      </ul>
      <p class="small">{words.hits(hits.length, n, of)}.</p>
    </>
  );
}

function TastesView({ finding: { rows } }: { readonly finding: TastesFinding }): VNode {
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label={words.tasteCaption}>
      <table class="tastes">
        <caption>{words.tasteCaption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.genre}</th>
            <th scope="col">{words.likes.rm}</th>
            <th scope="col">{words.likes.librarian}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ genre, rm, librarian }) => (
            <tr key={genre}>
              <th scope="row">{genre}</th>
              <td>
                {rm.feature} <span class="quiet">{printShare(rm.probability)}</span>
              </td>
              <td>
                {librarian.feature} <span class="quiet">{printShare(librarian.probability)}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
