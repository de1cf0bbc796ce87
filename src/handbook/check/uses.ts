import type { ChapterRecord } from '../../reader/content.ts';
import type { Use } from '../../reader/mdx.ts';
import { nearest } from '../../reader/problem.ts';
import { STATUSES } from '../../schemas/claim.ts';
import { PROVENANCES } from '../../schemas/figure.ts';
import { normalise } from '../handbook.ts';
import { COMPONENTS, type Signature } from '../vocabulary.ts';
import { reportUnknown, type Context, type Spot } from './context.ts';
import { checkFormula } from './formulas.ts';
import { checkLab, checkReference } from './references.ts';
import { checkSource } from './sources.ts';
import { checkPlaceholders, valueOf } from './values.ts';

/** What the text that uses a component belongs to. */
export interface Host {
  readonly file: string;
  /** The page on which it is read, where it is on one. */
  readonly page: ChapterRecord | undefined;
  /** It is part of no page: a term that it names is not yet used. */
  readonly apart?: boolean;
}

type Rule = (context: Context, use: Use, spot: Spot, host: Host) => void;

/** What a component must name, for each that names something. */
const RULES: Readonly<Record<string, Rule>> = {
  Claim: checkClaimUse,
  Cite: (context, { attributes: { id = '' } }, spot) => checkSource(context, id, spot),
  Term: checkTermUse,
  Ref: (context, { attributes: { to = '' } }, spot, { page }) => checkReference(context, to, spot, page),
  Calc: (context, { attributes: { of = '' } }, spot) => void checkFormula(context, of, spot),
  Chart: checkFigureUse,
  Figure: checkFigureUse,
  Misconception: checkMisconceptionUse,
  Technique: checkTechniqueUse,
  Lab: (context, { attributes: { id = '' } }, spot) => checkLab(context, id, spot),
  Table: (context, { attributes: { provenance } }, spot) => checkChoice(context, 'provenance', provenance, PROVENANCES, spot),
  Known: (context, { attributes: { as = '' } }, spot) => checkChoice(context, 'status', as, STATUSES, spot),
};

/** A component in a text is one of the vocabulary, has the attributes that it takes, and names what is there. */
export function checkUse(context: Context, use: Use, host: Host): void {
  const spot = { file: host.file, line: use.line };
  const signature = COMPONENTS[use.name];
  if (signature === undefined) {
    const near = nearest(use.name, Object.keys(COMPONENTS));
    context.report(
      spot,
      `There is no component <${use.name}>.`,
      near === undefined
        ? 'Use the components of CONTRIBUTING.md.'
        : `Did you mean <${near}>? Otherwise use the components of CONTRIBUTING.md.`,
    );
    return;
  }
  // without what it requires it names nothing that could be looked up
  if (checkAttributes(context, use, signature, spot)) RULES[use.name]?.(context, use, spot, host);
}

/** Returns whether the attributes that the component requires are there. */
function checkAttributes({ report }: Context, { name, attributes }: Use, { required, optional }: Signature, spot: Spot): boolean {
  const known = [...required, ...optional];
  for (const attribute of Object.keys(attributes)) {
    if (known.includes(attribute)) continue;
    const near = nearest(attribute, known);
    report(
      spot,
      `<${name}> has no attribute "${attribute}".`,
      known.length === 0 ? 'It takes none.' : `${near === undefined ? '' : `Did you mean "${near}"? `}It takes ${known.join(', ')}.`,
    );
  }
  const lacking = required.find((attribute) => (attributes[attribute] ?? '') === '');
  if (lacking === undefined) return true;
  report(spot, `<${name}> lacks the attribute "${lacking}".`, `Write <${name} ${lacking}="…">.`);
  return false;
}

function checkClaimUse(context: Context, { attributes, text }: Use, spot: Spot): void {
  const { id = '', v, say } = attributes;
  const claim = context.exists.claims.get(id);
  if (claim === undefined) {
    valueOf(context, id, undefined, spot);
    return;
  }
  context.used.sources.add(claim.source);
  if (say !== undefined) checkPlaceholders(context, say, id, claim.data.values ?? {}, () => spot);
  // words between its tags need no value
  else if (text.trim() === '' || v !== undefined) valueOf(context, id, v, spot);
}

function checkTermUse(context: Context, { attributes: { id = '' }, text }: Use, spot: Spot, host: Host): void {
  const { exists, used, report } = context;
  const name = id === '' ? text : id;
  const term = exists.terms.get(normalise(name));
  if (term !== undefined) {
    if (host.apart !== true) used.terms.add(term);
  } else if (name.trim() === '') {
    report(spot, '<Term> names no term.', 'Put the term between its tags, or its name in id.');
  } else {
    reportUnknown(
      context,
      spot,
      'term',
      name,
      [...exists.terms.keys()],
      'add a file to content/glossary, or an alias to the term that is meant.',
    );
  }
}

function checkFigureUse(context: Context, { name, attributes: { id = '' } }: Use, spot: Spot, { page }: Host): void {
  // in a text of no page a figure cannot stand, which is reported as such
  if (page === undefined) return;
  const beside = context.content.figures.filter((figure) => figure.folder === page.folder);
  const figure = beside.find((entry) => entry.id === id);
  if (figure === undefined) {
    reportUnknown(
      context,
      spot,
      'figure',
      id,
      beside.map((entry) => entry.id),
      `add ${id}.figure.yaml beside the page.`,
    );
    return;
  }
  context.used.figures.add(figure.file);
  const drawn = figure.data.kind === 'drawing';
  if (drawn !== (name === 'Figure')) {
    context.report(
      spot,
      `<${name}> shows "${id}", which is ${drawn ? 'a drawing' : 'a chart'}.`,
      `Write <${drawn ? 'Figure' : 'Chart'} id="${id}" />.`,
    );
  }
}

function checkMisconceptionUse(context: Context, { attributes: { id = '' } }: Use, spot: Spot): void {
  const ids = context.content.misconceptions.map((entry) => entry.id);
  if (ids.includes(id)) context.used.misconceptions.add(id);
  else reportUnknown(context, spot, 'misconception', id, ids, 'add a file to content/misconceptions.');
}

function checkTechniqueUse(context: Context, { attributes: { id = '' } }: Use, spot: Spot): void {
  const ids = context.content.techniques.map((entry) => entry.id);
  if (ids.includes(id)) context.used.techniques.add(id);
  else reportUnknown(context, spot, 'technique', id, ids, 'add a file to content/techniques.');
}

/** An attribute that takes one of a few words; where it may be left out, undefined is no fault. */
function checkChoice(context: Context, kind: string, value: string | undefined, choices: readonly string[], spot: Spot): void {
  if (value !== undefined && !choices.includes(value))
    reportUnknown(context, spot, kind, value, choices, `use one of ${choices.join(', ')}.`);
}
