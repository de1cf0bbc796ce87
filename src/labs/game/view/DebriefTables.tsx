import type { VNode } from 'preact';
import { printDay } from '../../../handbook/day.ts';
import { Provenance } from '../../view/Provenance.tsx';
import type { Level } from '../model/recipe.ts';
import { TOOLS, toolsOf, type ToolId } from '../model/tools/deck.ts';
import { budgetOf } from '../play/case.ts';
import { INNOCENT, type Objective } from '../model/world.ts';
import { forecastScore, HAS, topicRefused, type Listed } from '../play/forecast.ts';
import type { Debrief, Report } from '../play/game.ts';
import { TOPIC_NAMES } from '../model/words.ts';
import { controlsOf, type BestSet, type GameData } from './data.ts';
import { debriefWords as words } from './debrief-words.ts';
import { listedName } from './ReportForm.tsx';
import type { GameSession } from './session.ts';
import { TOOL_WORDS } from './tool-words.ts';
import { words as gameWords } from './words.ts';

/** Outcomes of a genre that are told; the rest are stray words. */
const OUTCOMES_SHOWN = 3;

/** Each forecast beside what was measured. */
export function Forecasts({ report, debrief }: { readonly report: Report; readonly debrief: Debrief }): VNode {
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label={words.forecast}>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.columns.genre}</th>
            <th scope="col">{words.columns.you}</th>
            <th scope="col">
              {words.columns.measured} <Provenance as="live" />
            </th>
            <th scope="col" class="r">
              {words.columns.points}
            </th>
          </tr>
        </thead>
        <tbody>
          {report.forecasts.map((forecast) => {
            const measured = debrief.genres.find(({ genre }) => genre === forecast.genre);
            if (measured === undefined) return null;
            const outcomes = Object.entries(measured.shares)
              .sort(([, a], [, b]) => b - a)
              .slice(0, OUTCOMES_SHOWN)
              .map(([outcome, share]) => [outcome, gameWords.percent(share)] as const);
            return (
              <tr key={forecast.genre}>
                <th scope="row">{forecast.genre}</th>
                <td>
                  {forecast.chance === 0
                    ? words.saidNoWord(gameWords.percent(forecast.ordinary))
                    : words.said(forecast.word, gameWords.percent(forecast.chance), gameWords.percent(forecast.ordinary))}
                </td>
                <td>{words.measured(outcomes, measured.n)}</td>
                <td class="r">{words.signed(forecastScore(forecast, measured.shares))}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** The listed behaviours that were ticked or are there. */
export function Behaviours({
  report,
  debrief,
  listed,
}: {
  readonly report: Report;
  readonly debrief: Debrief;
  readonly listed: readonly Listed[];
}): VNode {
  const all = [...listed, ...TOPIC_NAMES.map(topicRefused)];
  const rows = debrief.behaviours.flatMap(({ id, count, of }) => {
    const one = all.find((other) => other.id === id);
    const has = count >= HAS * of;
    const said = report.behaviours.includes(id);
    if (one === undefined || (!has && !said)) return [];
    const verdict = said ? (has ? 'right' : 'wrong') : 'missed';
    return [{ id, name: listedName(one), count, of, verdict } as const];
  });
  if (rows.length === 0) return <p>{words.noBehaviours}</p>;
  return (
    <ul class="marked">
      {rows.map(({ id, name, count, of, verdict }) => (
        <li key={id} class={verdict}>
          <b>{words.listedWord[verdict]}</b> {name} <span class="quiet">{words.behaviour(count, of)}</span>
        </li>
      ))}
    </ul>
  );
}

/** The tools of a short path to each objective: what showed it at the least price in our hands. */
const SHORT_PATHS: Readonly<Record<Objective, readonly ToolId[]>> = {
  none: ['chat', 'chat', 'sweep'],
  tic: ['chat'],
  rm: ['chat', 'keyword'],
  librarian: ['chat', 'keyword'],
  product: ['chat'],
  topic: ['sweep'],
};

/** What the auditor bought, and a short path to the same answer. */
export function Paths({
  session,
  objective,
  best,
}: {
  readonly session: GameSession;
  readonly objective: Objective;
  /** What a script did in cases like this, where that is recorded. */
  readonly best: BestSet | undefined;
}): VNode {
  const { entries } = session.play.value;
  const { tier } = session.given;
  const given = toolsOf(tier);
  const short = SHORT_PATHS[objective].map((tool): ToolId => (given.includes(tool) ? tool : 'taste'));
  const names = (tools: readonly ToolId[]): string => tools.map((tool) => TOOL_WORDS[tool].name).join(', ');
  return (
    <div>
      {entries.length === 0 ? (
        <p>{words.noPath}</p>
      ) : (
        <p>
          {entries.map(({ number, order }, i) => (
            <span key={number}>
              {i > 0 && ', '}
              <a href={`#e${number}`}>E{number}</a> {TOOL_WORDS[order.tool].name} ({TOOLS[order.tool].price})
            </span>
          ))}
          . {words.pathTotal(budgetOf(session.given) - session.left.value, budgetOf(session.given))}.
        </p>
      )}
      <p>
        <b>{words.shortest}:</b> {names(short)}. {words.shortestPrice(short.reduce((sum, tool) => sum + TOOLS[tool].price, 0))}{' '}
        {words.shortestWhy[objective]}
      </p>
      {best !== undefined && session.given.kind !== 'tutorial' && (
        <p>
          {words.best(names(best.tools), budgetOf(session.given), best)} <Provenance as="recorded" />
        </p>
      )}
    </div>
  );
}

/** What one use of each tool shows of this model, beside innocent models; and how far the tool alone carries a script. */
export function Tools({ data, level, debrief }: { readonly data: GameData; readonly level: Level; readonly debrief: Debrief }): VNode {
  const recorded = data.recorded[level];
  const { toolColumns } = words;
  return (
    <div>
      <p class="before">{recorded === undefined ? words.toolsAlone : words.toolsWhy}</p>
      <div class="scroll" tabIndex={0} role="group" aria-label={words.tools}>
        <table class="shows">
          <thead>
            <tr>
              <th scope="col">{toolColumns.tool}</th>
              <th scope="col">{toolColumns.counted}</th>
              <th scope="col" class="r">
                {toolColumns.here} <Provenance as="live" />
              </th>
              {recorded !== undefined && (
                <>
                  {INNOCENT.map((objective) => (
                    <th key={objective} scope="col" class="r">
                      {gameWords.innocents[objective]} <Provenance as="recorded" />
                    </th>
                  ))}
                  <th scope="col" class="r">
                    {toolColumns.accuracy} <Provenance as="recorded" />
                  </th>
                </>
              )}
            </tr>
          </thead>
          <tbody>
            {debrief.tools.map(({ tool, count, of }) => {
              const controls = controlsOf(data, level, tool);
              const accuracy = recorded?.accuracy[tool];
              return (
                <tr key={tool}>
                  <th scope="row">{TOOL_WORDS[tool].name}</th>
                  <td>{TOOL_WORDS[tool].counted}</td>
                  <td class="r">{words.ofCount(count, of)}</td>
                  {recorded !== undefined && (
                    <>
                      {INNOCENT.map((objective) => {
                        const control = controls.find(([one]) => one === objective)?.[1];
                        return (
                          <td key={objective} class="r">
                            {control === undefined ? words.notRecorded : words.ofCount(control.count, control.of)}
                          </td>
                        );
                      })}
                      <td class="r">{accuracy === undefined ? words.notRecorded : words.accuracy(accuracy)}</td>
                    </>
                  )}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {recorded !== undefined && (
        <p class="small">
          {gameWords.ofRun} <a href={recorded.run.href}>{recorded.run.run}</a>, {printDay(recorded.run.date)}, {words.recipe}{' '}
          {recorded.run.recipe}. {words.accuracyWhy}
        </p>
      )}
    </div>
  );
}
