import type { VersionedSecret } from '../config.ts';
import type { Auth } from './auth.ts';

/** better-auth takes its secrets once: when the setting has changed, the next call makes another instance. */
export function currentAuth(
  secrets: () => readonly VersionedSecret[],
  make: (secrets: readonly VersionedSecret[]) => Auth,
): Auth {
  let known = secrets();
  let auth = make(known);
  const current = (): Auth => {
    const now = secrets();
    if (now !== known) {
      auth = make(now);
      known = now;
    }
    return auth;
  };
  return {
    get api() {
      return current().api;
    },
    get $context() {
      return current().$context;
    },
  };
}
