import type { ClaimValue } from '../schemas/claim.ts';
import { wilson } from './statistics.ts';

/** A space that does not break a number from its unit. */
export const NBSP = '\u00a0';
const MINUS = '−';

/** Prints a number: a real minus sign, a comma between thousands, no trailing zeros beyond `digits`. */
export function printNumber(value: number, digits?: number): string {
  const fixed = digits === undefined ? String(Number(value.toPrecision(12))) : value.toFixed(digits);
  const negative = fixed.startsWith('-') && Number(fixed) !== 0;
  const [whole = '0', fraction] = fixed.replace(/^-/, '').split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return `${negative ? MINUS : ''}${grouped}${fraction === undefined ? '' : `.${fraction}`}`;
}

/** A number with its unit, held together: `55 %`, `25 000 prompts`. */
export function withUnit(printed: string, unit: string | undefined): string {
  return unit === undefined ? printed : `${printed}${NBSP}${unit}`;
}

/** Prints a claim's value; `bare` leaves the unit away. */
export function printValue(value: ClaimValue, bare = false): string {
  if ('text' in value) return value.text;
  const unit = bare ? undefined : value.unit;
  if ('count' in value) return withUnit(`${printNumber(value.count)} of ${printNumber(value.of)}`, unit);
  const about = value.about === true && !bare ? 'about ' : '';
  if ('from' in value) return `${about}${withUnit(`${printNumber(value.from)}–${printNumber(value.to)}`, unit)}`;
  return `${about}${withUnit(printNumber(value.value), unit)}`;
}

/** The number that a chart plots or a formula takes: a count out of a total as a percentage, a span at its middle. Undefined for words. */
export function plainNumber(value: ClaimValue): number | undefined {
  if ('text' in value) return undefined;
  if ('count' in value) return (100 * value.count) / value.of;
  if ('from' in value) return (value.from + value.to) / 2;
  return value.value;
}

/** The interval of a value in the unit of {@link plainNumber}: the one that is given, a span's ends, or Wilson's (95 %) of a count, in per cent. */
export function intervalOf(value: ClaimValue): { readonly low: number | undefined; readonly high: number | undefined } {
  if ('text' in value) return { low: undefined, high: undefined };
  if ('count' in value) {
    const { low, high } = wilson(value.count, value.of);
    return { low: 100 * low, high: 100 * high };
  }
  return 'from' in value ? { low: value.from, high: value.to } : { low: value.low, high: value.high };
}

/** Prints the interval of a value with its unit, that of a count to a tenth of a per cent; undefined where there is none. */
export function printInterval(value: ClaimValue): string | undefined {
  const { low, high } = intervalOf(value);
  if (low === undefined || high === undefined || 'text' in value) return undefined;
  const counted = 'count' in value;
  const print = (end: number): string => printNumber(end, counted ? 1 : undefined);
  return withUnit(`${print(low)} to ${print(high)}`, counted ? '%' : value.unit);
}
