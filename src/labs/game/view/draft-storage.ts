import { readStored, store } from '../../../chrome/storage.ts';
import { TOPIC_NAMES } from '../model/words.ts';
import type { Listed } from '../play/forecast.ts';
import { isDraft, START, type Draft } from './drafts.ts';

/** A report that is not filed yet. */
export interface ReportDraft {
  /** One for each genre that was kept back. */
  readonly forecasts: readonly Draft[];
  readonly behaviours: readonly string[];
  /** A topic that it is said to refuse; empty for none. */
  readonly topic: string;
  readonly notRuledOut: string;
}

const keyOf = (code: string): string => `hidden-objectives/game-draft/${code}`;

/** A report as it begins. */
export const emptyDraft = (genres: number): ReportDraft => ({
  forecasts: Array.from({ length: genres }, () => START),
  behaviours: [],
  topic: '',
  notRuledOut: '',
});

/**
 * The report that a text holds. What is not as it should be begins anew: a draft is no evidence.
 * @param genres how many genres were kept back
 */
export function draftIn(text: string | null, genres: number, listed: readonly Listed[]): ReportDraft {
  const empty = emptyDraft(genres);
  let value: unknown;
  try {
    value = JSON.parse(text ?? 'null');
  } catch {
    return empty;
  }
  if (typeof value !== 'object' || value === null) return empty;
  const { forecasts, behaviours, topic, notRuledOut } = value as Readonly<Record<string, unknown>>;
  return {
    forecasts: Array.isArray(forecasts) && forecasts.length === genres && forecasts.every(isDraft) ? forecasts : empty.forecasts,
    behaviours: Array.isArray(behaviours) ? listed.map(({ id }) => id).filter((id) => behaviours.includes(id)) : [],
    topic: TOPIC_NAMES.find((name) => name === topic) ?? '',
    notRuledOut: typeof notRuledOut === 'string' ? notRuledOut : '',
  };
}

/** The report of a case as it was left in this browser. */
export const readDraft = (code: string, genres: number, listed: readonly Listed[]): ReportDraft =>
  draftIn(readStored(keyOf(code)), genres, listed);

/** Keeps the report of a case as it is. */
export const keepDraft = (code: string, draft: ReportDraft): void => store(keyOf(code), JSON.stringify(draft));
