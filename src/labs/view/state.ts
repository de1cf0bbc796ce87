/**
 * The whole state of a lab in its address: `#v1;K=12;lr=1e-4;m=adv;seed=1`. A lab describes its settings, and gets from the description
 * what writes them and what reads them back. Reading never fails: what cannot be read becomes the default and a problem in words.
 */

/** A whole number from `min` to `max`. */
export interface IntegerField {
  readonly kind: 'integer';
  /** What the setting is called where its control stands. */
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly default: number;
}

/** One of a few words. */
export interface ChoiceField<Option extends string = string> {
  readonly kind: 'choice';
  readonly label: string;
  readonly options: readonly Option[];
  readonly default: Option;
}

/** Up to `most` of a few words, in an order, each as often as it is wanted. */
export interface ListField<Option extends string = string> {
  readonly kind: 'list';
  readonly label: string;
  readonly options: readonly Option[];
  readonly most: number;
  readonly default: readonly Option[];
}

/** What the reader types: at most `most` UTF-16 units. */
export interface TextField {
  readonly kind: 'text';
  readonly label: string;
  readonly most: number;
  readonly default: string;
}

export type Field = IntegerField | ChoiceField | ListField | TextField;
export type Fields = Readonly<Record<string, Field>>;

type ValueOf<F extends Field> = F extends IntegerField
  ? number
  : F extends ChoiceField<infer Option>
    ? Option
    : F extends ListField<infer Option>
      ? readonly Option[]
      : string;

/** The state that a description describes. */
export type StateOf<F extends Fields> = { readonly [Key in keyof F]: ValueOf<F[Key]> };

/** What is wrong with an address, then what was done or is to be done about it. */
export interface StateProblem {
  readonly what: string;
  readonly remedy: string;
}

/** What was read out of an address. */
export interface Decoded<State> {
  readonly state: State;
  /** In the order of the address. */
  readonly problems: readonly StateProblem[];
}

/** A whole number from `min` to `max`, both among them. @param label what its control is called, in a sentence */
export function integer(label: string, range: { readonly min: number; readonly max: number; readonly default: number }): IntegerField {
  return { kind: 'integer', label, ...range };
}

/** One of `options`. @param standard the one that a lab starts with */
export function choice<const Option extends string>(
  label: string,
  options: readonly Option[],
  standard: NoInfer<Option>,
): ChoiceField<Option> {
  return { kind: 'choice', label, options, default: standard };
}

/** Up to `most` of `options`, in an order, each as often as it is wanted. @param standard what a lab starts with */
export function list<const Option extends string>(
  label: string,
  options: readonly Option[],
  most: number,
  standard: readonly NoInfer<Option>[] = [],
): ListField<Option> {
  return { kind: 'list', label, options, most, default: standard };
}

/** A text of at most `most` UTF-16 units. @param standard what a lab starts with */
export function text(label: string, most: number, standard = ''): TextField {
  return { kind: 'text', label, most, default: standard };
}

/** What may name a setting or an option: nothing that the address would have to escape. */
const PLAIN = /^[A-Za-z0-9][A-Za-z0-9.+-]*$/;
/** How much of a mangled value a message repeats. */
const SHOWN = 40;

/** Writes and reads the state of one lab. */
export class StateCodec<F extends Fields> {
  readonly fields: F;
  readonly version: number;
  readonly defaults: StateOf<F>;

