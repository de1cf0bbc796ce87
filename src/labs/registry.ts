import type { Lab } from './view/lab.ts';

/** The labs that can be shown, each fetched when it is. A lab of `content/labs` that is not here has no page yet. */
const LABS: Readonly<Record<string, () => Promise<Lab>>> = {
  backdoor: async () => (await import('./backdoor/view/backdoor.tsx')).backdoor,
  poisoning: async () => (await import('./poisoning/view/poisoning.tsx')).poisoning,
  probe: async () => (await import('./probe/view/probe.tsx')).probe,
};

/** Whether the lab of that id can be shown. */
export function hasView(id: string): boolean {
  return Object.hasOwn(LABS, id);
}

/**
 * Fetches the view of a lab.
 * @throws Error where there is none
 */
export async function loadLab(id: string): Promise<Lab> {
  const load = hasView(id) ? LABS[id] : undefined;
  if (load === undefined) throw new Error(`The lab "${id}" has no view.\nAdd it to src/labs/registry.ts.`);
  return load();
}
