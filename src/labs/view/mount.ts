import { hydrate } from 'preact';
import type { Lab, LabPlace } from './lab.ts';

/** What the page hands to the browser, in a block of JSON beside the lab. */
export interface Handed {
  readonly place: LabPlace;
  readonly data: unknown;
}

/**
 * Brings a lab to life that was rendered at build, from the same data.
 * @param root the element that holds it, with the data in a block of JSON behind it
 * @throws Error where the page lacks the data
 */
export function hydrateLab(root: HTMLElement, lab: Lab): void {
  const block = root.nextElementSibling;
  if (!(block instanceof HTMLScriptElement))
    throw new Error('The data of the lab is missing from the page.\nSee src/components/LabBench.astro.');
  const { place, data } = JSON.parse(block.text) as Handed;
  const prose = (name: string): string => root.querySelector(`[data-${name}]`)?.innerHTML ?? '';
  hydrate(lab.element({ place, data, limits: prose('limits'), reported: prose('reported') }), root);
  root.dataset.ready = '';
}
