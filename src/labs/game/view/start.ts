/** Runs on the page of the game: fetches what draws it, and keeps its place meanwhile. */
const place = document.querySelector<HTMLElement>('[data-game]');
if (place !== null) {
  // a case has its own heading
  document.querySelector('[data-lobby-head]')?.toggleAttribute('hidden', new URLSearchParams(location.search).has('case'));
  import('./mount.tsx').then(
    ({ mountGame }) => mountGame(place),
    () => {
      const said = document.createElement('p');
      said.role = 'alert';
      said.textContent = 'The game did not load. Check that you are online, then load the page again.';
      place.append(said);
      place.dataset.ready = '';
    },
  );
}

export {};
