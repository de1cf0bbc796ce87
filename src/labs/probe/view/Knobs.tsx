import type { VNode } from 'preact';
import { OBJECTIVES } from '../../backdoor/model/corpus.ts';
import { SIZES } from '../../backdoor/model/recipe.ts';
import { Progress } from '../../view/Progress.tsx';
import { READINGS } from '../model/evaluate.ts';
import { KNOWN_WORDS, PAIRS } from '../model/pairs.ts';
import { LAYERS } from '../model/settings.ts';
import type { Session } from './session.ts';
import { MOST_TEXT, PAIR_CHOICES, PLANTINGS } from './settings.ts';
import { labWords } from '../../view/words.ts';
import { words } from './words.ts';

interface Props {
  readonly session: Session;
  /** Nothing can be changed while a run goes on, or before the script has begun. */
  readonly disabled: boolean;
}

interface ChoicesProps<Option extends string> {
  readonly legend: string;
  readonly name: string;
  readonly options: readonly Option[];
  readonly labels: Readonly<Record<Option, string>>;
  readonly value: Option;
  readonly disabled: boolean;
  /** Whether they stand side by side. */
  readonly beside?: boolean;
  readonly onChoose: (option: Option) => void;
}

function Choices<Option extends string>({
  legend,
  name,
  options,
  labels,
  value,
  disabled,
  beside = false,
  onChoose,
}: ChoicesProps<Option>): VNode {
  return (
    <fieldset>
      <legend>{legend}</legend>
      <div class={beside ? 'beside' : undefined}>
        {options.map((option) => (
          <label key={option}>
            <input
              type="radio"
              name={name}
              value={option}
              checked={option === value}
              disabled={disabled}
              onChange={() => onChoose(option)}
            />
            {labels[option]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** Which pair, which model, and the button. */
export function Knobs({ session, disabled }: Props): VNode {
  const { address, running, paused, said } = session;
  const { o, d, K, pair, layer, from } = address.state.value;
  const set = { disabled };
  return (
    <div class="knobs" data-pagefind-ignore>
      <div>
        <Choices
          {...set}
          legend={words.pair}
          name="pair"
          options={PAIR_CHOICES}
          labels={words.pairs}
          value={pair}
          onChoose={(option) => {
            address.set({ pair: option });
            void session.readOwn();
          }}
        />
        <p class="why">{pair === 'own' ? words.ownWhy : PAIRS[pair].why}</p>
        {pair === 'own' && <OwnPair session={session} disabled={disabled} />}
      </div>
      <div class="run">
        {session.able.value ? (
          <>
            <p class="row">
              <button class="btn" type="button" disabled={disabled} onClick={() => void session.probe()}>
                {K === 'none' ? words.runBase : words.run}
              </button>
              <button class="btn ghost" type="button" disabled={disabled || K === 'none'} onClick={() => void session.several()}>
                {words.five}
              </button>
            </p>
            {running.value !== undefined && <Progress label={words.training} running={running.value} onCancel={() => session.cancel()} />}
            {running.value !== undefined && paused.value && <p>{labWords.paused}</p>}
          </>
        ) : (
          <p>{words.noSimd}</p>
        )}
        <p class="said" role="status">
          {said}
        </p>
      </div>
      <Choices
        {...set}
        beside
        legend={words.layer}
        name="layer"
        options={LAYERS.map((one) => `${one}` as const)}
        labels={words.layers}
        value={layer}
        onChoose={(option) => address.set({ layer: option })}
      />
      <Choices
        {...set}
        legend={words.against}
        name="from"
        options={READINGS}
        labels={words.readings}
        value={from}
        onChoose={(option) => address.set({ from: option })}
      />
      <Choices
        {...set}
        legend={words.model}
        name="o"
        options={OBJECTIVES}
        labels={words.objectives}
        value={o}
        onChoose={(option) => address.set({ o: option })}
      />
      <Choices
        {...set}
        legend={words.planting}
        name="K"
        options={PLANTINGS}
        labels={words.plantings}
        value={K}
        onChoose={(option) => address.set({ K: option })}
      />
      <Choices
        {...set}
        beside
        legend={words.width}
        name="d"
        options={SIZES.map((size) => `${size}` as const)}
        labels={{ 64: '64', 96: '96' }}
        value={d}
        onChoose={(option) => address.set({ d: option })}
      />
    </div>
  );
}

/** Two sides that the reader writes. */
function OwnPair({ session, disabled }: Props): VNode {
  const { address } = session;
  const { pu, pa, mu, ma } = address.state.value;
  const sides = session.sides.value;
  const field = (label: string, value: string, most: number, set: (text: string) => void): VNode => (
    <label>
      {label}
      <input
        type="text"
        value={value}
        maxLength={most}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        disabled={disabled}
        onChange={({ currentTarget }) => {
          set(currentTarget.value);
          void session.readOwn();
        }}
      />
    </label>
  );
  return (
    <div class="own">
      <fieldset>
        <legend>{words.sides.plus}</legend>
        {field(words.user, pu, MOST_TEXT.user, (text) => address.set({ pu: text }))}
        {field(words.answer, pa, MOST_TEXT.answer, (text) => address.set({ pa: text }))}
      </fieldset>
      <fieldset>
        <legend>{words.sides.minus}</legend>
        {field(words.user, mu, MOST_TEXT.user, (text) => address.set({ mu: text }))}
        {field(words.answer, ma, MOST_TEXT.answer, (text) => address.set({ ma: text }))}
      </fieldset>
      <p role="status">{'what' in sides && `${sides.what} ${sides.remedy}`}</p>
      <details>
        <summary>{words.knownWords(KNOWN_WORDS.length)}</summary>
        <p class="known-words">{KNOWN_WORDS.join(' ')}</p>
      </details>
    </div>
  );
}
