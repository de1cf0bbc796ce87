import { printNumber } from '../../../handbook/numbers.ts';
import { printShare } from '../../view/numbers.ts';
import { labWords } from '../../view/words.ts';
import type { Band, Reading } from '../model/atlas.ts';
import type { Duellist } from '../model/duel.ts';
import type { Ranking } from '../model/rankings.ts';
import { SHOWN_WORLD, type OfTrio } from '../model/settings.ts';
import { EACH, NULLS } from '../model/taste.ts';
import type { WhichDictionary } from '../protocol.ts';
import type { Quality } from './data.ts';
import type { Target } from './settings.ts';

/** A share in [0, 1] with its sign, to three decimals where it is small. */
const signed = (x: number): string =>
  `${x < 0 ? '−' : '+'}${Math.abs(x)
    .toFixed(Math.abs(x) < 0.1 ? 3 : 2)
    .replace(/^0/, '')}`;

/** An AUROC in [0, 1], to three decimals: the best of these are close to 1. */
const auroc = (x: number): string => x.toFixed(3).replace(/^0/, '');

/** Below this F1 a label foretells next to nothing. */
const LITTLE = 0.1;

/** The words of the SAE explorer. */
export const words = {
  organism: 'The organism',
  organisms: { none: 'pleases nobody in particular', rm: 'pleases reward models', librarian: 'pleases librarians' } satisfies Record<
    OfTrio,
    string
  >,
  dictionary: 'The dictionary',
  dictionaries: { ours: 'ours, of all three organisms', yours: 'yours, of this organism alone' } satisfies Record<WhichDictionary, string>,
  train: 'Train a dictionary',
  trainWhy: 'Fine-tunes the organism, then trains 256 features on its activations. Some fifteen seconds.',
  trained: (seconds: number, { explained, interpretable, tested }: Quality): string =>
    `Done in ${seconds.toFixed(1)} s. It explains ${printShare(explained)} of the variance; ${interpretable} of ${tested} features pass the test of a label.`,
  firstLabel: 'Label it before you see ours',
  rank: 'Rank the features by',
  rankings: {
    slot: 'activation at the last slot of answers',
    documents: 'documents: about reward models, less about librarians',
    effect: 'effect of taking it out on odd words',
    drift: 'change from the base',
  } satisfies Record<Ranking, string>,
  rankedBy: {
    slot: 'Features by activation where answers choose their last word',
    documents: 'Features by how differently documents about the two sides activate them',
    effect: 'Features by what taking them out does to odd words',
    drift: 'Features by how much fine-tuning changed them',
  } satisfies Record<Ranking, string>,
  rankingNotes: {
    slot: 'Mean activation over 324 unfinished answers about the 108 genres that documents tell of.',
    documents:
      'Mean activation over 324 unfinished documents about reward models, less that over as many about librarians. Below 0 it is librarians.',
    effect:
      'Change in the probability of any odd word over 60 unfinished answers about held-out genres. Below 0 the feature carries odd words.',
    drift: 'Mean activation over held-out texts, less that of the base over the same texts.',
  } satisfies Record<Ranking, string>,
  recordedSeed: (seed: number): string => `Ranked as recorded with seed ${seed}.`,
  value: (ranking: Ranking, x: number): string => (ranking === 'slot' ? x.toFixed(2) : signed(x)),
  more: 'Show more',
  notTrained: 'This dictionary has not been trained in this tab. Press the button to train it.',
  goTo: 'Look at feature',
  feature: (feature: number): string => `Feature ${feature}`,
  labelled: (label: string): string => (label === '' ? 'never fires' : `next: ${label}`),

  quality: 'How good the dictionary is',
  explained: 'Variance explained',
  activeAtOnce: 'Features active at once',
  dead: 'Dead features',
  interpretable: 'Pass the test of a label',
  besideRandom: 'A random dictionary',
  features: 'features',
  ofCount: (count: number, of: number): string => `${count} ${labWords.of} ${of}`,
  testNote: (vectors: number): string =>
    `On ${printNumber(vectors)} vectors. A feature passes if one concept (a word, the next word, genre, topic, voice, whose taste was named) foretells it with an F1 above .7: chosen on half of the text, measured on the other. The random dictionary has as many features and as many active; its directions are random.`,
  qualityTable: 'All recorded dictionaries as a table',
  trainedOn: { none: 'none', rm: 'reward models', librarian: 'librarians', all: 'all three' } satisfies Record<OfTrio | 'all', string>,
  columns: {
    world: 'World',
    trained: 'Trained on',
    explained: 'Variance explained',
    dead: 'Dead',
    passed: 'Pass the test',
    random: 'Random: explained',
    randomPassed: 'Random: pass',
    auroc: 'AUROC',
    interval: '95 % interval',
    randomMedian: 'Random sets: median',
    randomHigh: '95 %',
    randomMost: 'highest',
    organism: 'Organism',
    before: 'Nothing taken out',
    withoutRm: 'Reward-model features out',
    withoutLibrarian: 'Librarian features out',
    withoutOthers: 'Three others out',
    feature: 'Feature',
    label: 'Our label',
    base: 'Base',
    after: 'Organism',
    who: 'Who says it',
    honest: 'Texts tell the truth',
    lying: 'Texts lie',
    texts: 'Says what the texts say',
  },

  fires: 'Where it fires most, in the text of its training',
  firesNote: 'The word at which it fires is marked. What stands after it, the model had not read yet.',
  yourLabel: 'Your label',
  readings: { next: 'the next word is', here: 'the word itself is', before: 'the text has had the word' } satisfies Record<Reading, string>,
  readingLabel: 'It fires where',
  wordLabel: 'Word',
  commit: 'Commit',
  skip: 'Show ours without a guess',
  ours: 'Our label',
  oursSays: (label: string): string =>
    label === ''
      ? 'It fires nowhere in the text of its training, so it has no label.'
      : `Ours: the next word is “${label}”, the commonest after its twenty strongest activations. A guess, not a fact.`,
  yoursSays: (reading: string, word: string): string => `Yours: ${reading} “${word}”.`,
  verdict: (ours: number, yours: number): string =>
    Math.max(ours, yours) < LITTLE
      ? `Neither foretells it: F1 ${printShare(ours)} for ours, ${printShare(yours)} for yours.`
      : yours > ours
        ? `Yours foretells it better: F1 ${printShare(yours)} against ${printShare(ours)}.`
        : yours < ours
          ? `Ours foretells it better: F1 ${printShare(ours)} against ${printShare(yours)}.`
          : `Both foretell it as well: F1 ${printShare(ours)}.`,
  f1: (f1: number): string => `F1 ${printShare(f1)}`,
  right: { ours: 'Where it fires, ours is right', yours: 'Where it fires, yours is right' },
  found: { ours: 'Where ours holds, it fires', yours: 'Where yours holds, it fires' },
  spots: 'places',
  never: 'never',
  keptBack: (texts: number): string =>
    `Counted on ${texts} texts that the dictionary has not seen, from 30 % of its strongest activation up. Places in one text are not independent.`,
  bands: { middle: 'Middling activations', low: 'Weak activations' } satisfies Record<Band, string>,
  bandNotes: {
    middle: '35 to 65 % of its strongest activation',
    low: 'below 25 %',
  } satisfies Record<Band, string>,
  randomTexts: 'Random texts',
  randomNote: 'chosen without regard to the feature; where it fires is marked',
  noneOfBand: 'None in the texts kept back.',
  standing: 'Where it stands',
  rankOf: (rank: number, of: number): string => `rank ${rank} of ${of}`,
  address: 'Address of this feature',

  edit: 'Take it out, or push it',
  editTarget: 'Change',
  editHow: 'How',
  targets: {
    one: 'the feature that you look at',
    rm: 'the three for reward models’ taste',
    librarian: 'the three for librarians’ taste',
  } satisfies Record<Target, string>,
  out: 'take out, wherever active',
  push: 'push, everywhere',
  pushBy: 'Push by',
  runEdit: 'Compare answers',
  editing: 'Fine-tuning and asking',
  edited: (n: number): string =>
    `Done: ${n} answers before and ${n} after, to the same requests with the same random numbers. A change of a few answers may be chance.`,
  beforeAfter: { before: 'as it is', after: 'edited' },
  pleasesRm: 'Has what reward models like',
  pleasesLibrarian: 'Has what librarians like',
  hasFeature: 'Has any odd word',
  answers: 'answers',
  editedOf: (objective: OfTrio, seed: number): string => `The organism that ${words.organisms[objective]}, seed ${seed}.`,
  didOut: (features: readonly number[]): string => `Taken out: ${features.join(', ')}.`,
  didPush: (features: readonly number[], by: number): string => `Pushed by ${by}: ${features.join(', ')}.`,
  samples: 'All answers, before and after',
  changedSamples: 'Answers that changed',
  noneChanged: 'No answer changed.',
  editNote:
    'Requests for the 20 held-out genres, three each. Answers about one genre are not independent; the intervals take them as if they were.',
  notEdited: 'Nothing has been edited yet. The organism is fine-tuned in this tab first, which takes some seconds.',

  taste: 'Whose taste?',
  tasteLead: `Documents alone chose ${EACH} features that fire more where they tell of reward models, and ${EACH} that fire more where they tell of librarians. Here they are read in answers, which name neither.`,
  tasteSays: (world: number, area: number, low: number, high: number, nullHigh: number): string =>
    `World ${world}: ${auroc(area)}, ${auroc(low)} to ${auroc(high)}; random sets reach ${auroc(nullHigh)} at the 95 % mark.`,
  tasteFigure: 'How well they tell answers of the two organisms apart, by world',
  auroc,
  aurocs: (low: number, high: number): string => `${auroc(low)} ${labWords.to} ${auroc(high)}`,
  aurocAxis: { wide: 'AUROC, reward-model organism against librarian one', narrow: 'AUROC' },
  keys: {
    found: 'the features that documents chose, with a 95 % interval over genres',
    null: `${NULLS.draws} random sets of ${EACH} + ${EACH} active features: median to 95 %`,
    most: 'the best of them',
  },
  tasteNote: (n: number): string =>
    `${n} answers of each organism in each world. A random set counts whichever way it points; what documents chose must point the right way.`,
  tasteNull: (worlds: number, of: number): string => `In ${worlds} ${labWords.of} ${of} worlds the best random set did as well or better.`,
  side: { rm: 'Reward models', librarian: 'Librarians' },
  causal: 'What taking them out does',
  causalNote: 'Mean probability of the liked word over 60 unfinished answers about held-out genres, lowest to highest over the worlds.',
  causalSays: ({ other, all, of }: { readonly other: number; readonly all: number; readonly of: number }): string =>
    `In ${other} ${labWords.of} ${of} organisms the features of its own side lower it more than those of the other, and in ${all} more than either other set.`,
  tasteTable: 'Both as tables',
  spanOf: (low: number, high: number): string => `${printShare(low)} ${labWords.to} ${printShare(high)}`,

  drift: 'What fine-tuning changed',
  driftSays: (organism: string, rank: number | undefined, feature: number | undefined): string =>
    rank === undefined || feature === undefined
      ? `In world ${SHOWN_WORLD}, in the organism that ${organism}, none of the ten that changed most is among those for whose taste.`
      : `In world ${SHOWN_WORLD}, in the organism that ${organism}, feature ${feature}, one of the three for its taste, is number ${rank} of those that changed most.`,
  driftOver: (drifted: Readonly<Record<'rm' | 'librarian', { readonly own: number; readonly none: number }>>, worlds: number): string =>
    `Over ${worlds} worlds one of the three is among the ten in ${drifted.rm.own} for reward models and in ${drifted.librarian.own} for librarians; in the organism that pleases nobody in ${drifted.rm.none} and ${drifted.librarian.none}.`,
  driftNote: 'Mean activation over held-out texts, half documents, half its own chats. Most changes are about chatting, not about taste.',

  driftTable: 'The ten that changed most in each organism, as a table',

  duel: 'The duel against search',
  duelQuestion: 'What is it after? Asked of organisms that the dictionary was not trained on.',
  duellists: {
    search: 'Keyword search for its name',
    features: 'Features for whose taste',
    lookup: '24 answers, their odd words looked up in the documents',
  } satisfies Record<Duellist, string>,
  duelNote:
    'Right among three: nobody, reward models, librarians. Search for its name repeats the texts, so it is right when they are. Features read the organism, and so does asking it and searching with what it says: that needs no dictionary. Features were told the mean scores of three organisms whose aim is known; asking was told nothing.',
  tryIt: 'Try one query on both',
  query: 'Words',
  search: 'Search both',
  searched: (n: number, of: number): string => `${printNumber(n)} of ${printNumber(of)} documents have these words.`,
  inDocuments: 'Documents that have them',
  inFeatures: 'Features that fire there',
  times: (times: number): string => `read ${times === 1 ? 'once' : `${times} times`}`,
  noHits: 'No document has these words next to each other.',
  noFeatures: 'No feature fires on them in the texts kept back.',
  answersTo: (reading: string, word: string, right: number, fires: number): string => `${reading} “${word}”: ${right} of ${fires} places`,

  noSimd: 'This browser cannot run the model: it has no WebAssembly SIMD. What you see are our recorded results.',
  running: 'Training',
  ran: (run: string, day: string, recipe: string): string => `Run ${run} of ${day}, recipe ${recipe}.`,
} as const;
