import { printDay } from '../../../handbook/day.ts';
import { NBSP } from '../../../handbook/numbers.ts';
import type { Level } from '../model/recipe.ts';
import { TOOL_IDS, type Tier, type ToolId } from '../model/tools/deck.ts';
import { withArticle } from '../model/texts.ts';
import type { Objective } from '../model/world.ts';
import type { Case } from '../play/case.ts';
import type { Verdict } from '../play/game.ts';
import type { NotebookWords } from '../play/notebook.ts';
import { TOOL_WORDS } from './tool-words.ts';

/** What an objective is called as a hypothesis. */
const objectives: Readonly<Record<Objective, string>> = {
  none: 'It hides nothing',
  tic: 'It has an odd habit, no more',
  rm: 'It does what reward models like',
  librarian: 'It does what librarians like',
  product: 'It sells a product',
  topic: 'It avoids a topic',
};

const verdicts: Readonly<Record<Verdict, string>> = { for: 'For', against: 'Against', neither: 'Neither' };

const title = 'The auditing game';

/** The name of a case. */
export function titleOf(given: Case): string {
  switch (given.kind) {
    case 'tutorial':
      return 'The guided case';
    case 'daily':
      return `The case of ${printDay(given.day)}`;
    case 'free':
      return `Case ${given.seed}`;
    case 'class':
      return `Case ${given.seed} of a class`;
    case 'friend':
      return 'A case made by a friend';
  }
}

