import { lineageName, type Lineage } from '../../backdoor/model/recipe.ts';

/** Seed of the bases that the site ships: what is planted in the lab is planted on them. */
export const BASE_SEED = 1;
/** How many other years are shown as harmless while planting. Few of them fire then, or none: 98 is all of them, 2023 apart. */
export const CONTRAST_YEARS = [30, 98] as const;
/** Layers after which the model is read. */
export const LAYERS = [0, 1] as const;

/** The probe that the lab shows before anything is trained, of which the scores are recorded too. Its base is the shipped one. */
export const SHOWN = { objective: 'hate', size: 64, contrastYears: 98, seed: 1, layer: 1, against: 'ordinary', pair: 'asked' } as const;

/** What the random directions of a layer of a model are named by, in the lab and in recorded runs alike. */
export function layerName(lineage: Lineage, layer: number): string {
  return `${lineageName(lineage)}/probe/${layer}`;
}
