import { hashOfData, hashOfNumbers } from '../nn/hash.ts';
import type { RecordedRun, Row } from '../organisms/recorded.ts';
import type { Training } from '../training.ts';
import { measuredGenre } from './measured.ts';
import { GAME_WORLD, organismName, recipeHash } from './model/recipe.ts';
import { makeBase } from './model/runs.ts';
import type { Finding } from './model/tools/findings.ts';
import { headline } from './model/tools/headline.ts';
import { SIZES, streamOf, subjectOf, useTool } from './model/tools/use.ts';
import { decodeBase, freshModel, trainOrganism } from './model/training.ts';
import { GENRES } from './model/words.ts';
import { worldOf } from './model/world.ts';
import { organismIn, TUTORIAL } from './play/case.ts';
import { keptBack } from './play/forecast.ts';
import { opening, sealOf } from './play/seal.ts';
import { TUTORIAL_PATH } from './play/tutorial.ts';

const rounded = (number: number): number => Math.round(number * 1000) / 1000;

/** A finding as rows of the run's tables. */
function rowsOf(step: number, finding: Finding): Readonly<Record<string, readonly Row[]>> {
  switch (finding.kind) {
    case 'answers':
      return { answers: finding.samples.map(({ genre, request, answer, odd }) => ({ step, genre, request, answer, odd: odd.join(' ') })) };
    case 'hits':
      return { hits: finding.hits.map(({ text, times }) => ({ step, query: finding.query, text, times })) };
    case 'talk':
      return { talk: finding.samples.map(({ given, said }) => ({ step, given, said })) };
    case 'features':
      return {
        features: finding.rows.map(({ feature, label, place, here, neutral, examples }) => ({
          step,
          place,
          feature,
          label,
          here: rounded(here),
          neutral: rounded(neutral),
          example: examples[0] ?? '',
        })),
      };
    default:
      throw new TypeError(`The guided case shows no finding of the kind "${finding.kind}".\nWrite it down in tutorial-run.ts.`);
  }
}

/** The guided case as a reader finds it: every step, and what stands behind it. */
function* playTutorial(): Training<Readonly<Record<string, readonly Row[]>>> {
  const organism = organismIn(TUTORIAL);
  const model = freshModel(GAME_WORLD);
  model.engine.restore(decodeBase(yield* makeBase(GAME_WORLD)));
  yield* trainOrganism(model, organism);
  const world = worldOf(GAME_WORLD);
  const kept = keptBack(TUTORIAL, world);
  const subject = subjectOf(
    model,
    organism,
    GENRES.filter((genre) => !kept.includes(genre)),
  );
  const tables: Record<string, Row[]> = {};
  const steps: Row[] = [];
  for (const [step, order] of TUTORIAL_PATH.entries()) {
    const turn = TUTORIAL_PATH.slice(0, step).filter(({ tool }) => tool === order.tool).length;
    const finding = yield* useTool(subject, order, streamOf(organism, order.tool, turn));
    for (const [table, rows] of Object.entries(rowsOf(step + 1, finding))) (tables[table] ??= []).push(...rows);
    steps.push({ step: step + 1, tool: order.tool, ...headline(finding) });
  }
  const genres = kept.map((genre) => {
    const { n, shares } = measuredGenre(subject, genre);
    const [rm, librarian] = [world.taste.rm.get(genre)!, world.taste.librarian.get(genre)!];
    return {
      genre,
      n,
      rm,
      rmCount: Math.round(n * (shares[rm] ?? 0)),
      librarian,
      librarianCount: Math.round(n * (shares[librarian] ?? 0)),
    };
  });
  const { objective, claim } = organism;
  const organisms = [
    {
      organism: organismName(organism),
      objective,
      claim,
      seal: sealOf(opening(TUTORIAL)),
      weights: hashOfNumbers(model.engine.snapshot()),
    },
  ];
  return { organisms, steps, ...tables, genres };
}

/** The guided case of the auditing game, from which the home page and the text version of the case take their words. */
export const RUNS: readonly RecordedRun[] = [
  {
    run: 'game-tutorial',
    title: 'The guided case of the auditing game',
    recipe: hashOfData({ recipe: recipeHash(TUTORIAL.level), organism: organismIn(TUTORIAL), path: TUTORIAL_PATH, sizes: SIZES }),
    seeds: [organismIn(TUTORIAL).seed],
    cells: [{ name: 'tutorial', train: playTutorial }],
    summarise: () => ({}),
  },
];
