import { useSyncExternalStore } from 'react';
import { outbox } from '../study/study.ts';
import type { OutboxState } from './outbox.ts';

/** What is unsent and what was confirmed of whoever is signed in; the component follows its changes. */
export function useOutbox(): OutboxState {
  return useSyncExternalStore(
    (listener) => outbox.subscribe(listener),
    () => outbox.state,
  );
}
