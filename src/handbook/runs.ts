import type { RecordedCell } from '../schemas/recorded.ts';
import type { ClaimEntry, Handbook, LabEntry, OrganismEntry, RunEntry } from './handbook.ts';
import { printNumber } from './numbers.ts';

/** The seeds of a run, neighbours drawn together: `seed 3`, `seeds 1–5, 9`. */
export function printSeeds(seeds: readonly number[]): string {
  const spans: { from: number; to: number }[] = [];
  for (const seed of seeds.toSorted((a, b) => a - b)) {
    const last = spans.at(-1);
    if (last !== undefined && seed <= last.to + 1) last.to = seed;
    else spans.push({ from: seed, to: seed });
  }
  const printed = spans.map(({ from, to }) => (from === to ? `${from}` : `${from}${to === from + 1 ? ', ' : '–'}${to}`));
  return `${seeds.length === 1 ? 'seed' : 'seeds'} ${printed.join(', ')}`;
}

/** A name of a results file as it is read: `false-fires` and `falseFires` as "false fires". */
export function printName(name: string): string {
  return name.replace(/([a-z\d])([A-Z])/g, (_, end: string, start: string) => `${end} ${start.toLowerCase()}`).replaceAll('-', ' ');
}

/** Longest text of a cell that is printed whole; what is longer is for programs. */
const LONGEST = 40;

/** A cell of a recorded table as it is printed: a fraction with four digits that count, a long text cut, a dash where nothing was measured. */
export function printCell(cell: RecordedCell): string {
  if (cell === null) return '–';
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  if (typeof cell === 'string') return cell.length > LONGEST ? `${cell.slice(0, LONGEST)}…` : cell;
  return printNumber(Number.isInteger(cell) ? cell : Number(cell.toPrecision(4)));
}

/** The claims that take numbers from a run, in the order of their files. */
export function claimsOf(handbook: Handbook, { run }: Pick<RunEntry, 'run'>): readonly ClaimEntry[] {
  return handbook.claims.filter(({ runs }) => runs.some((entry) => entry.run === run));
}

/** The models that a run trained or measured, in the order of their cards. */
export function organismsOf(handbook: Handbook, { run }: Pick<RunEntry, 'run'>): readonly OrganismEntry[] {
  return handbook.organisms.filter((organism) => [organism.run, ...organism.runs].some((entry) => entry.run === run));
}

/** The models that a lab uses, in the order of their cards. */
export function organismsIn(handbook: Handbook, { id }: Pick<LabEntry, 'id'>): readonly OrganismEntry[] {
  return handbook.organisms.filter(({ labs }) => labs.includes(id));
}
