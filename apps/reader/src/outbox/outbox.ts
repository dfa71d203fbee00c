import type { StudyContent, StudyKind } from '@gospelib/client';
import { v7 as uuid } from 'uuid';
import { retryDelay } from '../resource/resource.retry.ts';
import type { ChangeStore, NewChange } from './change.store.ts';
import {
  type Base,
  baseAfter,
  type Change,
  nextChange,
  type Settled,
  type StudyInput,
  UNKNOWN_VERSION,
} from './change.ts';
import type { Outcome } from './outcome.ts';
import type { Heard } from './overlay.ts';

/** The present state of a reader's changes; a new object after each change. */
export type OutboxState = {
  readonly account: string | undefined;
  /** Unsent changes, in the order of writing. */
  readonly changes: readonly Change[];
  /** Changes confirmed during this visit. */
  readonly heard: readonly Heard[];
};

/** A message between tabs. */
type News = { readonly settled: Settled | undefined };

export type OutboxDependencies = {
  readonly store: ChangeStore;
  /** The account that is signed in now. */
  readonly account: () => string | undefined;
  /** Sends a change; it must read the account synchronously before anything else. */
  readonly send: (change: Change) => Promise<Outcome>;
  /** Runs work one at a time across all tabs, if the browser can. */
  readonly exclusively: (work: () => Promise<void>) => Promise<void>;
  readonly channel: BroadcastChannel | undefined;
};

const NOBODY: OutboxState = { account: undefined, changes: [], heard: [] };

/**
 * Writes go to the device's own store first and from there to the server, in order and one at a time. A change leaves
 * the store only when the server has confirmed it or the reader discards it. Each is sent under the key it was written
 * with, so that sending it again after a crash, or from two tabs, has no effect.
 */
export class Outbox {
  readonly #dependencies: OutboxDependencies;
  readonly #listeners = new Set<() => void>();
  /** Changes being written to the store, by key. */
  readonly #pending = new Map<string, Change>();
  #state = NOBODY;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #loads = 0;

  constructor(dependencies: OutboxDependencies) {
    this.#dependencies = dependencies;
    dependencies.channel?.addEventListener('message', ({ data }: MessageEvent<News>) => {
      if (data.settled) this.#hear(data.settled);
      void this.refresh();
    });
  }

  get state(): OutboxState {
    return this.#state;
  }

