import { forgetStorage, readStorage, writeStorage } from '../settings/storage.ts';

/** The account, as far as pages need it. */
export type SessionAccount = { readonly id: string; readonly name: string };

/**
 * What the device remembers about who was signed in: no secret, so that a reader is recognised without a connection.
 */
export type Memory = SessionAccount & {
  /** Only until the browser closes, like the session itself. */
  readonly whileOpen?: boolean;
};

const KEY = 'gospelib.account';
/** A cookie that exists in all tabs until the browser closes. */
const OPEN = 'gospelib.open=1';

/** Parses a saved account; undefined for anything invalid. */
export function parseMemory(saved: string | null): Memory | undefined {
  try {
    const { id, name, whileOpen } = (JSON.parse(saved ?? 'null') ?? {}) as Partial<Memory>;
    if (typeof id !== 'string' || !/^[\w-]{1,64}$/.test(id) || typeof name !== 'string') return;
    return whileOpen === true ? { id, name, whileOpen } : { id, name };
  } catch {
    return undefined;
  }
}

export function readMemory(): Memory | undefined {
  const memory = parseMemory(readStorage(KEY));
  return isOver(memory) ? undefined : memory;
}

/** The account that was to be remembered until the browser closed, once it has. */
export function accountThatIsOver(): string | undefined {
  const memory = parseMemory(readStorage(KEY));
  return isOver(memory) ? memory?.id : undefined;
}

export function forgetAccountThatIsOver(): void {
  if (accountThatIsOver() !== undefined) forgetStorage(KEY);
}

function isOver(memory: Memory | undefined): boolean {
  return memory?.whileOpen === true && !document.cookie.split('; ').includes(OPEN);
}

export function writeMemory(memory: Memory | undefined): void {
  if (memory?.whileOpen) {
    // biome-ignore lint/suspicious/noDocumentCookie: the asynchronous API may not finish before the page is left
    document.cookie = `${OPEN}; path=/; samesite=strict`;
  }
  if (memory) writeStorage(KEY, JSON.stringify(memory));
  else forgetStorage(KEY);
}
