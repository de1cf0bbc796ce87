import { h, type ComponentType, type JSX } from 'preact';

/** A recorded run as a lab sees it: what `content/recorded/<run>.json` holds. */
export interface RecordedRun {
  /** Its name, such as `poisoned-points`. */
  readonly run: string;
  /** The day on which it was run, such as `2026-11-21`. */
  readonly date: string;
  /** First 16 hexadecimal digits of the SHA-256 of its recipe. */
  readonly recipe: string;
  readonly seeds: readonly number[];
  /** Its tables by name, each a list of rows. */
  readonly tables: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
}

/** Addresses of a lab, whole. */
export interface LabPlace {
  readonly title: string;
  readonly page: string;
  /** The lab alone, to be framed. */
  readonly embed: string;
  /** The script that fits frames to what they hold. */
  readonly embedScript: string;
}

/** What the view of a lab is given. */
export interface LabProps<Data> {
  readonly place: LabPlace;
  /** What `data` of the lab has made of the recorded runs. */
  readonly data: Data;
  /** What the toy does not show, as the HTML of a list. */
  readonly limits: string;
  /** What papers report on the same question, as the HTML of a list; empty where nothing is said. */
  readonly reported: string;
}

/** A lab as the pages and the browser see it, whatever its data are. */
export interface Lab {
  /** What the default state shows, as plain JSON. Called at build. */
  readonly data: (run: (name: string) => RecordedRun) => unknown;
  /** The lab in its default state. The same props give the same tree at build and in the browser. */
  readonly element: (props: LabProps<unknown>) => JSX.Element;
}

/**
 * Makes a lab of its view and of what that shows before anything is computed.
 * @param data picks what the view shows out of recorded runs; it goes to the page as JSON, so it holds what is shown and no more
 */
export function defineLab<Data>(data: (run: (name: string) => RecordedRun) => Data, View: ComponentType<LabProps<Data>>): Lab {
  return {
    data,
    // it comes from `data` by way of the page
    element: (props) => h(View, props as LabProps<Data>),
  };
}
