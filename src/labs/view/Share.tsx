import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { copyText } from '../../chrome/clipboard.ts';
import { framed, LAB_HEIGHT } from '../../handbook/framed.ts';
import type { LabPlace } from './lab.ts';
import { labWords as words } from './words.ts';

interface Props {
  readonly place: LabPlace;
  /** The state as it stands behind the `#` of an address. */
  readonly address: string;
  readonly seed: number;
  /** Largest seed, from 0. */
  readonly mostSeed: number;
  readonly onSeed: (seed: number) => void;
  readonly tables: boolean;
  /** Opens the tables behind the pictures, or closes them. */
  readonly onTables: (open: boolean) => void;
  /** Nothing can be changed while a run goes on, or before the script has begun. */
  readonly disabled: boolean;
}

/** What makes a result the reader's to keep and to show: its seed, its address, what to paste, the tables behind its pictures. */
export function Share({ place, address, seed, mostSeed, onSeed, tables, onTables, disabled }: Props): VNode {
  const said = useSignal('');
  const copy = async (text: string): Promise<void> => {
    said.value = (await copyText(text)) ? words.copied : words.copyByHand;
  };
  const link = `${place.page}#${address}`;
  // the part of the link that says something
  const path = `${new URL(place.page).pathname}#${address}`;
  const embed = (): string =>
    framed({ src: `${place.embed}#${address}`, name: place.title, height: LAB_HEIGHT, script: place.embedScript });
  return (
    <div class="share needs-js" data-pagefind-ignore>
      <label>
        {words.seed}
        <input
          type="number"
          min={0}
          max={mostSeed}
          step={1}
          value={seed}
          disabled={disabled}
          onChange={({ currentTarget }) => {
            if (currentTarget.validity.valid && currentTarget.value !== '') onSeed(currentTarget.valueAsNumber);
            else currentTarget.value = String(seed);
          }}
        />
      </label>
      <label class="url">
        {words.thisState}
        <input type="text" readOnly value={path} onFocus={({ currentTarget }) => currentTarget.select()} />
      </label>
      <p class="row">
        <button class="btn ghost" type="button" disabled={disabled} onClick={() => void copy(link)}>
          {words.copyLink}
        </button>
        <button class="btn ghost" type="button" disabled={disabled} onClick={() => void copy(embed())}>
          {words.copyEmbed}
        </button>
        <button class="btn ghost" type="button" disabled={disabled} aria-pressed={tables} onClick={() => onTables(!tables)}>
          {words.table}
        </button>
      </p>
      <p class="said" role="status">
        {said}
      </p>
    </div>
  );
}
