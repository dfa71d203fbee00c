import { useSyncExternalStore } from 'react';
import { type Session, session } from './session.store.ts';

const subscribe = (listener: () => void): (() => void) => session.subscribe(listener);

/** Who reads; the component follows each change, also of other tabs. */
export function useSession(): Session {
  return useSyncExternalStore(subscribe, () => session.current);
}