  /** Calls `listener` on each change until the returned function is called. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Reads the stored changes of the account that is signed in now. */
  async refresh(): Promise<void> {
    const account = this.#dependencies.account();
    this.#loads += 1;
    const load = this.#loads;
    const stored = account === undefined ? [] : await this.#dependencies.store.of(account);
    if (load !== this.#loads || account !== this.#dependencies.account()) return;
    const heard = this.#state.account === account ? this.#state.heard : [];
    const settled = new Set(heard.map(({ key }) => key));
    const unsent = stored.filter(({ key }) => !settled.has(key));
    this.#change({ account, changes: this.#withPending(account, unsent), heard });
  }

  /**
   * Writes a change and sends it in its turn. Resolves when it is stored on the device.
   * @param input the whole new content; null to delete
   * @param base the base of the item as shown
   */
  async write<K extends StudyKind>(
    kind: K,
    id: string,
    input: StudyContent[K]['input'] | null,
    base: Base,
  ): Promise<Change> {
    const account = this.#dependencies.account();
    if (account === undefined) throw new Error('Nobody is signed in.');
    const late = typeof base === 'object' ? this.#baseOf(base.after) : base;
    const change = newChange(account, kind, id, input, base);
    this.#pend(change);
    let added: Change;
    try {
      added = await this.#dependencies.store.add(change, late);
    } catch (error) {
      this.#drop(change.key);
      throw error;
    }
    this.#pending.delete(change.key);
    await this.#written();
    return added;
  }

  /** Replaces a change that needs a decision; undefined keeps what is stored. */
  async decide(change: Change, input: StudyInput | null | undefined): Promise<void> {
    const { account, kind, id, trouble } = change;
    const stored = trouble?.kind === 'conflict' ? trouble.stored : undefined;
    const base = stored === undefined ? change.base : baseAfter({ item: stored });
    const drops = input === undefined || (input === null && stored === null);
    const by = drops ? undefined : newChange(account, kind, id, input, base);
    await this.#dependencies.store.replace(change, by);
    // From now on the stored version is shown.
    if (drops && stored !== undefined) this.#settled({ ...change, item: stored });
    await this.#written();
  }

  /** Sends all changes that can be sent; failures are retried later, with growing delays. */
  drain(): Promise<void> {
    clearTimeout(this.#timer);
    return this.#dependencies.exclusively(() => this.#pass());
  }

  async #pass(): Promise<void> {
    for (;;) {
      const account = this.#dependencies.account();
      if (account === undefined) return;
      const change = nextChange(await this.#dependencies.store.of(account));
      if (!change) return;
      const outcome = await this.#dependencies.send(change);
      if (outcome.kind === 'signed-out') return;
      if (outcome.kind === 'later') {
        this.#failures += 1;
        const wait = retryDelay(outcome.error, this.#failures);
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => void this.drain(), wait);
        return;
      }
      this.#failures = 0;
      if (outcome.kind === 'settled') {
        const { seq, key, kind, id } = change;
        const settled: Settled = { seq, key, account, kind, id, item: outcome.item };
        // Reported before it leaves the store: a page that reads in between must not miss it.
        this.#hear(settled);
        await this.#dependencies.store.settle(settled);
        this.#tell({ settled });
      } else {
        await this.#dependencies.store.trouble(change.seq, outcome.trouble);
        this.#tell({ settled: undefined });
      }
      await this.refresh();
    }
  }

  /** Shows a change at once, so that the next gesture builds on it. */
  #pend(change: NewChange): void {
    this.#pending.set(change.key, { ...change, seq: Number.MAX_SAFE_INTEGER });
    const { account, changes, heard } = this.#state;
    if (account !== change.account) return;
    const stored = changes.filter(({ key }) => !this.#pending.has(key));
    this.#change({ account, changes: this.#withPending(account, stored), heard });
  }

  #drop(dropped: string): void {
    this.#pending.delete(dropped);
    const changes = this.#state.changes.filter(({ key }) => key !== dropped);
    this.#change({ ...this.#state, changes });
  }

  #withPending(account: string | undefined, stored: readonly Change[]): readonly Change[] {
    const kept = new Set(stored.map(({ key }) => key));
    const pending = [...this.#pending.values()];
    return [
      ...stored,
      ...pending.filter((change) => change.account === account && !kept.has(change.key)),
    ];
  }

  async #written(): Promise<void> {
    await this.refresh();
    this.#tell({ settled: undefined });
    void this.drain();
  }

  #settled({ seq, key, account, kind, id, item }: Settled): void {
    const settled = { seq, key, account, kind, id, item };
    this.#hear(settled);
    this.#tell({ settled });
  }

  #hear(settled: Settled): void {
    if (settled.account !== this.#state.account) return;
    const heard = [...this.#state.heard, { ...settled, at: performance.now() }];
    const changes = this.#state.changes.filter(({ key }) => key !== settled.key);
    this.#change({ ...this.#state, changes, heard });
  }

  /** The version that resulted from a change that is no longer in the store. */
  #baseOf(key: string): number | 'absent' {
    const news = this.#state.heard.find((settled) => settled.key === key);
    return news ? baseAfter(news) : UNKNOWN_VERSION;
  }

  #tell(news: News): void {
    this.#dependencies.channel?.postMessage(news);
  }

  #change(state: OutboxState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

function newChange(
  account: string,
  kind: StudyKind,
  id: string,
  input: StudyInput | null,
  base: Base,
): NewChange {
  return { account, kind, id, input, base, key: uuid(), madeAt: new Date().toISOString() };
}
