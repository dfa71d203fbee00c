import { forgetStorage, readStorage, writeStorage } from '../settings/storage.ts';

/** Who reads, as far as pages need it. */
export type SessionAccount = { readonly id: string; readonly name: string };

const KEY = 'gospelib.account';

/** Reads what was saved; whatever is not an account is none. */
export function parseAccount(saved: string | null): SessionAccount | undefined {
  try {
    const { id, name } = (JSON.parse(saved ?? 'null') ?? {}) as Partial<SessionAccount>;
    const right = typeof id === 'string' && /^[\w-]{1,64}$/.test(id) && typeof name === 'string';
    return right ? { id, name } : undefined;
  } catch {
    return undefined;
  }
}

/** Who was signed in on this device; no secret, so that a reader without a connection is still known. */
export const readAccount = (): SessionAccount | undefined => parseAccount(readStorage(KEY));

export function rememberAccount(account: SessionAccount | undefined): void {
  if (account) writeStorage(KEY, JSON.stringify({ id: account.id, name: account.name }));
  else forgetStorage(KEY);
}
