import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { copyText } from '../../../chrome/clipboard.ts';
import { words } from './words.ts';

/** A text to be taken along, with a button that copies it. */
export function CopyLine({ label, text }: { readonly label: string; readonly text: string }): VNode {
  const said = useSignal('');
  return (
    <div class="copy-line">
      <label>
        {label}
        <input type="text" readOnly value={text} onFocus={({ currentTarget }) => currentTarget.select()} />
      </label>
      <button
        class="btn ghost"
        type="button"
        onClick={() =>
          void copyText(text).then((done) => {
            said.value = done ? words.copied : words.copyByHand;
          })
        }
      >
        {words.copy}
      </button>
      <p class="said" role="status">
        {said}
      </p>
    </div>
  );
}
