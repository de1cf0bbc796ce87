/** What a component takes. */
export interface Signature {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

/** The components that an author may write, with their attributes. `src/components/index.ts` must export each of them. */
export const COMPONENTS: Readonly<Record<string, Signature>> = {
  Claim: { required: ['id'], optional: ['v', 'say', 'bare'] },
  Cite: { required: ['id'], optional: ['at'] },
  Term: { required: [], optional: ['id'] },
  Ref: { required: ['to'], optional: [] },
  Calc: { required: ['of'], optional: ['unit', 'digits'] },
  Given: { required: [], optional: [] },
  Equation: { required: ['id'], optional: [] },
  Definition: { required: ['id'], optional: [] },
  Chart: { required: ['id'], optional: [] },
  Figure: { required: ['id'], optional: [] },
  Table: { required: ['id', 'caption'], optional: ['provenance'] },
  Example: { required: ['id', 'title'], optional: [] },
  Misconception: { required: ['id'], optional: [] },
  Evidence: { required: [], optional: [] },
  Known: { required: ['as'], optional: [] },
  Note: { required: [], optional: [] },
  Predict: { required: [], optional: [] },
  Lab: { required: ['id'], optional: [] },
  Technique: { required: ['id'], optional: [] },
  Techniques: { required: [], optional: [] },
  Routes: { required: [], optional: [] },
  SelfCheck: { required: [], optional: [] },
};

/** The components that may stand in a one-line text: a caption, an answer, a definition. */
export const INLINE_COMPONENTS: readonly string[] = ['Claim', 'Cite', 'Term', 'Ref', 'Calc', 'Given'];

/** The game, which a reference may name beside the pages of the book. */
export const GAME = { target: 'game', title: 'The auditing game' } as const;
/** What begins the target of a reference to a lab: `labs/probe`. */
export const LAB_TARGET = 'labs/';

/** Anchors that the layout sets on every page. */
export const LAYOUT_ANCHORS: readonly string[] = ['main', 'predict', 'recall', 'cite', 'search', 'contents'];

/** Counts of these belong to a claim when they stand in prose as figures. */
const COUNTED = String.raw`(?:prompts?|samples?|documents?|examples?|models?|runs?|hours?|minutes?|days?|weeks?|months?|teams?|people|persons?|researchers?|participants?|authors?|tokens?|parameters?|episodes?|questions?|quer(?:y|ies)|tests?|cases?|steps?|layers?|features?|biases|answers?|responses?|completions?|trials?|seeds?|attacks?|images?|words?|lines?|tasks?|times|points?|pp|billion|million|thousand|trillion)\b`;

/** After these a number is a name: Claude 3, layer 12. */
const NAMED =
  'Claude|Llama|Gemma|Gemini|Mistral|Mixtral|Qwen|Phi|GPT|Opus|Sonnet|Haiku|team|section|layer|figure|table|step|stage|tier|level|page|part|chapter|round|phase|version|footnote|appendix|equation|example|item|row|column|year|in';

/** A number that belongs to no word before it: the 2.5 of a model's name is none, nor the 2 of GPT-2. */
const NUMBER = String.raw`(?<![\p{L}\d.]|\p{L}-)\d+(?:[.,\u00a0\u202f]\d+)*`;

/** A year that is not a count of anything. */
const YEAR = String.raw`(?:19\d\d|20(?!00)\d\d)(?![\d.,]\d)`;

/** Words between a number and what it counts; small ones end the phrase instead. */
const BETWEEN = String.raw`(?:(?!(?:the|an?|and|or|of|in|on|at|to|by|as|is|are|was|were|has|have|for|from|with|that|than|it|its)\b)[\p{L}-]+\s+){0,2}`;

/** Numbers in prose that belong to a claim, by the pattern that gives them away. */
export const CLAIMED_NUMBERS: readonly { readonly name: string; readonly pattern: RegExp }[] = [
  { name: 'percentage', pattern: new RegExp(String.raw`${NUMBER}\s*(?:%|per\s?cent\b)`, 'giu') },
  {
    name: 'count out of a total',
    pattern: new RegExp(String.raw`${NUMBER}\s+(?:out\s+)?of\s+(?:(?:the|its|their|all|these|those)\s+)*${NUMBER}`, 'giu'),
  },
  { name: 'rate', pattern: new RegExp(String.raw`(?:\bone|(?<!\b(?:${NAMED})\s)${NUMBER})\s+in\s+(?!${YEAR})${NUMBER}`, 'giu') },
  { name: 'factor', pattern: new RegExp(String.raw`${NUMBER}\s*(?:×|-?fold\b)`, 'giu') },
  { name: 'count with a unit', pattern: new RegExp(String.raw`(?<!\b(?:${NAMED})\s)(?!${YEAR}\s)${NUMBER}\s+${BETWEEN}${COUNTED}`, 'giu') },
];

/** The numbers in a text that belong to a claim, each once, in the order of the text. */
export function typedNumbers(text: string): { readonly name: string; readonly written: string; readonly index: number }[] {
  const found: { name: string; written: string; index: number }[] = [];
  for (const { name, pattern } of CLAIMED_NUMBERS) {
    for (const { 0: written, index } of text.matchAll(pattern)) {
      const isSeen = found.some((other) => index < other.index + other.written.length && other.index < index + written.length);
      if (!isSeen) found.push({ name, written, index });
    }
  }
  return found.toSorted((a, b) => a.index - b.index).map((entry) => ({ ...entry, written: entry.written.replace(/\s+/g, ' ') }));
}
