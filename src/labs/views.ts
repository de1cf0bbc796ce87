/** The labs that can be shown. Whoever asks only for that must not load them: a page carries the styles of all that it might import. */
const VIEWS = ['backdoor', 'poisoning', 'probe', 'sae'] as const;
export type LabView = (typeof VIEWS)[number];

/** Whether the lab of that id can be shown. A lab of `content/labs` that cannot has no page yet. */
export function hasView(id: string): id is LabView {
  return VIEWS.some((view) => view === id);
}
