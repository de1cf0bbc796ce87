import type { Content } from '../../reader/content.ts';
import type { Problem } from '../../reader/problem.ts';
import { checkClaims } from './claims.ts';
import { createContext, type Context } from './context.ts';
import { checkCycles } from './cycles.ts';
import { checkFigures } from './figures.ts';
import { checkLabs } from './labs.ts';
import { checkMisconceptions } from './misconceptions.ts';
import { checkNames } from './names.ts';
import { checkOrganisms } from './organisms.ts';
import { checkPages } from './pages.ts';
import { checkParts } from './parts.ts';
import { checkProvenance } from './provenance.ts';
import { checkQuestions } from './questions.ts';
import {
  checkBiases,
  checkCorrections,
  checkEditions,
  checkGuides,
  checkLessons,
  checkStart,
  checkTechniques,
  checkTimeline,
} from './reference.ts';
import { checkTerms } from './terms.ts';
import { checkUnused } from './unused.ts';

/**
 * Every rule there is. Problems of one line are told in this order. Misconceptions and techniques come after the pages that show them, and what is
 * unused is known only when all texts have been read.
 */
const RULES: readonly ((context: Context) => void)[] = [
  checkParts,
  checkNames,
  checkCycles,
  checkClaims,
  checkPages,
  checkFigures,
  checkProvenance,
  checkQuestions,
  checkMisconceptions,
  checkTerms,
  checkTechniques,
  checkBiases,
  checkTimeline,
  checkGuides,
  checkLessons,
  checkLabs,
  checkOrganisms,
  checkStart,
  checkCorrections,
  checkEditions,
  checkUnused,
];

/**
 * Everything that must hold between the records for the book to be sound. Each rule is a function of the content; together with what
 * the reader found, their problems are what fails the build.
 */
export function checkContent(content: Content): Problem[] {
  const context = createContext(content);
  for (const rule of RULES) rule(context);
  return context.problems;
}
