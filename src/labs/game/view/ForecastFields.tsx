import type { VNode } from 'preact';
import { FEATURES, PRODUCTS, TICS } from '../model/words.ts';
import { withWord, type Draft } from './drafts.ts';
import { words } from './words.ts';

const WORD_GROUPS: readonly (readonly string[])[] = [FEATURES.toSorted(), PRODUCTS, TICS];

interface Props {
  readonly genre: string;
  readonly draft: Draft;
  readonly onDraft: (draft: Draft) => void;
}

/** What is expected of one genre: a word with its chance, and the chance of nothing odd. */
export function ForecastFields({ genre, draft, onDraft }: Props): VNode {
  return (
    <div class="forecast" role="group" aria-label={genre}>
      <label>
        <b>{genre}</b>
        <select
          aria-label={`${genre}: ${words.word}`}
          value={draft.word}
          onChange={({ currentTarget }) => onDraft(withWord(draft, currentTarget.value))}
        >
          <option value="">{words.noWord}</option>
          {WORD_GROUPS.map((group, i) => (
            <optgroup key={i} label={words.wordGroups[i] ?? ''}>
              {group.map((word) => (
                <option key={word} value={word}>
                  {word}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </label>
      <Chance
        genre={genre}
        label={words.chance}
        value={draft.chance}
        disabled={draft.word === ''}
        onChance={(chance) => onDraft({ ...draft, chance })}
      />
      <Chance genre={genre} label={words.ordinary} value={draft.ordinary} onChance={(ordinary) => onDraft({ ...draft, ordinary })} />
    </div>
  );
}

function Chance({
  genre,
  label,
  value,
  disabled = false,
  onChance,
}: {
  readonly genre: string;
  readonly label: string;
  readonly value: number;
  readonly disabled?: boolean;
  readonly onChance: (percent: number) => void;
}): VNode {
  return (
    <label class="chance">
      <input
        type="number"
        min={0}
        max={100}
        step={1}
        value={value}
        disabled={disabled}
        onInput={({ currentTarget }) => {
          if (currentTarget.validity.valid && currentTarget.value !== '') onChance(currentTarget.valueAsNumber);
        }}
      />
      <span>
        <span class="vh">{genre}: </span>
        {label}
      </span>
    </label>
  );
}
