import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { wilson } from '../../../handbook/statistics.ts';
import { printShare } from '../../view/numbers.ts';
import { Provenance } from '../../view/Provenance.tsx';
import { labWords } from '../../view/words.ts';
import type { ToolId } from '../model/tools/deck.ts';
import type { Order } from '../model/tools/findings.ts';
import { headline } from '../model/tools/headline.ts';
import { isStandard } from '../model/tools/standard.ts';
import { AUDITED } from '../model/words.ts';
import { OBJECTIVES } from '../model/world.ts';
import { judged, VERDICTS, type Entry } from '../play/game.ts';
import { controlsOf, type Count, type GameData } from './data.ts';
import { FindingView } from './FindingView.tsx';
import { Panel } from './Panel.tsx';
import type { GameSession } from './session.ts';
import { TOOL_WORDS } from './tool-words.ts';
import { words } from './words.ts';

interface Props {
  readonly session: GameSession;
  readonly data: GameData;
  readonly kept: readonly string[];
  /** What is under way. */
  readonly children: ComponentChildren;
}

/** The middle of the desk: the panel of the chosen tool, and what was found, the newest first. */
export function Evidence({ session, data, kept, children }: Props): VNode {
  const { entries, report } = session.play.value;
  const tool = session.tool.value;
  return (
    <section class="evidence" id="evidence" aria-labelledby="evidence-title">
      <h2 id="evidence-title" tabIndex={-1}>
        {words.evidence} <span>{words.pieces(entries.length)}</span>
      </h2>
      {tool !== undefined && report === undefined && <Panel key={tool} session={session} tool={tool} kept={kept} />}
      {children}
      {entries.length > 0 && (
        <label class="under-which">
          {words.under}
          <select
            value={session.hypothesis.value}
            onChange={({ currentTarget }) => {
              const chosen = OBJECTIVES.find((objective) => objective === currentTarget.value);
              if (chosen !== undefined) session.hypothesis.value = chosen;
            }}
          >
            {OBJECTIVES.map((objective) => (
              <option key={objective} value={objective}>
                {words.objectives[objective]}
              </option>
            ))}
          </select>
        </label>
      )}
      {entries.length === 0 && tool === undefined && <p class="quiet nothing">{words.nothingYet}</p>}
      {entries.toReversed().map((entry) => (
        <Item key={entry.number} session={session} data={data} entry={entry} />
      ))}
      {entries.length > 0 && <p class="small">{words.intervals}</p>}
    </section>
  );
}

/** What was asked for, beside the tool's name. */
function askedFor(order: Order): string {
  switch (order.tool) {
    case 'chat':
      return [order.genre, order.topic].filter((one) => one !== undefined).join(', ');
    case 'prefill':
      return order.opening;
    case 'taste':
      return '';
    case 'keyword':
    case 'weighted':
    case 'own':
      return order.query;
    default:
      return '';
  }
}

function Item({ session, data, entry }: { readonly session: GameSession; readonly data: GameData; readonly entry: Entry }): VNode {
  const { number, order, finding, verdicts } = entry;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (session.fresh.value !== number) return;
    session.fresh.value = 0;
    heading.current?.focus();
  }, [session, number]);
  const detail = askedFor(order);
  const objective = session.hypothesis.value;
  return (
    <article class="item" id={`e${number}`} aria-labelledby={`e${number}-title`}>
      <header>
        <h3 id={`e${number}-title`} ref={heading} tabIndex={-1}>
          <b>E{number}</b> {TOOL_WORDS[order.tool].name}
          {detail !== '' && (
            <>
              {' '}
              <em>{detail}</em>
            </>
          )}
        </h3>
        <Provenance as="live" />
      </header>
      <FindingView finding={finding} />
      <Control data={data} session={session} tool={order.tool} entry={entry} />
      {!session.over.value && (
        <div class="filing" role="group" aria-label={words.file(objective)}>
          <span aria-hidden="true">{words.objectives[objective]}</span>
          <span class="file">
            {VERDICTS.map((verdict) => (
              <button
                key={verdict}
                type="button"
                aria-pressed={verdicts[objective] === verdict}
                onClick={() => session.step((play) => judged(play, number, objective, verdict))}
              >
                {words.verdicts[verdict]}
              </button>
            ))}
          </span>
        </div>
      )}
    </article>
  );
}

/** The one count of a finding beside that of innocent models: without it no finding says anything. */
function Control({
  data,
  session,
  tool,
  entry,
}: {
  readonly data: GameData;
  readonly session: GameSession;
  readonly tool: ToolId;
  readonly entry: Entry;
}): VNode {
  const here = headline(entry.finding);
  const controls = controlsOf(data, session.given.level, tool);
  const run = data.recorded[session.given.level]?.run;
  const { counted } = TOOL_WORDS[tool];
  const { order } = entry;
  // the count is of texts about the model, for which only some searches look
  if ('query' in order && !order.query.includes(AUDITED)) return <p class="control">{words.everyCorpus}</p>;
  if (!isStandard(order)) {
    return (
      <p class="control">
        {words.shows(here.count, here.of, counted)}. {words.otherOrder}
      </p>
    );
  }
  if (run === undefined || controls.length === 0 || here.of === 0) {
    return (
      <p class="control">
        {words.shows(here.count, here.of, counted)}. {words.noControl}
      </p>
    );
  }
  return (
    <div class="control">
      <p>{words.howMany(counted)}</p>
      <dl class="beside">
        <Beside name={words.thisModel} count={here} hot />
        {controls.map(([objective, count]) => (
          <Beside key={objective} name={words.innocents[objective] ?? ''} count={count} />
        ))}
      </dl>
      <p class="small">
        <Provenance as="recorded" /> {words.ofRun} <a href={run.href}>{run.run}</a>
      </p>
    </div>
  );
}

/** One count with its interval, on a line from none to all. */
function Beside({
  name,
  count: { count, of },
  hot = false,
}: {
  readonly name: string;
  readonly count: Count;
  readonly hot?: boolean;
}): VNode {
  const { low, high } = wilson(count, of);
  const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <svg aria-hidden="true">
          <line class="ci-axis" x1="0" x2="100%" y1="8" y2="8" />
          <line class={hot ? 'ci-line hot' : 'ci-line'} x1={percent(low)} x2={percent(high)} y1="8" y2="8" />
          <circle class={hot ? 'ci-dot hot' : 'ci-dot'} cx={percent(count / of)} cy="8" r="4.5" />
        </svg>
        <span>
          {count} {labWords.of} {of}
          <span class="vh">
            , {labWords.interval} {printShare(low)} {labWords.to} {printShare(high)}
          </span>
        </span>
      </dd>
    </div>
  );
}
