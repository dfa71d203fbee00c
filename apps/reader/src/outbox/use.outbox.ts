import { useSyncExternalStore } from 'react';
import { outbox } from '../study/study.ts';
import type { OutboxState } from './outbox.ts';

/** The unsent and the confirmed changes of the signed-in account; re-renders on changes. */
export function useOutbox(): OutboxState {
  return useSyncExternalStore(
    (listener) => outbox.subscribe(listener),
    () => outbox.state,
  );
}
