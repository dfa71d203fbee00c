import { useSyncExternalStore } from 'react';

/** The action that a message offers. */
export type ToastAction =
  | { readonly label: string; readonly run: () => void }
  | { readonly label: string; readonly to: string };

export type Toast = {
  readonly id: number;
  readonly text: string;
  readonly action: ToastAction | undefined;
};

let current: Toast | undefined;
let count = 0;
const listeners = new Set<() => void>();

function show(toast: Toast | undefined): void {
  current = toast;
  for (const listener of listeners) listener();
}

/** Shows an unobtrusive message in place of the previous one. */
export function say(text: string, action?: ToastAction): void {
  count += 1;
  show({ id: count, text, action });
}

export function silence(id: number): void {
  if (current?.id === id) show(undefined);
}

export function useToast(): Toast | undefined {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}
