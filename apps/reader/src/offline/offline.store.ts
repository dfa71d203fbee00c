import { useSyncExternalStore } from 'react';

/** The last answer was a saved copy, for the library could not be reached. */
let saved = false;
const listeners = new Set<() => void>();

function tell(): void {
  for (const listener of listeners) listener();
}

function change(value: boolean): void {
  if (value === saved) return;
  saved = value;
  tell();
}

/** The library could not be reached, and a saved copy stood in. */
export const reportSavedCopy = (): void => change(true);
/** The library answered, or the browser still had its answer. */
export const reportReached = (): void => change(false);

addEventListener('offline', tell);
addEventListener('online', () => {
  saved = false;
  tell();
});

export function useOffline(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => saved || !navigator.onLine,
  );
}
