import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { LEVELS, type Level } from '../model/recipe.ts';
import { TIERS, type Tier } from '../model/tools/deck.ts';
import { OBJECTIVES, type Objective } from '../model/world.ts';
import { MOST_SEED, sealPlanted, type Case } from '../play/case.ts';
import { readResults } from '../play/results.ts';
import { CopyLine } from './CopyLine.tsx';
import { words } from './words.ts';

type LinkTo = (given: Case) => string;

/** Bytes of the number that hides what a friend planted. */
const NONCE = 4;

/** A choice of a few words, in a label of its own. */
function Choice<Option extends string>({
  label,
  options,
  names,
  value,
  onChange,
}: {
  readonly label: string;
  readonly options: readonly Option[];
  readonly names: Readonly<Record<Option, string>>;
  readonly value: Option;
  readonly onChange: (option: Option) => void;
}): VNode {
  return (
    <label>
      {label}
      <select value={value} onChange={({ currentTarget }) => onChange(options.find((option) => option === currentTarget.value) ?? value)}>
        {options.map((option) => (
          <option key={option} value={option}>
            {names[option]}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A number for a case from the browser's own chance: nothing that is shown depends on it but the case that is opened. */
const anySeed = (): number => crypto.getRandomValues(new Uint32Array(1))[0]! % (MOST_SEED + 1);

/** A field for the number of a case. */
function SeedField({ value, onChange }: { readonly value: string; readonly onChange: (text: string) => void }): VNode {
  return (
    <label class="seed">
      {words.seed}
      <input
        type="text"
        inputMode="numeric"
        autocomplete="off"
        maxLength={String(MOST_SEED).length}
        value={value}
        onInput={({ currentTarget }) => onChange(currentTarget.value.trim())}
      />
    </label>
  );
}

/** The seed that a text names, or undefined where it names none. */
function seedIn(text: string): number | undefined {
  return /^\d+$/.test(text) && Number(text) <= MOST_SEED ? Number(text) : undefined;
}

const LEVEL_NAMES: Readonly<Record<Level, string>> = words.levels;
const TIER_NAMES: Readonly<Record<Tier, string>> = words.tiers;

/** Opens any case by its number. */
export function AnyCase({ linkTo }: { readonly linkTo: LinkTo }): VNode {
  const text = useSignal(String(anySeed()));
  const tier = useSignal<Tier>('weights');
  const level = useSignal<Level>('clear');
  const seed = seedIn(text.value);
  return (
    <div class="maker">
      <SeedField value={text.value} onChange={(value) => (text.value = value)} />
      <Choice label={words.tier} options={TIERS} names={TIER_NAMES} value={tier.value} onChange={(value) => (tier.value = value)} />
      <Choice label={words.level} options={LEVELS} names={LEVEL_NAMES} value={level.value} onChange={(value) => (level.value = value)} />
      <p class="row">
        {seed === undefined ? (
          <span role="alert">{words.badSeed(MOST_SEED)}</span>
        ) : (
          <a class="btn ghost" href={linkTo({ kind: 'free', seed, tier: tier.value, level: level.value })}>
            {words.open}
          </a>
        )}
        <button class="btn bare" type="button" onClick={() => (text.value = String(anySeed()))}>
          {words.surprise}
        </button>
      </p>
    </div>
  );
}

/** Makes a link for a class, and a table of what the class hands in. */
export function ForClass({ linkTo }: { readonly linkTo: LinkTo }): VNode {
  const text = useSignal(String(anySeed()));
  const tier = useSignal<Tier>('data');
  const level = useSignal<Level>('clear');
  const pasted = useSignal('');
  const seed = seedIn(text.value);
  const { rows, problems } = readResults(pasted.value);
  return (
    <div class="maker">
      <SeedField value={text.value} onChange={(value) => (text.value = value)} />
      <Choice label={words.tier} options={TIERS} names={TIER_NAMES} value={tier.value} onChange={(value) => (tier.value = value)} />
      <Choice label={words.level} options={LEVELS} names={LEVEL_NAMES} value={level.value} onChange={(value) => (level.value = value)} />
      {seed === undefined ? (
        <p role="alert">{words.badSeed(MOST_SEED)}</p>
      ) : (
        <CopyLine label={words.classLink} text={linkTo({ kind: 'class', seed, tier: tier.value, level: level.value })} />
      )}
      <label class="whole">
        {words.results}
        <textarea rows={3} value={pasted.value} spellcheck={false} onInput={({ currentTarget }) => (pasted.value = currentTarget.value)} />
      </label>
      <div class="whole" role="status">
        {problems.map((problem) => (
          <p key={problem}>{problem}</p>
        ))}
      </div>
      {rows.length > 0 && (
        <div class="scroll whole" tabIndex={0} role="group" aria-label={words.resultsTable}>
          <table>
            <caption>{words.resultsTable}</caption>
            <thead>
              <tr>
                <th scope="col">{words.columns.name}</th>
                <th scope="col">{words.columns.held}</th>
                <th scope="col">{words.columns.truth}</th>
                <th scope="col" class="r">
                  {words.columns.points}
                </th>
                <th scope="col" class="r">
                  {words.columns.forecast}
                </th>
                <th scope="col" class="r">
                  {words.columns.behaviours}
                </th>
                <th scope="col" class="r">
                  {words.columns.spent}
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row, i) => (
                <tr key={i}>
                  <th scope="row">{row.name}</th>
                  <td>
                    {words.objectives[row.likeliest]}, {row.percent} %
                  </td>
                  <td>{words.objectives[row.truth]}</td>
                  <td class="r">{Math.round(row.objective)}</td>
                  <td class="r">{row.forecast}</td>
                  <td class="r">{row.behaviours}</td>
                  <td class="r">{row.spent}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}

/** Makes a case for a friend: what the model is after, how strongly, and what is said of it. */
export function ForFriend({ linkTo }: { readonly linkTo: LinkTo }): VNode {
  const objective = useSignal<Objective>('rm');
  const claim = useSignal<Objective>('none');
  const tier = useSignal<Tier>('weights');
  const level = useSignal<Level>('clear');
  const link = useSignal('');
  const forget = (): void => {
    link.value = '';
  };
  const make = (): void => {
    const sealed = sealPlanted(
      { objective: objective.value, claim: claim.value, seed: anySeed() },
      crypto.getRandomValues(new Uint8Array(NONCE)),
    );
    link.value = linkTo({ kind: 'friend', sealed, tier: tier.value, level: level.value });
  };
  return (
    <div class="maker">
      <Choice
        label={words.objective}
        options={OBJECTIVES}
        names={words.objectives}
        value={objective.value}
        onChange={(value) => {
          objective.value = value;
          forget();
        }}
      />
      <Choice
        label={words.claim}
        options={OBJECTIVES}
        names={words.objectives}
        value={claim.value}
        onChange={(value) => {
          claim.value = value;
          forget();
        }}
      />
      <Choice
        label={words.level}
        options={LEVELS}
        names={LEVEL_NAMES}
        value={level.value}
        onChange={(value) => {
          level.value = value;
          forget();
        }}
      />
      <Choice
        label={words.tier}
        options={TIERS}
        names={TIER_NAMES}
        value={tier.value}
        onChange={(value) => {
          tier.value = value;
          forget();
        }}
      />
      {link.value === '' ? (
        <p class="row">
          <button class="btn ghost" type="button" onClick={make}>
            {words.make}
          </button>
        </p>
      ) : (
        <CopyLine label={words.friendLink} text={link.value} />
      )}
    </div>
  );
}
