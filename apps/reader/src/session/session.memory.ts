import { forgetStorage, readStorage, writeStorage } from '../settings/storage.ts';

/** Who reads, as far as pages need it. */
export type SessionAccount = { readonly id: string; readonly name: string };

/** What the device knows of who was signed in: no secret, so that a reader without a connection is still known. */
export type Memory = SessionAccount & {
  /** Only until the browser is closed, as the session itself. */
  readonly whileOpen?: boolean;
};

const KEY = 'gospelib.account';
/** A cookie that ends with the browser, and is there in all its tabs. */
const OPEN = 'gospelib.open=1';

/** Reads what was saved; whatever is not an account is none. */
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

/** The account that was to be known only until the browser was closed, once it was. */
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
    // biome-ignore lint/suspicious/noDocumentCookie: a promise might not be kept before the page is left
    document.cookie = `${OPEN}; path=/; samesite=strict`;
  }
  if (memory) writeStorage(KEY, JSON.stringify(memory));
  else forgetStorage(KEY);
}
