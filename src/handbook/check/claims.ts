import type { ClaimRecord } from '../../reader/content.ts';
import type { Context, Spot } from './context.ts';
import { checkSource, namesSource } from './sources.ts';
import { checkInline, checkNumbers } from './text.ts';
import { checkPlaceholders } from './values.ts';

/** Claims rest on sources that are there, and their numbers stand under values. */
export function checkClaims(context: Context): void {
  const named = new Set<string>();
  for (const claim of context.content.claims) {
    // all claims of a file rest on one source, which the file names once
    if (!named.has(claim.file)) checkFileSource(context, claim);
    named.add(claim.file);
    checkFurtherSources(context, claim);
    checkRecorded(context, claim);
    checkWords(context, claim);
  }
}

function checkFileSource(context: Context, { file, source, sourceLine }: ClaimRecord): void {
  // where the file is named otherwise, the reader has said so, and one of the two names is the source's
  if (file.endsWith(`/${source}.yaml`)) checkSource(context, source, { file, line: sourceLine });
  else for (const key of [source, file.replace(/^.*\/|\.yaml$/g, '')]) context.used.sources.add(key);
}

function checkFurtherSources(context: Context, { data: { also = [], via }, file, lineOf }: ClaimRecord): void {
  for (const [index, key] of also.entries()) checkSource(context, key, { file, line: lineOf(['also', index]) });
  if (via !== undefined && namesSource(context, via)) checkSource(context, via, { file, line: lineOf(['via']) });
}

/** Numbers of our own runs come from their results files, and those of papers do not. */
function checkRecorded({ exists, report }: Context, { id, data, file, source, recorded, lineOf }: ClaimRecord): void {
  // which of the two a source is that is not there, nobody knows
  if (!exists.sources.has(source)) return;
  const values = Object.entries(data.values ?? {});
  if (!exists.ownRuns.has(source)) {
    for (const name of Object.keys(recorded)) {
      report(
        { file, line: lineOf(['values', name]) },
        `The value "${name}" is recorded, and "${source}" is no run of ours.`,
        'Give the number that the source gives, or move the claim to the file of our own runs.',
      );
    }
    return;
  }
  for (const [name, value] of values) {
    if (name in recorded || 'text' in value) continue;
    report(
      { file, line: lineOf(['values', name]) },
      `The value "${name}" is typed, not recorded.`,
      'Name the results file that holds it: { recorded: run/value }.',
    );
  }
  if (values.every(([, value]) => 'text' in value)) {
    report(
      { file, line: lineOf(['id']) },
      `The claim "${id}" rests on our own runs and takes no number of theirs.`,
      'Give it a value: { recorded: run/value }.',
    );
  }
  if (data.read !== 'primary') {
    report({ file, line: lineOf(['read']) }, `The claim "${id}" rests on our own runs and was read in an account.`, 'Write read: primary.');
  }
}

function checkWords(context: Context, { id, data, file, lineOf }: ClaimRecord): void {
  for (const field of ['statement', 'setup'] as const) {
    const spotOf = (offset: number): Spot => ({ file, line: lineOf([field], offset) });
    checkPlaceholders(context, data[field], id, data.values ?? {}, spotOf);
    if (field === 'statement') {
      // as long as before, so that offsets hold; the stop keeps what stands on either side apart
      const words = data[field].replace(/\{[^}]*\}/g, (held) => ' '.repeat(held.length - 1) + '.');
      checkNumbers(context, words, spotOf, 'Put it under values, by a name, and write {name} here.');
    }
  }
  if (data.note !== undefined) {
    const host = { file, page: undefined, numbers: true, apart: true };
    checkInline(context, data.note, host, (offset) => lineOf(['note'], offset));
  }
}
