import type { Source } from '../reader/bibliography.ts';
import type { Handbook, Page } from './handbook.ts';

/** `<Cite id="…">` or `<Claim … id="…">` in a text of the content. */
const NAMED = /<(Cite|Claim)\b[^>]*?\sid="([^"]+)"/g;
/** A claim's value in a cell of a chart, a formula or a drawing: `sa-rl:before`. */
const VALUE = /([a-z0-9][a-z0-9-]*):([a-z0-9-]+)/g;

/** Every text within a record, however deep. */
function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) yield* textsIn(inner);
}

/** What the page prints from other files than its own: figures, misconceptions, cards, prediction and recall. */
function shownOn(handbook: Handbook, page: Page): unknown[] {
  const { predict, recall } = handbook.questions(page.id);
  const shown = page.outline.uses.flatMap(({ name, attributes: { id = '' } }): unknown[] => {
    if (name === 'Chart' || name === 'Figure') {
      const { data, drawings } = handbook.figure(page, id);
      return [data, drawings];
    }
    if (name === 'Misconception') {
      const { wrong, instead } = handbook.misconception(id);
      return [wrong, instead];
    }
    if (name === 'Technique') return [handbook.technique(id)];
    if (name === 'SelfCheck') return [handbook.selfCheck];
    return [];
  });
  return [predict, recall, ...shown];
}

/**
 * The sources that a page rests on: those that it cites, and those of its claims, also where they stand in a figure or a card.
 * @returns in the order of the bibliography, each once
 * @throws UnknownName where the content check would find a fault
 */
export function sourcesOf(handbook: Handbook, page: Page): readonly Source[] {
  const claims = new Map(handbook.claims.map((claim) => [claim.id, claim]));
  const keys = new Set<string | undefined>();
  for (const { name, attributes } of page.outline.uses) {
    if (name === 'Cite') keys.add(attributes.id);
    if (name === 'Claim') keys.add(claims.get(attributes.id ?? '')?.source.key);
    for (const [, id = ''] of (attributes.of ?? '').matchAll(VALUE)) keys.add(claims.get(id)?.source.key);
  }
  for (const text of textsIn(shownOn(handbook, page))) {
    for (const [, name, id = ''] of text.matchAll(NAMED)) keys.add(name === 'Cite' ? id : claims.get(id)?.source.key);
    // a cell of a chart may name the claim alone
    keys.add(claims.get(text)?.source.key);
    for (const [, id = '', value = ''] of text.matchAll(VALUE)) {
      const claim = claims.get(id);
      if (claim?.values?.[value] !== undefined) keys.add(claim.source.key);
    }
  }
  return handbook.sources.filter((source) => keys.has(source.key));
}
