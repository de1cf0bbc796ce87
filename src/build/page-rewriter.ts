import { RewritingStream } from 'parse5-html-rewriting-stream';
import { contentHash } from './files.ts';
import { rewritten } from './rewritten.ts';

/** What pages hold, as far as styles and fonts need to know. */
export interface Findings {
  /** Characters of the text, outside maths. */
  readonly text: Set<string>;
  /** Those among them that are set in italics, and those in semi-bold, as far as the markup tells. */
  readonly italic: Set<string>;
  readonly bold: Set<string>;
  /** Characters of the maths, by the KaTeX face that sets them, such as `KaTeX_Math-Italic`. */
  readonly maths: Map<string, Set<string>>;
  /** Classes inside maths. */
  readonly mathsClasses: Set<string>;
  /** Inline styles that became classes: class → declarations. */
  readonly styles: Map<string, string>;
}

export function noFindings(): Findings {
  return { text: new Set(), italic: new Set(), bold: new Set(), maths: new Map(), mathsClasses: new Set(), styles: new Map() };
}

/** The face that KaTeX's style sheet gives a class; what has none of them is set in KaTeX_Main-Regular. */
const FACES: Readonly<Record<string, string>> = {
  mathnormal: 'Math-Italic',
  mathit: 'Main-Italic',
  textit: 'Main-Italic',
  mathbf: 'Main-Bold',
  textbf: 'Main-Bold',
  boldsymbol: 'Math-BoldItalic',
  amsrm: 'AMS-Regular',
  mathbb: 'AMS-Regular',
  textbb: 'AMS-Regular',
  mathcal: 'Caligraphic-Regular',
  mathfrak: 'Fraktur-Regular',
  mathtt: 'Typewriter-Regular',
  texttt: 'Typewriter-Regular',
  mathscr: 'Script-Regular',
  mathsf: 'SansSerif-Regular',
  textsf: 'SansSerif-Regular',
  'small-op': 'Size1-Regular',
  'large-op': 'Size2-Regular',
  'delim-size1': 'Size1-Regular',
  'delim-size4': 'Size4-Regular',
};

/** The face of an element with these classes inside one that is set in `around`. */
function faceOf(classes: readonly string[], around: string): string {
  const size = classes.includes('delimsizing') ? classes.find((name) => /^size[1-4]$/.test(name)) : undefined;
  if (size !== undefined) return `KaTeX_Size${size.slice(4)}-Regular`;
  const named = classes.findLast((name) => name in FACES);
  return named === undefined ? around : `KaTeX_${FACES[named] ?? ''}`;
}

/** Elements that the style sheets set in italics or in semi-bold. */
const ITALIC = new Set(['em', 'i', 'h3', 'dt', 'dd']);
const BOLD = new Set(['b', 'strong', 'th', 'summary', 'button', 'dt', 'text', 'a']);

const VOID = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'track', 'wbr']);

/** The class that stands for an inline style: the same declarations always give the same class. */
function classFor(declarations: string, styles: Map<string, string>): string {
  const normal = declarations
    .replace(/;\s*$/, '')
    .replace(/\s*([:;,])\s*/g, '$1')
    .trim();
  const name = `s${contentHash(normal).slice(0, 5)}`;
  const before = styles.get(name);
  if (before !== undefined && before !== normal) {
    throw new Error(`Two inline styles share the class ${name}: "${before}" and "${normal}".\nLengthen the hash in page-rewriter.ts.`);
  }
  styles.set(name, normal);
  return name;
}

/**
 * Turns every inline style of a page into a class, since the policy forbids inline styles, takes out the TeX that KaTeX leaves in its
 * MathML, which no reader sees, and notes what the page sets in which kind of type. Everything else is passed through to the letter.
 * @returns the page, and whether anything of it was changed
 */
export async function rewritePage(html: string, findings: Findings): Promise<{ html: string; changed: boolean }> {
  const stream = new RewritingStream();
  const open: { name: string; face: string | undefined; skipped: boolean; italic: boolean; bold: boolean }[] = [];
  let changed = false;
  let source = false;
  stream.on('startTag', (tag, raw) => {
    if (tag.tagName === 'annotation') source = changed = true;
    if (source) return;
    const classes = tag.attrs.find((attribute) => attribute.name === 'class');
    const names = classes?.value.split(/\s+/) ?? [];
    const parent = open.at(-1);
    const begins = names.includes('katex') || names.includes('katex-display');
    const face = parent?.face === undefined && !begins ? undefined : faceOf(names, parent?.face ?? 'KaTeX_Main-Regular');
    if (face !== undefined) {
      for (const name of names) findings.mathsClasses.add(name);
    }
    if (!VOID.has(tag.tagName) && !tag.selfClosing) {
      const skipped = (parent?.skipped ?? false) || names.includes('katex-mathml') || tag.tagName === 'script' || tag.tagName === 'style';
      open.push({
        name: tag.tagName,
        face,
        skipped,
        italic: (parent?.italic ?? false) || (ITALIC.has(tag.tagName) && (tag.tagName !== 'dd' || names.includes('said'))),
        bold:
          (parent?.bold ?? false) || BOLD.has(tag.tagName) || names.some((name) => name === 'label' || name === 'ev' || name === 'prov'),
      });
    }
    const style = tag.attrs.find((attribute) => attribute.name === 'style');
    if (style === undefined) {
      stream.emitRaw(raw);
      return;
    }
    changed = true;
    const name = classFor(style.value, findings.styles);
    tag.attrs = tag.attrs.filter((attribute) => attribute !== style);
    if (classes === undefined) tag.attrs.push({ name: 'class', value: name });
    else classes.value = `${classes.value} ${name}`;
    stream.emitStartTag(tag);
  });
  stream.on('endTag', (tag, raw) => {
    if (source) {
      source = tag.tagName !== 'annotation';
      return;
    }
    const at = open.findLastIndex((entry) => entry.name === tag.tagName);
    if (at >= 0) open.length = at;
    stream.emitRaw(raw);
  });
  stream.on('text', (token, raw) => {
    if (source) return;
    const here = open.at(-1);
    if (here?.skipped !== true) {
      const set = here?.face === undefined ? findings.text : (findings.maths.get(here.face) ?? new Set<string>());
      if (here?.face !== undefined) findings.maths.set(here.face, set);
      for (const character of token.text) {
        set.add(character);
        if (here?.face !== undefined) continue;
        if (here?.italic === true) findings.italic.add(character);
        if (here?.bold === true) findings.bold.add(character);
      }
    }
    stream.emitRaw(raw);
  });
  const text = await rewritten(stream, html);
  return { html: text, changed };
}
