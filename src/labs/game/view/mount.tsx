import { render } from 'preact';
import type { VNode } from 'preact';
import { CaseError, readCase, type Case } from '../play/case.ts';
import type { GameData } from './data.ts';
import { Desk } from './Desk.tsx';
import { Lobby } from './Lobby.tsx';
import { GameSession } from './session.ts';
import { surroundings } from './surroundings.ts';

/** What an address asks for: a case, the lobby, or something that is no case. */
function asked(search: string): Case | CaseError | undefined {
  const code = new URLSearchParams(search).get('case');
  if (code === null) return undefined;
  try {
    return readCase(code);
  } catch (error) {
    if (error instanceof CaseError) return error;
    throw error;
  }
}

/** The day where the reader is, as in 2026-11-21. */
function dayOf(now: Date): string {
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
}

function view(data: GameData): VNode {
  const around = surroundings();
  const given = asked(location.search);
  if (given === undefined || given instanceof CaseError) {
    return (
      <Lobby store={around.store} page={`${location.origin}${location.pathname}`} today={dayOf(new Date())} problem={given?.message} />
    );
  }
  return <Desk session={new GameSession(given, around)} data={data} />;
}

/**
 * Puts the game into its place on the page.
 * @param root the element, with its data in a block of JSON behind it
 * @throws Error where the page lacks the data
 */
export function mountGame(root: HTMLElement): void {
  const block = root.nextElementSibling;
  if (!(block instanceof HTMLScriptElement)) throw new Error('The data of the game is missing from the page.\nSee src/pages/game.astro.');
  const shown = view(JSON.parse(block.text) as GameData);
  // a link that names no case shows the lobby
  if (shown.type === Lobby) document.querySelector('[data-lobby-head]')?.removeAttribute('hidden');
  render(shown, root);
  root.dataset.ready = '';
}
