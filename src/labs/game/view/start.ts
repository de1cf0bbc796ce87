/** Runs on the page of the game: fetches what draws it, and keeps its place meanwhile. */
const place = document.querySelector<HTMLElement>('[data-game]');
if (place !== null) {
  // a case has its own heading
  document.querySelector('[data-lobby-head]')?.toggleAttribute('hidden', new URLSearchParams(location.search).has('case'));
  void import('./mount.tsx').then(({ mountGame }) => mountGame(place));
}

export {};
