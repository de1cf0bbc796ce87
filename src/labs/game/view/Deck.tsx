import type { VNode } from 'preact';
import { TOOLS, toolsOf, type Group, type ToolId } from '../model/tools/deck.ts';
import { affordable, uses } from '../play/game.ts';
import type { GameSession } from './session.ts';
import { GROUP_NAMES, TOOL_WORDS } from './tool-words.ts';
import { words } from './words.ts';

/** The price list of a case. Choosing a tool opens its panel; nothing is paid yet. */
export function Deck({ session }: { readonly session: GameSession }): VNode {
  const tools = Map.groupBy(toolsOf(session.given.tier), (tool) => TOOLS[tool].group);
  return (
    <section class="deck" id="tools" aria-labelledby="tools-title">
      <h2 id="tools-title" tabIndex={-1}>
        {words.tools} <span>{words.priceEach}</span>
      </h2>
      {[...tools].map(([group, members]) => (
        <Shelf key={group} session={session} group={group} tools={members} />
      ))}
    </section>
  );
}

function Shelf({
  session,
  group,
  tools,
}: {
  readonly session: GameSession;
  readonly group: Group;
  readonly tools: readonly ToolId[];
}): VNode {
  const play = session.play.value;
  return (
    <>
      <h3>{GROUP_NAMES[group]}</h3>
      <ul>
        {tools.map((tool) => {
          const { name, tells } = TOOL_WORDS[tool];
          const times = uses(play, tool);
          return (
            <li key={tool}>
              <button
                type="button"
                aria-pressed={session.tool.value === tool}
                class={affordable(play, tool) ? '' : 'dear'}
                data-tool={tool}
                onClick={() => {
                  session.tool.value = session.tool.value === tool ? undefined : tool;
                  session.place.value = 'evidence';
                }}
              >
                {name}
                <b class="price">{TOOLS[tool].price}</b>
                <span>{tells}</span>
                {times > 0 && (
                  <span class="runs">
                    {Array.from({ length: times }, (_, i) => (
                      <i key={i} />
                    ))}
                    <span class="vh">{words.used(times)}</span>
                  </span>
                )}
              </button>
            </li>
          );
        })}
      </ul>
    </>
  );
}
