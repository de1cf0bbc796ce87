import type { VNode } from 'preact';

interface Props {
  readonly words: readonly string[];
  /** Number of the word that is marked. */
  readonly at: number;
  /** How many words are shown before it and after it; all unless told. */
  readonly before?: number;
  readonly after?: number;
}

/** A text with the word at which a feature fires marked in it. Marks that open a voice are shown as they are. */
export function Passage({ words, at, before = words.length, after = words.length }: Props): VNode {
  const from = Math.max(0, at - before);
  const to = Math.min(words.length, at + 1 + after);
  return (
    <span class="passage">
      {from > 0 && '… '}
      {words.slice(from, at).join(' ')} <mark>{words[at]}</mark> <span class="after">{words.slice(at + 1, to).join(' ')}</span>
      {to < words.length && ' …'}
    </span>
  );
}

/** A whole text with any number of marked words. */
export function Marked({ words, at }: { readonly words: readonly string[]; readonly at: readonly number[] }): VNode {
  return (
    <span class="passage">
      {words.map((word, i) => (
        <span key={i}>
          {at.includes(i) ? <mark>{word}</mark> : word}
          {i < words.length - 1 && ' '}
        </span>
      ))}
    </span>
  );
}