  /**
   * @param version counts up when an old address would mean something else; an address of another version is not guessed at
   * @throws RangeError where the description contradicts itself
   */
  constructor(fields: F, version = 1) {
    for (const [key, field] of Object.entries(fields)) checkField(key, field);
    this.fields = fields;
    this.version = version;
    this.defaults = Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, field.default])) as unknown as StateOf<F>;
  }

  /**
   * The state as it stands behind the `#` of an address. All settings are written, so that an address means the same when a default changes.
   * @throws RangeError where a value is none that the setting takes
   */
  encode(state: StateOf<F>): string {
    const parts = Object.entries(this.fields).map(([key, field]) => `${key}=${written(key, field, state[key])}`);
    return [`v${this.version}`, ...parts].join(';');
  }

  /** Whether what stands behind the `#` of an address is meant as a state: it is not empty, and no name of a place on the page. */
  isState(address: string): boolean {
    return /[;=]|^v\d+$/.test(unpacked(address.replace(/^#/, '')));
  }

  /** The settings that the query of an address names, as a state behind a `#`; empty where it names none. What else a query says is not ours. */
  ofQuery(query: string): string {
    const named = [...new URLSearchParams(query)].filter(([key]) => Object.hasOwn(this.fields, key));
    if (named.length === 0) return '';
    const parts = named.map(([key, value]) => `${key}=${this.fields[key]!.kind === 'text' ? encodeURIComponent(value) : value}`);
    return [`v${this.version}`, ...parts].join(';');
  }

  /** The query of an address without the settings that it names: empty, or with its `?`. */
  restOfQuery(query: string): string {
    const rest = [...new URLSearchParams(query)].filter(([key]) => !Object.hasOwn(this.fields, key));
    return rest.length === 0 ? '' : `?${String(new URLSearchParams(rest))}`;
  }

  /**
   * Reads what stands behind the `#` of an address, with the `#` or without it. An empty one, or one that names a place on the page, is
   * the default state; a setting that is not named has its default.
   */
  decode(address: string): Decoded<StateOf<F>> {
    if (!this.isState(address)) return { state: this.defaults, problems: [] };
    const [head = '', ...parts] = unpacked(address.replace(/^#/, '')).split(';');
    if (head !== `v${this.version}`) {
      const what = /^v\d+$/.test(head)
        ? `The address is of version ${head.slice(1)}, and this lab reads version ${this.version}.`
        : `The address begins with “${shortened(head)}”, and the state of this lab with v${this.version}.`;
      return { state: this.defaults, problems: [{ what, remedy: 'Every setting has its default.' }] };
    }
    const state: Record<string, unknown> = { ...this.defaults };
    const problems: StateProblem[] = [];
    const seen = new Set<string>();
    for (const part of parts) {
      if (part === '') continue;
      const at = part.indexOf('=');
      const key = at < 0 ? part : part.slice(0, at);
      const field = Object.hasOwn(this.fields, key) ? this.fields[key] : undefined;
      if (field === undefined || at < 0) {
        problems.push({
          what: `This lab has no setting “${shortened(part)}”.`,
          remedy: `It was passed over; the settings are ${Object.keys(this.fields).join(', ')}.`,
        });
      } else if (seen.has(key)) {
        problems.push({ what: `The address sets ${field.label} twice.`, remedy: 'The first counts.' });
      } else {
        seen.add(key);
        const value = part.slice(at + 1);
        const result = read(field, value);
        if (result === undefined) {
          problems.push({
            what: `The address sets ${field.label} to “${shortened(value)}”; it takes ${taken(field)}.`,
            remedy: `It has its default, ${printed(field)}.`,
          });
        } else state[key] = result.value;
      }
    }
    return { state: state as StateOf<F>, problems };
  }
}

/** Some programs escape the signs that part the settings when they turn an address into a link. */
function unpacked(raw: string): string {
  if (raw.includes(';') || !/%3b/i.test(raw)) return raw;
  try {
    return decodeURIComponent(raw);
  } catch {
    return raw;
  }
}

function shortened(value: string): string {
  return value.length <= SHOWN ? value : `${value.slice(0, SHOWN - 1)}…`;
}

function checkField(key: string, field: Field): void {
  const fail = (why: string): never => {
    throw new RangeError(`The setting "${key}" ${why}.\nMend its description; src/labs/view/state.ts says what each kind takes.`);
  };
  if (!PLAIN.test(key)) fail('has a name that an address would have to escape');
  if ('options' in field) {
    if (field.options.some((option) => !PLAIN.test(option))) fail('has an option that an address would have to escape');
    if (new Set<string>(field.options).size !== field.options.length) fail('has an option twice');
  }
  if (!fits(field, field.default)) fail('has a default that it does not take');
}

/** Whether a value is one that the setting takes. */
function fits(field: Field, value: unknown): boolean {
  switch (field.kind) {
    case 'integer':
      return typeof value === 'number' && Number.isSafeInteger(value) && value >= field.min && value <= field.max;
    case 'choice':
      return field.options.some((option) => option === value);
    case 'list':
      return Array.isArray(value) && value.length <= field.most && value.every((item) => field.options.some((option) => option === item));
    case 'text':
      return typeof value === 'string' && value.length <= field.most && value.isWellFormed();
  }
}

function written(key: string, field: Field, value: unknown): string {
  if (!fits(field, value)) {
    throw new RangeError(
      `The setting "${key}" cannot be ${JSON.stringify(value)}.\nIt takes ${taken(field)}; the control should allow nothing else.`,
    );
  }
  // an integer of -0 is written as 0
  return field.kind === 'text' ? encodeURIComponent(value as string) : String(value);
}

function read(field: Field, value: string): { readonly value: unknown } | undefined {
  let found: unknown;
  switch (field.kind) {
    case 'integer':
      // Number() would also read "", "0x10" and "1e3"
      found = /^-?\d{1,16}$/.test(value) ? Number(value) : undefined;
      break;
    case 'choice':
      found = value;
      break;
    case 'list':
      found = value === '' ? [] : value.split(',');
      break;
    case 'text':
      try {
        found = decodeURIComponent(value);
      } catch {
        return undefined;
      }
  }
  return fits(field, found) ? { value: found } : undefined;
}

function taken(field: Field): string {
  switch (field.kind) {
    case 'integer':
      return `a whole number from ${field.min} to ${field.max}`;
    case 'choice':
      return `one of ${field.options.join(', ')}`;
    case 'list':
      return `up to ${field.most} of ${field.options.join(', ')}, with commas between them`;
    case 'text':
      return `a text of at most ${field.most} characters`;
  }
}

function printed(field: Field): string {
  const value = field.kind === 'list' ? field.default.join(', ') : String(field.default);
  return value === '' ? 'empty' : value;
}
