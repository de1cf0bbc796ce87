import type { Lab } from './view/lab.ts';
import { hasView, type LabView } from './views.ts';

/** The views of the labs, each fetched when it is shown. */
const LABS: Readonly<Record<LabView, () => Promise<Lab>>> = {
  backdoor: async () => (await import('./backdoor/view/backdoor.tsx')).backdoor,
  poisoning: async () => (await import('./poisoning/view/poisoning.tsx')).poisoning,
  probe: async () => (await import('./probe/view/probe.tsx')).probe,
  sae: async () => (await import('./sae/view/sae.tsx')).sae,
};

/**
 * Fetches the view of a lab.
 * @throws Error where there is none
 */
export async function loadLab(id: string): Promise<Lab> {
  if (!hasView(id)) throw new Error(`The lab "${id}" has no view.\nAdd it to src/labs/views.ts and src/labs/registry.ts.`);
  return LABS[id]();
}
