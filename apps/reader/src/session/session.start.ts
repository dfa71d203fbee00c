import { session } from './session.store.ts';

/** The first seconds of a visit belong to the page. */
const AFTER_LOAD = 4_000;

/** Makes sure late that who was signed in still is; who was not is not asked about. */
export function startSession(): void {
  if (session.current.state !== 'signed-in') return;
  setTimeout(() => {
    import('./session.actions.ts').then(
      ({ checkSession }) => checkSession(),
      () => undefined, // no connection: what is remembered holds
    );
  }, AFTER_LOAD);
}
