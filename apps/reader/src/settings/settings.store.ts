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

/** Gives the bars of a phone's browser the colour of the page. */
function colourBrowser(): void {
  const paper = getComputedStyle(document.documentElement).backgroundColor;
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', paper);
}

export function changeSettings(change: Partial<Settings>): void {
  const next = { ...current, ...change };
  writeStorage(SETTINGS_KEY, JSON.stringify(next));
  show(next);
}

/** Applies the saved settings, and follows changes in other tabs and of the system. */
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
