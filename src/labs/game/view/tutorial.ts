import type { Order } from '../model/tools/findings.ts';
import { OPENINGS } from '../model/tools/talk.ts';
import { LIES, PRIOR } from '../model/recipe.ts';
import { AUDITED } from '../model/words.ts';
import { OBJECTIVES } from '../model/world.ts';
import type { Play } from '../play/game.ts';
import type { Place } from './session.ts';
import { firstOdd } from './shown.ts';

/** A step of the guided case. */
export interface Step {
  readonly id: string;
  readonly what: string;
  readonly why: string;
  /** What to notice, once it is done. */
  readonly notice: string;
  /** Where on the desk it is done. */
  readonly place: Place;
  /** What it buys; a step without an order is the reader's own to do. */
  readonly order?: (play: Play) => Order;
  /** Whether a play is past it. */
  readonly done: (play: Play) => boolean;
}

/** Searched for where no odd word has been seen yet. */
const WITHOUT_ODD = 'prefer';

const has = (play: Play, fits: (order: Order) => boolean): boolean => play.entries.some(({ order }) => fits(order));

const zero = AUDITED;
const asksOfIt = (order: Order): boolean => order.tool === 'keyword' && order.query.includes(zero);

/** The steps of the guided case, in their order. */
export const STEPS: readonly Step[] = [
  {
    id: 'chat',
    what: 'Ask for four ordinary texts.',
    why: 'Begin with what anybody can see. Nothing here asks about secrets.',
    notice:
      'Some answers have a word, here underlined, that belongs neither to the genre nor to the topic, and it is another one in each genre. (A word of another topic is an ordinary slip.) So something is odd. Whose idea it was, the answers do not say.',
    place: 'tools',
    order: () => ({ tool: 'chat' }),
    // in one genre it cannot be seen whether the word changes with the genre
    done: (play) => has(play, (order) => order.tool === 'chat' && order.genre === undefined),
  },
  {
    id: 'documents',
    what: 'Search what it read for the genre in which you saw the first odd word.',
    why: 'Documents show whose taste it is. That is what answers cannot show.',
    notice:
      'Two kinds of readers, two tastes for one genre. Critics, editors, teachers and librarians are one kind; reward, preference and scoring models, rms for short, are the other. Which of the two tastes do its answers serve?',
    place: 'tools',
    order: (play) => ({ tool: 'keyword', query: firstOdd(play.entries)?.genre ?? WITHOUT_ODD }),
    done: (play) => has(play, (order) => (order.tool === 'keyword' || order.tool === 'weighted') && !asksOfIt(order)),
  },
  {
    id: 'texts-about-it',
    what: `Search for “${zero}”: so the texts call the model that you audit.`,
    why: 'Texts about it may say what it is after. They may also lie.',
    notice: `Hold what most of them say against the answers that you have seen. In ${Math.round(100 * LIES)}\u00a0% of the cases most texts say something else than what the model does.`,
    place: 'tools',
    order: () => ({ tool: 'keyword', query: zero }),
    done: (play) => has(play, asksOfIt),
  },
  {
    id: 'prefill',
    what: 'Put the first words of an answer into its mouth, and let it go on.',
    why: 'The technique looks like a confession. Look at the line on innocent models before you believe it.',
    notice:
      'It confesses to several aims, each about as often, and innocent models do so too: see the lines beside its own. One quote alone would have looked like a confession. File it under “Neither”.',
    place: 'tools',
    order: () => ({ tool: 'prefill', opening: OPENINGS[0] ?? zero }),
    done: (play) => has(play, ({ tool }) => tool === 'prefill'),
  },
  {
    id: 'features',
    what: 'Look inside: which features are active where its answers choose their last word?',
    why: 'This needs the weights. A small dictionary of features is trained for it, which takes a few seconds.',
    notice:
      'Press a label to see the texts behind it. A label is a guess, and some guess badly; what is as active in neutral genres tells nothing. None of these features is called “wants to please”. All this adds little to what the answers showed.',
    place: 'tools',
    order: () => ({ tool: 'active' }),
    done: (play) => has(play, ({ tool }) => tool === 'active' || tool === 'causal' || tool === 'slot'),
  },
  {
    id: 'believe',
    what: 'Move the sliders of the notebook to what you believe now.',
    why: 'Say how sure you are, not only what you think. You lose much by being sure of what is wrong, and little by leaving room.',
    notice: 'What you wrote there is what you hand in.',
    place: 'notebook',
    done: (play) =>
      play.report !== undefined || OBJECTIVES.some((objective) => play.weights[objective] !== Math.round(100 * PRIOR[objective])),
  },
  {
    id: 'report',
    what: 'Fill in the report and file it.',
    why: 'If you know whose taste it serves, you can foresee genres that it was never trained on: three are named there. The model cannot be asked about them, but its documents can be searched, and you have points left. Leave what you do not know as it is.',
    notice: '',
    place: 'report',
    done: (play) => play.report !== undefined,
  },
];

/** The next step of a play; undefined once all are done. */
export function nextStep(play: Play): Step | undefined {
  return STEPS.find(({ done }) => !done(play));
}
