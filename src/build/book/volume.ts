import type { Handbook } from '../../handbook/handbook.ts';

/** A piece of the printed book and of the e-book, taken from one built page. */
export interface Unit {
  /** `b2` for a chapter, otherwise a word such as `glossary`; the name of its file in the e-book. */
  readonly id: string;
  readonly title: string;
  /** Address of the page that it is taken from. */
  readonly href: string;
  /** Letter of its part, for a chapter. */
  readonly part?: string;
}

/** Where in the book an address of the site is found. */
export interface Place {
  readonly unit: string;
  /** Anchor within the unit; the unit as a whole without one. */
  readonly anchor?: string;
}

/** The chapters in the order of the book. */
export function chapterUnits(handbook: Handbook): Unit[] {
  return handbook.pages.map(({ id, title, href, part }) => ({ id, title, href, part: part.id }));
}

/**
 * Finds addresses of the site in a book of these units.
 * @returns a function from an address to the place; undefined for what the book does not hold
 */
export function placesIn(handbook: Handbook, units: readonly Unit[]): (address: Pick<URL, 'pathname' | 'hash'>) => Place | undefined {
  const { links } = handbook;
  const held = new Map<string, Place>(units.map(({ id, href }) => [href, { unit: id }]));
  const unitAt = (href: string): string | undefined => held.get(href)?.unit;
  const add = (href: string, unit: string | undefined, anchor: string): void => {
    if (unit !== undefined) held.set(href, { unit, anchor });
  };
  for (const page of handbook.pages) {
    const unit = unitAt(page.href);
    if (unit !== undefined) held.set(page.short, { unit });
  }
  for (const part of handbook.parts) if (units.some((unit) => unit.part === part.id)) held.set(part.href, { unit: `part-${part.id}` });
  for (const term of handbook.terms) add(term.href, unitAt(links.glossary()), `term-${term.id}`);
  for (const claim of handbook.claims) add(claim.href, unitAt(links.claims()), claim.id);
  for (const { id, href, page } of handbook.misconceptions) add(href, unitAt(handbook.page(page).href), `mis-${id}`);
  return ({ pathname, hash }) => {
    const place = held.get(pathname);
    return place === undefined || hash === '' || place.anchor !== undefined
      ? place
      : { ...place, anchor: decodeURIComponent(hash.slice(1)) };
  };
}