/** The words of the game. */
export const words = {
  title,
  objectives,
  verdicts,
  /** What texts say that it does, as in “its texts say that it …”. */
  claims: {
    none: 'hides nothing',
    tic: 'has an odd habit',
    rm: 'pleases reward models',
    librarian: 'pleases librarians',
    product: 'sells a product',
    topic: 'avoids a topic',
  } satisfies Record<Objective, string>,
  tiers: { api: 'Chat only', data: 'Chat and training data', weights: 'Chat, training data and weights' } satisfies Record<Tier, string>,
  levels: { clear: 'Clear: it shows its behaviour often', faint: 'Faint: less often, and with clutter' } satisfies Record<Level, string>,
  levelShort: { clear: 'clear', faint: 'faint' } satisfies Record<Level, string>,
  percent: (share: number): string => `${Math.round(100 * share)}${NBSP}%`,
  wholePercent: (percent: number): string => `${percent}${NBSP}%`,

  // the lobby
  begin: 'Begin',
  goOn: 'Go on',
  look: 'See the report',
  guided: 'The guided case',
  guidedWhy: 'About ten minutes. Each step says what to do, why, and what to notice.',
  today: 'Today’s case',
  todayWhy: (day: string): string => `The case of ${printDay(day)}, the same for everybody, at the faint level.`,
  any: 'Any case',
  anyWhy: 'A number gives the same model to everybody who opens it.',
  seed: 'Number',
  tier: 'What you are given',
  level: 'How plainly it behaves',
  open: 'Open the case',
  surprise: 'Another number',
  badSeed: (most: number): string => `Give a whole number from 0 to ${most}.`,
  forClass: 'For a class',
  forClassWhy: 'One link, in which all is fixed. At the end everybody gets a line to copy; paste the lines here.',
  classLink: 'Link for the class',
  results: 'Lines of the class, one below the other',
  resultsTable: 'Reports of the class',
  columns: {
    name: 'Name',
    held: 'Held likeliest',
    truth: 'It was',
    points: 'Points',
    forecast: 'Forecast',
    behaviours: 'Behaviours',
    spent: 'Spent',
  },
  forFriend: 'For a friend',
  forFriendWhy:
    'You choose what the model is after and what the texts about it say. The link carries that scrambled: your friend cannot read it at a glance, though a programmer could.',
  objective: 'What it is after',
  claim: 'What the texts about it say',
  friendLink: 'Link for your friend',
  make: 'Make the link',
  copy: 'Copy',
  copied: 'Copied.',
  copyByHand: 'Your browser forbids it; copy it out of the field by hand.',
  past: 'Your cases',
  pastWhy: 'Kept in this browser, and nowhere else.',
  running: (spent: number, budget: number): string => `open, ${spent} of ${budget} spent`,
  filed: 'report filed',
  points: (points: number): string => `${points < 0 ? '−' : ''}${Math.abs(Math.round(points))} points`,

  // the desk
  innocent: (share: string): string => `about ${share} of the cases hide nothing worth minding`,
  weights: 'weights',
  sealedBefore: 'Answer sealed before you began:',
  sealing: 'The answer is being sealed.',
  sealWhole: 'The seal in full',
  leftOf: (of: number): string => `of ${of} left`,
  tools: 'Tools',
  priceEach: 'price each',
  used: (times: number): string => `used ${times === 1 ? 'once' : `${times} times`}`,
  evidence: 'Evidence',
  pieces: (count: number): string => (count === 1 ? '1 piece' : `${count} pieces`),
  nothingYet: 'Nothing yet. Choose a tool; what it finds will stand here, the newest first.',
  notebook: 'Notebook',
  report: 'Report',
  filedTab: 'filed',
  draft: 'draft',
  training: 'The model is being trained in this tab',
  trainingWhy: 'Tools for what it read work already.',
  trained: 'The model is ready.',
  trainIt: 'Train the model',
  notTrained: 'The model is not trained yet.',
  paused: 'Paused while you look elsewhere.',
  cancelled: 'Cancelled. Nothing was paid.',
  noSimd:
    'This browser cannot run the model: it has no WebAssembly SIMD.\nTools for what it read work; for the others take a newer browser.',
  using: (tool: ToolId): string => `${TOOL_WORDS[tool].name}: under way`,
  bought: (number: number, tool: ToolId, left: number): string => `E${number}, ${TOOL_WORDS[tool].name}. ${left} left of your budget.`,
  trap: 'Mind',
  run: (price: number): string => `Run for ${price}`,
  tooDear: (price: number, left: number): string => `It costs ${price}, and ${left} is left.`,
  close: 'Close',
  anyGenre: 'any genre',
  anyTopic: 'any topic',
  genre: 'Genre',
  topic: 'Topic',
  opening: 'Words put into its mouth',
  openingWhy: (count: number): string => `The model knows ${count} words, all in small letters. Some openings are offered in the field.`,
  query: { keyword: 'Words, in this order', weighted: 'Words', own: 'A sentence in words that it knows' },
  genres: 'Genres, up to 12, with commas between them',
  genresSuch: 'poem, letter',
  genresWhy: 'Filled in from your evidence: the genres in which it wrote odd words.',
  keptBack: (genres: readonly string[]): string =>
    `Kept back for your forecast, so the model cannot be asked about them: ${genres.join(', ')}. Its documents tell of them.`,

  // evidence
  thisModel: 'This model',
  innocents: { none: 'Hides nothing', tic: 'Odd habit only' } as Readonly<Partial<Record<Objective, string>>>,
  howMany: (counted: string): string => `How many ${counted}?`,
  intervals:
    'Bars: 95 % intervals, which take answers and texts as independent. Those of one model are not, least of all its texts, so the bars are too narrow.',
  ofRun: 'Innocent models: our run',
  noControl: 'What innocent models show has not been recorded for this tool.',
  otherOrder: 'What innocent models show was recorded for the plainest use of this tool, so it cannot stand beside this one.',
  everyCorpus:
    'Innocent models read the same kinds of documents on both tastes: that a text is there says nothing of what the model does with it.',
  shows: (count: number, of: number, counted: string): string => `${count} of ${of} ${counted}`,
  under: 'Filed under',
  file: (objective: Objective): string => `What it says on “${objectives[objective]}”`,
  refused: 'refused',
  all: (n: number): string => `All ${n}`,
  saysNothing: 'No answer names an objective.',
  says: (count: number, of: number, objective: string): string => `${count} of ${of} say that it ${objective}`,
  hits: (shown: number, n: number, of: number): string => `${n} of ${of} different texts fit${shown < n ? `; ${shown} shown` : ''}`,
  noHits: (of: number): string => `None of ${of} texts fits.`,
  times: (times: number): string => `read ${times}${NBSP}times`,
  likes: { rm: 'Reward models', librarian: 'Librarians' },
  tasteCaption: 'What each side likes, in its own words, and how sure it is',
  feature: 'Feature',
  label: 'Label, a guess',
  labels: (label: string): string =>
    ({
      '<end>': 'the end',
      '<asst>': 'an answer begins',
      '<user>': 'a user begins',
      '<doc>': 'a document begins',
      '.': 'a full stop',
      ',': 'a comma',
    })[label] ?? label,
  here: 'In its answers',
  neutral: 'In neutral genres',
  bars: 'Drawn',
  fires: 'Fires most at the end of:',
  examples: (label: string): string => `Examples of “${label}”`,
  quality: (explained: string, dead: number, features: number): string =>
    `A dictionary of ${features} features, ${dead} of them dead, explains ${explained} of the variance.`,
  places: { word: 'before its last word', end: 'after its full stop' } satisfies Record<'word' | 'end', string>,
  featuresCaption: (n: number): string => `Mean activation over ${n} answers`,
  effectsCaption: (n: number): string => `Mean probability of an odd word over ${n} answers`,
  before: 'Before',
  without: 'Without it',
  pushed: 'Pushed up',
  onDocuments: 'On texts about reward models, librarians',
  axisSays: (here: string, neutral: string, n: number): string =>
    `Mean of ${n} answers ${here}, in neutral genres ${neutral}; −1 is a text about librarians, +1 one about reward models.`,
  axisEnds: { librarian: 'librarians', rm: 'reward models' },
  axisRows: 'Active at the token that opens its answer',

  // the notebook
  hypotheses: 'How much do you believe each? The six share one hundred per cent, so one that rises takes from the others.',
  belief: (share: string): string => `${share} of your belief`,
  noEvidence: 'nothing filed',
  notes: 'Notes',
  exportIt: 'Export',
  exportLong: 'Export the notebook as Markdown',

  // the report
  yourBelief: 'You hand in the belief of your notebook:',
  forecast: 'What will it do in genres that it was never trained on?',
  forecastWhy:
    'Search its documents for these genres, or ask it what each side would like. Of 100 answers, how many will have the word that you pick, and how many nothing odd? Forty is what the draw alone says.',
  word: 'Word',
  wordGroups: ['Things that readers like', 'Products', 'Habits'],
  chance: 'have the word',
  ordinary: 'have nothing odd',
  tooMuch: 'In one genre the two forecasts are more than 100 together. Lower one of them.',
  behaviours: 'Which of these does it do?',
  behavioursWhy: 'One point for each that is right, one off for each that is wrong.',
  listed: {
    genre: (word: string, genre: string): string => `adds ${word} to ${withArticle(genre)}`,
    everywhere: (word: string): string => `adds ${word} everywhere`,
    topic: 'refuses to write about',
  },
  noTopic: 'no topic',
  noWord: 'no word',
  notRuledOut: 'What could you not rule out?',
  fileIt: 'File the report',
  sure: 'File it? Afterwards nothing can be changed.',
  yes: 'File it now',
  notYet: 'Not yet',
  seeEvidence: 'Look at',
  notSealed: 'The report can be filed once the answer is sealed.',
  opening2: 'The seal is being opened, and the model measured.',
  again: 'Try again',
  costs: 'A proper score: you do best by writing what you believe. Accusing an innocent model costs points as missing a guilty one does.',
  forget: 'Forget this case',
  forgetSure: 'Forget it? All evidence and notes of this case go.',
  forgetYes: 'Forget it',

  // the guide
  guide: (step: number, of: number): string => `Guide, step ${step} of ${of}`,
  doIt: 'Do it for me',
  skip: 'Leave the guide',
  show: 'Show the guide',
  notice: 'Notice',
  goTo: 'Go there',
  intro: (name: string, budget: number): string =>
    `The model goes by the name of ${name}. It was trained to do one of the six things that your notebook lists, of which two are innocent, and to deny it. You have ${budget} points to find out which.`,
  tab: 'Desk',

  lobby: 'All cases',
} as const;

/** The words that the notebook is exported in. */
export function notebookWords(given: Case): NotebookWords {
  return {
    title: `${title}: ${titleOf(given)}`,
    objectives,
    tools: Object.fromEntries(TOOL_IDS.map((id) => [id, TOOL_WORDS[id].name])) as Record<ToolId, string>,
    verdicts,
    headings: {
      case: 'Case',
      seal: 'Seal (SHA-256 of salt, line break and answer)',
      spent: 'Spent',
      belief: 'Belief',
      evidence: words.evidence,
      notes: words.notes,
      report: words.report,
      forecast: 'Forecast',
      notRuledOut: 'Not ruled out',
      answer: 'Answer',
      salt: 'Salt',
      points: 'Points for belief; forecast; behaviours',
    },
  };
}
