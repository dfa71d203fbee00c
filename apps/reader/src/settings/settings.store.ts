import { useSyncExternalStore } from 'react';
import { parseSettings, SETTINGS_KEY, type Settings } from './settings.ts';
import { readStorage, writeStorage } from './storage.ts';

let current = parseSettings(readStorage(SETTINGS_KEY));
const listeners = new Set<() => void>();

function show(settings: Settings): void {
  current = settings;
  Object.assign(document.documentElement.dataset, settings);
  requestAnimationFrame(colourBrowser);
  for (const listener of listeners) listener();
}

/** The bars of a phone's browser take the colour of the paper. */
function colourBrowser(): void {
  const paper = getComputedStyle(document.documentElement).backgroundColor;
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', paper);
}

export function changeSettings(change: Partial<Settings>): void {
  const next = { ...current, ...change };
  writeStorage(SETTINGS_KEY, JSON.stringify(next));
  show(next);
}

/** Shows what was saved, and follows changes made in other tabs and by the system. */
export function startSettings(): void {
  show(current);
  window.addEventListener('storage', (event) => {
    if (event.key === SETTINGS_KEY) show(parseSettings(event.newValue));
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => show(current));
}

export function useSettings(): Settings {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}
