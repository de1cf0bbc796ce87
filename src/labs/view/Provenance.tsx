import type { VNode } from 'preact';

/** How near a result is: computed in this tab, our own recorded run, or a paper's. */
export type LabProvenance = 'live' | 'recorded' | 'reported';

/** Where a result comes from, in a word; `Provenanced.astro` is the same outside labs. */
export function Provenance({ as }: { readonly as: LabProvenance }): VNode {
  return <span class={`prov ${as}`}>{as.toUpperCase()}</span>;
}
