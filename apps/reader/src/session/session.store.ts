import { type Memory, readMemory, type SessionAccount, writeMemory } from './session.memory.ts';

export type { SessionAccount } from './session.memory.ts';

/** Who is signed in. `unknown` only while it is checked and nothing is remembered. */
export type Session =
  | { readonly state: 'signed-in'; readonly account: SessionAccount }
  | { readonly state: 'signed-out' | 'unknown'; readonly account?: undefined };

/** A message between tabs. */
type News =
  | { readonly kind: 'signed-in'; readonly account: SessionAccount }
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'deleted'; readonly id: string };

type Dependencies = {
  readonly read: () => Memory | undefined;
  readonly write: (memory: Memory | undefined) => void;
  /** The channel to other tabs; undefined if the browser has none. */
  readonly channel: BroadcastChannel | undefined;
};

const SIGNED_OUT: Session = { state: 'signed-out' };
const UNKNOWN: Session = { state: 'unknown' };

/**
 * Who is signed in, as last known. It is remembered on the device, so that the first page knows it without a request,
 * and all tabs learn of a change. Only an answer of accounts changes it, never an outage.
 */
export class SessionStore {
  readonly #dependencies: Dependencies;
  readonly #listeners = new Set<() => void>();
  readonly #deletionListeners = new Set<(id: string) => void>();
  #current: Session;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
    const memory = dependencies.read();
    this.#current = memory
      ? { state: 'signed-in', account: { id: memory.id, name: memory.name } }
      : SIGNED_OUT;
    dependencies.channel?.addEventListener('message', ({ data }: MessageEvent<News>) =>
      this.#hear(data),
    );
  }

  get current(): Session {
    return this.#current;
  }

  /** Calls `listener` on each change until the returned function is called. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Calls `listener` in every tab with the id of a deleted account, whose data must be removed. */
  onAccountDeleted(listener: (id: string) => void): () => void {
    this.#deletionListeners.add(listener);
    return () => this.#deletionListeners.delete(listener);
  }

  /**
   * Checks who is signed in. A known reader stays known meanwhile, and when no answer arrives.
   * @param ask returns undefined for nobody, and rejects when the answer is unknown
   */
  async confirm(ask: () => Promise<SessionAccount | undefined>): Promise<void> {
    if (this.#current.state === 'signed-out') this.#change(UNKNOWN);
    const asked = this.#current;
    const answer = await ask().catch(() => asked.account);
    // The reader signed in or out meanwhile, which is newer than this answer.
    if (this.#current !== asked) return;
    if (answer) this.signedIn(answer);
    else this.signedOut();
  }

  /** @param whileOpen remember until the browser closes; undefined keeps the present choice */
  signedIn({ id, name }: SessionAccount, whileOpen?: boolean): void {
    const account = { id, name };
    const memory = this.#dependencies.read();
    const fleeting = whileOpen ?? (memory?.id === id && memory.whileOpen === true);
    this.#dependencies.write(fleeting ? { ...account, whileOpen: true } : account);
    if (this.#become(account)) this.#tell({ kind: 'signed-in', account });
  }

  signedOut(): void {
    this.#dependencies.write(undefined);
    const wasKnown = this.#current.state === 'signed-in';
    this.#change(SIGNED_OUT);
    if (wasKnown) this.#tell({ kind: 'signed-out' });
  }

  deleted(id: string): void {
    this.signedOut();
    this.#forget(id);
    this.#tell({ kind: 'deleted', id });
  }

  #hear(news: News): void {
    if (news.kind === 'signed-in') this.#become(news.account);
    else if (news.kind === 'signed-out') this.#change(SIGNED_OUT);
    else this.#forget(news.id);
  }

  #become(account: SessionAccount): boolean {
    const known = this.#current.account;
    if (known?.id === account.id && known.name === account.name) return false;
    this.#change({ state: 'signed-in', account });
    return true;
  }

  #change(session: Session): void {
    if (session === this.#current) return;
    this.#current = session;
    for (const listener of this.#listeners) listener();
  }

  #forget(id: string): void {
    for (const listener of this.#deletionListeners) listener(id);
  }

  #tell(news: News): void {
    this.#dependencies.channel?.postMessage(news);
  }
}

/** The one session of the page. */
export const session = new SessionStore({
  read: readMemory,
  write: writeMemory,
  channel:
    typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('gospelib.session'),
});
