import { useSyncExternalStore } from 'react';
import { type Session, session } from './session.store.ts';

const subscribe = (listener: () => void): (() => void) => session.subscribe(listener);

/** Who is signed in; re-renders on changes, also of other tabs. */
export function useSession(): Session {
  return useSyncExternalStore(subscribe, () => session.current);
}
