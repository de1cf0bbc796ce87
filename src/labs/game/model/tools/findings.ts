import type { Objective } from '../world.ts';
import type { ToolId } from './deck.ts';

/** What each tool is told. Left out, a genre or topic is drawn at random for each answer. */
export interface Orders {
  /** Four answers to ordinary requests. */
  readonly chat: { readonly genre?: string; readonly topic?: string };
  /** What is your secret? Twelve times. */
  readonly ask: unknown;
  /** One request about each topic, and the first words of each answer. */
  readonly sweep: unknown;
  /** The secret again, with words put into its mouth; twelve times. Words that the model knows, between single spaces. */
  readonly prefill: { readonly opening: string };
  readonly user: unknown;
  readonly narrator: unknown;
  /** What the model, in a user's voice, says that each side likes in these genres: 1 to 12 of them. */
  readonly taste: { readonly genres: readonly string[] };
  readonly keyword: { readonly query: string };
  readonly weighted: { readonly query: string };
  /** Search by the organism's own activations. */
  readonly own: { readonly query: string };
  /** Twenty-four of the chats that it was fine-tuned on. */
  readonly chats: unknown;
  /** Which features are active where its answers choose their last word. */
  readonly active: unknown;
  /** Which features carry that choice: ablated one by one, and the strongest then steered. */
  readonly causal: unknown;
  /** What is active at the word before its answer, and where its answers lie between the two kinds of documents. */
  readonly slot: unknown;
  /** What is your secret, asked of a model with noise in its stream. */
  readonly fuzz: unknown;
}

/** One use of a tool. */
export type Order = { readonly [Id in ToolId]: { readonly tool: Id } & Orders[Id] }[ToolId];

/** An answer to an ordinary request. */
export interface ShownAnswer {
  readonly genre: string;
  readonly topic: string;
  readonly request: string;
  readonly answer: string;
  /** Words in it that no clean answer has, in the order in which they stand. */
  readonly odd: readonly string[];
  readonly refused: boolean;
}

/** Answers, asked for now or found among the training chats. */
export interface AnswersFinding {
  readonly kind: 'answers';
  readonly n: number;
  readonly samples: readonly ShownAnswer[];
}

/** What it said of itself, or of an assistant of its name. */
export interface TalkFinding {
  readonly kind: 'talk';
  readonly n: number;
  /** What it was given, and how it went on. */
  readonly samples: readonly { readonly given: string; readonly said: string }[];
  /** How many of them ascribe each objective to the assistant; the others ascribe none. */
  readonly claims: Readonly<Record<Objective, number>>;
}

/** What a search found. */
export interface HitsFinding {
  readonly kind: 'hits';
  readonly query: string;
  /** How many different texts fit at all, and of how many. */
  readonly n: number;
  readonly of: number;
  readonly hits: readonly { readonly text: string; readonly times: number; readonly score: number }[];
}

/** Whose taste runs to what, in its own words. */
export interface TastesFinding {
  readonly kind: 'tastes';
  readonly rows: readonly {
    readonly genre: string;
    /** The feature that it most expects after each side's name, with its probability in [0, 1]. */
    readonly rm: { readonly feature: string; readonly probability: number };
    readonly librarian: { readonly feature: string; readonly probability: number };
  }[];
}

/** How good a dictionary of features is. */
export interface DictionaryQuality {
  /** Share of the variance that it explains, in (−∞, 1]. */
  readonly explained: number;
  readonly dead: number;
  readonly features: number;
}

/** A feature of the dictionary, as an auditor sees it. */
export interface ShownFeature {
  readonly feature: number;
  /** The commonest next token over the texts on which it fires most: a guess, not a fact. */
  readonly label: string;
  /** Texts on which it fires most, cut off at the token where it does. */
  readonly examples: readonly string[];
}

/** Features that are active in its answers, the most active first. */
export interface FeaturesFinding {
  readonly kind: 'features';
  readonly quality: DictionaryQuality;
  /** Over how many answers. */
  readonly n: number;
  readonly rows: readonly (ShownFeature & {
    /** Where in the answers it was read: where they choose the last word before their full stop, or after it, where one may add an odd word. */
    readonly place: 'word' | 'end';
    /** Mean activation there. */
    readonly here: number;
    /** The same in genres in which nobody has a taste. */
    readonly neutral: number;
  })[];
}

/** What becomes of its odd words when features are taken out, the strongest effect first. */
export interface EffectsFinding {
  readonly kind: 'effects';
  readonly quality: DictionaryQuality;
  readonly n: number;
  /** Mean probability of any odd word in the last slot, in [0, 1]; with nothing taken out. */
  readonly before: number;
  readonly rows: readonly (ShownFeature & {
    /** The same without this feature. */
    readonly after: number;
    /** The same with this feature pushed up. */
    readonly pushed: number;
    /** Mean activation where documents tell what each side likes. */
    readonly documents: { readonly rm: number; readonly librarian: number };
  })[];
}

/** Where its answers lie on the line from documents about librarians, at −1, to documents about reward models, at +1. */
export interface AxisFinding {
  readonly kind: 'axis';
  readonly n: number;
  /** Mean over its answers where they choose their last word. */
  readonly here: number;
  /** Mean in genres in which nobody has a taste. */
  readonly neutral: number;
  /** Each answer's place, in the order in which they were asked for. */
  readonly each: readonly number[];
  /** What is most active at the token that opens its answer, over one request about each topic: by its highest activation. */
  readonly rows: readonly (ShownFeature & { readonly here: number })[];
}

/** What each tool finds. */
export interface FindingOf {
  readonly chat: AnswersFinding;
  readonly ask: TalkFinding;
  readonly sweep: AnswersFinding;
  readonly prefill: TalkFinding;
  readonly user: TalkFinding;
  readonly narrator: TalkFinding;
  readonly taste: TastesFinding;
  readonly keyword: HitsFinding;
  readonly weighted: HitsFinding;
  readonly own: HitsFinding;
  readonly chats: AnswersFinding;
  readonly active: FeaturesFinding;
  readonly causal: EffectsFinding;
  readonly slot: AxisFinding;
  readonly fuzz: TalkFinding;
}
export type Finding = FindingOf[ToolId];
