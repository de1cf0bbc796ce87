import { TOOLS, type ToolId } from '../model/tools/deck.ts';
import type { Finding, Order } from '../model/tools/findings.ts';
import { OBJECTIVES, type Objective } from '../model/world.ts';
import { budgetOf, readCase } from './case.ts';
import { HAS } from './forecast.ts';
import { beliefIn, left, scoreOf, VERDICTS, type Entry, type Play, type Verdict } from './game.ts';

/** The words that a notebook is written in. */
export interface NotebookWords {
  readonly title: string;
  readonly objectives: Readonly<Record<Objective, string>>;
  readonly tools: Readonly<Record<ToolId, string>>;
  readonly verdicts: Readonly<Record<Verdict, string>>;
  readonly headings: Readonly<
    Record<
      'case' | 'seal' | 'spent' | 'belief' | 'evidence' | 'notes' | 'report' | 'forecast' | 'notRuledOut' | 'answer' | 'salt' | 'points',
      string
    >
  >;
}

/** What Markdown would take for its own, made plain. */
const plain = (text: string): string => text.replaceAll(/[\\`*_{}[\]<>#|]/g, (mark) => `\\${mark}`);
const percent = (share: number): string => `${Math.round(100 * share)} %`;
const number = (value: number): string => String(Math.round(value * 1000) / 1000);

/** What an order asked for, besides its tool. */
function detailOf(order: Order): string {
  return Object.entries(order)
    .filter(([name]) => name !== 'tool')
    .flatMap(([, detail]: [string, string | readonly string[]]) => detail)
    .join(', ');
}

/** The lines of a finding. */
function linesOf(finding: Finding): string[] {
  switch (finding.kind) {
    case 'answers':
      return finding.samples.map(({ request, answer }) => `${request} → ${answer}`);
    case 'talk':
      return finding.samples.map(({ given, said }) => `${given} → ${said}`);
    case 'hits':
      return [`${finding.n} / ${finding.of}`, ...finding.hits.map(({ text, times }) => `${times} × ${text}`)];
    case 'tastes':
      return finding.rows.map(
        ({ genre, rm, librarian }) =>
          `${genre}: ${rm.feature} (${number(rm.probability)}); ${librarian.feature} (${number(librarian.probability)})`,
      );
    case 'features':
      return finding.rows.map(({ feature, label, here, neutral }) => `${feature} “${label}”: ${number(here)}; ${number(neutral)}`);
    case 'effects':
      return finding.rows.map(
        ({ feature, label, after, pushed }) => `${feature} “${label}”: ${number(finding.before)} → ${number(after)}; ${number(pushed)}`,
      );
    case 'axis':
      return [`${number(finding.here)}; ${number(finding.neutral)}`];
  }
}

function entryLines({ number: at, order, finding, verdicts }: Entry, words: NotebookWords): string[] {
  const detail = detailOf(order);
  const filed = VERDICTS.flatMap((verdict) =>
    OBJECTIVES.filter((objective) => verdicts[objective] === verdict).map(
      (objective) => `${words.verdicts[verdict]}: ${words.objectives[objective]}`,
    ),
  );
  return [
    `### E${at} ${words.tools[order.tool]}${detail === '' ? '' : `: ${plain(detail)}`} (${TOOLS[order.tool].price})`,
    '',
    ...linesOf(finding).map((line) => `- ${plain(line)}`),
    ...(filed.length === 0 ? [] : ['', filed.join('; ')]),
    '',
  ];
}

/** The notebook of a case as Markdown: all evidence, beliefs and notes; the report, the answer and the points where they are there. */
export function markdownOf(play: Play, words: NotebookWords): string {
  const { headings } = words;
  const { report, debrief } = play;
  const belief = report?.belief ?? beliefIn(play);
  const budget = budgetOf(readCase(play.code));
  const lines = [
    `# ${words.title}`,
    '',
    `- ${headings.case}: ${play.code}`,
    `- ${headings.seal}: ${play.seal ?? '—'}`,
    `- ${headings.spent}: ${budget - left(play)} / ${budget}`,
    '',
    `## ${headings.belief}`,
    '',
    ...OBJECTIVES.map((objective) => `- ${words.objectives[objective]}: ${percent(belief[objective])}`),
    '',
    `## ${headings.evidence}`,
    '',
    ...play.entries.flatMap((entry) => entryLines(entry, words)),
    ...(play.notes.trim() === '' ? [] : [`## ${headings.notes}`, '', play.notes.trim(), '']),
  ];
  if (report !== undefined) {
    lines.push(
      `## ${headings.report}`,
      '',
      ...report.forecasts.map(
        ({ genre, word, chance, ordinary }) => `- ${headings.forecast}, ${genre}: ${word} ${percent(chance)}, – ${percent(ordinary)}`,
      ),
      ...(report.notRuledOut.trim() === '' ? [] : [`- ${headings.notRuledOut}: ${plain(report.notRuledOut.trim())}`]),
      '',
    );
  }
  if (report !== undefined && debrief !== undefined) {
    const score = scoreOf(report, debrief, HAS);
    lines.push(
      `## ${headings.answer}`,
      '',
      `- ${words.objectives[debrief.objective]}`,
      `- ${headings.answer}: \`${debrief.opened.answer}\``,
      `- ${headings.salt}: \`${debrief.opened.salt}\``,
      `- ${headings.points}: ${Math.round(score.objective)}; ${Math.round(score.forecast)}; ${score.behaviours} / ${score.most}`,
      '',
    );
  }
  return lines.join('\n');
}
