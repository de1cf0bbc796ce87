/* eslint-disable @typescript-eslint/no-unsafe-assignment -- ESLint has no types for .astro modules; astro check has */
import Calc from './Calc.astro';
import Chart from './Chart.astro';
import Cite from './Cite.astro';
import Claim from './Claim.astro';
import Definition from './Definition.astro';
import Equation from './Equation.astro';
import Evidence from './Evidence.astro';
import Example from './Example.astro';
import Figure from './Figure.astro';
import Given from './Given.astro';
import Known from './Known.astro';
import Lab from './Lab.astro';
import Misconception from './Misconception.astro';
import Note from './Note.astro';
import Predict from './Predict.astro';
import Ref from './Ref.astro';
import Routes from './Routes.astro';
import SelfCheck from './SelfCheck.astro';
import Table from './Table.astro';
import Technique from './Technique.astro';
import Techniques from './Techniques.astro';
import Term from './Term.astro';

/** What an author may write in a chapter, without importing it. `handbook/vocabulary.ts` says what each takes. */
export const components = {
  Calc,
  Chart,
  Cite,
  Claim,
  Definition,
  Equation,
  Evidence,
  Example,
  Figure,
  Given,
  Known,
  Lab,
  Misconception,
  Note,
  Predict,
  Ref,
  Routes,
  SelfCheck,
  Table,
  Technique,
  Techniques,
  Term,
};
