import { useSyncExternalStore } from 'react';

let offline = !navigator.onLine;
const listeners = new Set<() => void>();

function change(value: boolean): void {
  if (value === offline) return;
  offline = value;
  for (const listener of listeners) listener();
}

/** The library could not be reached, and a saved copy stood in. */
export const reportSavedCopy = (): void => change(true);
/** The library itself answered. */
export const reportReached = (): void => change(false);

addEventListener('offline', () => change(true));
addEventListener('online', () => change(false));

export function useOffline(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => offline,
  );
}
