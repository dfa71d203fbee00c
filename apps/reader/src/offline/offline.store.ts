import { useSyncExternalStore } from 'react';

/** Whether the last answer was a saved copy, because the server was unreachable. */
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

/** The server was unreachable, and a saved copy was used. */
export const reportSavedCopy = (): void => change(true);
/** The server answered, or the browser's cache did. */
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
