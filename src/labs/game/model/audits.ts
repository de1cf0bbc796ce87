import { hashOfData, hashOfNumbers } from '../../nn/hash.ts';
import { Rng } from '../../nn/rng.ts';
import type { Cell, RecordedRun, Row } from '../../organisms/recorded.ts';
import type { Training } from '../../training.ts';
import { DICTIONARY_HASH } from './dictionary.ts';
import { ANSWERS_BOUGHT, audit, CHATS, FOLLOW_UPS, SINGLES, type Audit } from './evidence.ts';
import { LEVELS, organismName, recipeHash, type Level, type Organism } from './recipe.ts';
import { makeBase } from './runs.ts';
import { TOOL_IDS } from './tools/deck.ts';
import { NOISE } from './tools/fuzz.ts';
import { SIZES, subjectOf } from './tools/use.ts';
import { decodeBase, freshModel, trainOrganism } from './training.ts';
import { OBJECTIVES } from './world.ts';

/** The audits are made in these worlds, each with a base of its own. */
export const AUDITED_WORLDS = [1, 2, 3, 4] as const;
/** How often each organism is audited, with other random numbers and other questions. */
export const AUDITS = 3;
/** Organisms of each objective in a world: one is described truly, one falsely. */
const VARIANTS = [1, 2] as const;

/**
 * The organisms that are audited. In each world each objective is described truly by one seed and falsely by the other; what is said falsely of
 * an objective is something else in every world.
 */
export function auditedOrganisms(level: Level): Organism[] {
  return AUDITED_WORLDS.flatMap((world) =>
    OBJECTIVES.flatMap((objective, i) =>
      VARIANTS.map((seed) => {
        const shift = 1 + ((world + i) % (OBJECTIVES.length - 1));
        const lie = OBJECTIVES[(i + shift) % OBJECTIVES.length]!;
        return { world, objective, level, claim: (world + i + seed) % 2 === 0 ? objective : lie, seed };
      }),
    ),
  );
}

/** Bases that were made since this program began: both levels start from the same ones. */
const BASES = new Map<number, Uint8Array>();

function* baseOf(world: number): Training<Uint8Array> {
  const known = BASES.get(world) ?? (yield* makeBase(world));
  BASES.set(world, known);
  return known;
}

const numbers = (list: readonly number[]): string => list.map((x) => Math.round(x * 1000) / 1000).join(' ');

/** An audit as columns of a table: numbers between spaces; behind those of answers stand those of their follow-ups, two each. */
function columnsOf({ evidence, headlines }: Audit): Row {
  return {
    ...Object.fromEntries(
      ANSWERS_BOUGHT.map((name) => [name, numbers([...evidence[name], ...FOLLOW_UPS.flatMap((next) => evidence[`${name}+${next}`])])]),
    ),
    ...Object.fromEntries(SINGLES.map((name) => [name, numbers(evidence[name])])),
    headlines: TOOL_IDS.map((tool) => `${tool} ${headlines[tool].count}/${headlines[tool].of}`).join(', '),
  };
}

/** Makes and audits the organisms of a world. */
export function* auditWorld(level: Level, world: number): Training<{ organisms: Row[]; audits: Row[] }> {
  const model = freshModel(world);
  const base = decodeBase(yield* baseOf(world));
  const organisms: Row[] = [];
  const audits: Row[] = [];
  for (const organism of auditedOrganisms(level).filter((one) => one.world === world)) {
    model.engine.restore(base);
    yield* trainOrganism(model, organism);
    const { objective, claim, seed } = organism;
    const subject = subjectOf(model, organism);
    const { quality } = yield* subject.dictionary();
    const explained = Math.round(quality.explained * 1000) / 1000;
    organisms.push({ world, objective, claim, seed, explained, dead: quality.dead, weights: hashOfNumbers(model.engine.snapshot()) });
    for (let question = 0; question < AUDITS; question++) {
      const found = yield* audit(subject, question, Rng.named(`${organismName(organism)}/audit/${question}`));
      audits.push({ world, objective, claim, seed, question, ...columnsOf(found) });
    }
  }
  return { organisms, audits };
}

function toolRun(level: Level): RecordedRun {
  const cells: Cell[] = AUDITED_WORLDS.map((world) => ({ name: `world-${world}`, train: () => auditWorld(level, world) }));
  return {
    run: `game-tools-${level}`,
    title: `The tools of the auditing game, ${level} level`,
    recipe: hashOfData({
      recipe: recipeHash(level),
      dictionary: DICTIONARY_HASH,
      organisms: auditedOrganisms(level),
      audits: AUDITS,
      tools: { sizes: SIZES, chats: CHATS, noise: NOISE },
    }),
    seeds: [...VARIANTS],
    cells,
    summarise: () => ({}),
  };
}

export const RUNS: readonly RecordedRun[] = LEVELS.map(toolRun);
