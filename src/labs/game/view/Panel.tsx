import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { VOCABULARY } from '../model/texts.ts';
import { TOOLS, type ToolId } from '../model/tools/deck.ts';
import { OPENINGS } from '../model/tools/talk.ts';
import { GENRES, TOPIC_NAMES } from '../model/words.ts';
import { affordable } from '../play/game.ts';
import { fieldsOf, MOST_GENRES, MOST_TEXT, orderFrom, type Fields, type OrderProblem } from './orders.ts';
import { asksModel, type GameSession } from './session.ts';
import { oddGenres } from './shown.ts';
import { TOOL_WORDS } from './tool-words.ts';
import { words } from './words.ts';

interface Props {
  readonly session: GameSession;
  readonly tool: ToolId;
  /** Genres that are kept back. */
  readonly kept: readonly string[];
}

/** What one tool asks for, what it can tell, how it misleads, and the button that pays for it. */
export function Panel({ session, tool, kept }: Props): VNode {
  const heading = useRef<HTMLHeadingElement>(null);
  const play = session.play.value;
  const fields = useSignal<Fields>({
    genre: '',
    topic: '',
    opening: OPENINGS[0] ?? '',
    query: '',
    genres: oddGenres(play.entries).slice(0, MOST_GENRES).join(', '),
  });
  const problem = useSignal<OrderProblem | undefined>(undefined);
  useEffect(() => heading.current?.focus(), []);
  const { name, tells, trap } = TOOL_WORDS[tool];
  const { price } = TOOLS[tool];
  const wanted = fieldsOf(tool);
  const set = (changes: Partial<Fields>): void => {
    fields.value = { ...fields.value, ...changes };
    problem.value = undefined;
  };
  const unable = asksModel(tool) && session.model.value === 'unable';
  const busy = session.busy.value !== undefined;
  const can = affordable(play, tool) && !busy && !unable;
  const run = (): void => {
    if (!can) return;
    const order = orderFrom(tool, fields.value, kept);
    if ('what' in order) problem.value = order;
    else void session.use(order);
  };
  return (
    <form
      class="panel"
      aria-labelledby="panel-title"
      onSubmit={(event) => {
        event.preventDefault();
        run();
      }}
    >
      <h3 id="panel-title" ref={heading} tabIndex={-1}>
        {name}
      </h3>
      <p>{tells}</p>
      <p class="trap">
        <b>{words.trap}.</b> {trap}
      </p>
      {wanted.includes('genre') && (
        <div class="pair">
          <Pick
            label={words.genre}
            any={words.anyGenre}
            options={GENRES.filter((genre) => !kept.includes(genre))}
            value={fields.value.genre}
            onPick={(genre) => set({ genre })}
          />
          <Pick
            label={words.topic}
            any={words.anyTopic}
            options={TOPIC_NAMES}
            value={fields.value.topic}
            onPick={(topic) => set({ topic })}
          />
        </div>
      )}
      {wanted.includes('opening') && (
        <label>
          {words.opening}
          <input
            type="text"
            list="openings"
            maxLength={MOST_TEXT}
            value={fields.value.opening}
            spellcheck={false}
            autocomplete="off"
            onInput={({ currentTarget }) => set({ opening: currentTarget.value })}
          />
          <datalist id="openings">
            {OPENINGS.map((opening) => (
              <option key={opening} value={opening} />
            ))}
          </datalist>
          <small>{words.openingWhy(VOCABULARY.size)}</small>
        </label>
      )}
      {wanted.includes('query') && (
        <label>
          {words.query[tool as keyof typeof words.query]}
          <input
            type="text"
            maxLength={MOST_TEXT}
            value={fields.value.query}
            spellcheck={false}
            autocomplete="off"
            onInput={({ currentTarget }) => set({ query: currentTarget.value })}
          />
        </label>
      )}
      {wanted.includes('genres') && (
        <label>
          {words.genres}
          <textarea
            rows={2}
            placeholder={words.genresSuch}
            value={fields.value.genres}
            spellcheck={false}
            onInput={({ currentTarget }) => set({ genres: currentTarget.value })}
          />
          {fields.value.genres !== '' && <small>{words.genresWhy}</small>}
        </label>
      )}
      <p class="fault" role="alert">
        {problem.value !== undefined && (
          <>
            <b>{problem.value.what}</b> {problem.value.remedy}
          </>
        )}
      </p>
      <p class="row">
        {/* it keeps the focus while the model works */}
        <button class="btn" type="submit" aria-disabled={!can}>
          {words.run(price)}
        </button>
        <button class="btn bare" type="button" onClick={() => close(session, tool)}>
          {words.close}
        </button>
        {!affordable(play, tool) && <span>{words.tooDear(price, session.left.value)}</span>}
      </p>
    </form>
  );
}

/** Closes the panel and goes back to the tool's line in the price list, or to the tab that holds it. */
function close(session: GameSession, tool: ToolId): void {
  session.tool.value = undefined;
  session.place.value = 'tools';
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-tool="${tool}"]`)?.focus());
}

function Pick({
  label,
  any,
  options,
  value,
  onPick,
}: {
  readonly label: string;
  readonly any: string;
  readonly options: readonly string[];
  readonly value: string;
  readonly onPick: (option: string) => void;
}): VNode {
  return (
    <label>
      {label}
      <select value={value} onChange={({ currentTarget }) => onPick(currentTarget.value)}>
        <option value="">{any}</option>
        {options.map((option) => (
          <option key={option} value={option}>
            {option}
          </option>
        ))}
      </select>
    </label>
  );
}
