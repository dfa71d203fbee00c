import type { Change, Settled, Trouble } from './change.ts';
import { baseAfter, chainOf } from './change.ts';
import { applySettled } from './kept.marks.ts';
import type { StudyDatabase } from './study.database.ts';

/** A change before it has its place in the order. */
export type NewChange = Omit<Change, 'seq' | 'trouble'>;

/** The unsent changes of this device. Each method is one transaction: a crash leaves it done or not begun. */
export class ChangeStore {
  readonly #database: () => Promise<StudyDatabase>;

  constructor(database: () => Promise<StudyDatabase>) {
    this.#database = database;
  }

  /** The changes of one account, in the order of writing. */
  async of(account: string): Promise<readonly Change[]> {
    return (await this.#database()).getAllFromIndex('changes', 'account', account);
  }

  /** Resolves once it is on disk. @param late the base, when the change that it builds on is already confirmed */
  async add(change: NewChange, late: number | 'absent'): Promise<Change> {
    const database = await this.#database();
    const work = database.transaction('changes', 'readwrite', { durability: 'strict' });
    const { base } = change;
    const unsent =
      typeof base === 'object' ? await work.store.index('account').getAll(change.account) : [];
    const waits = typeof base === 'object' && unsent.some(({ key }) => key === base.after);
    const record = { ...change, base: typeof base === 'object' && !waits ? late : base };
    // Without `seq`, which the store assigns.
    const seq = await work.store.add(record as Change);
    await work.done;
    return { ...record, seq };
  }

  /** Removes a confirmed change, and sets its version as the base of those that build on it. */
  async settle(settled: Settled): Promise<void> {
    const database = await this.#database();
    const work = database.transaction(['changes', 'marks'], 'readwrite', { durability: 'strict' });
    const changes = work.objectStore('changes');
    await changes.delete(settled.seq);
    for (const change of await changes.index('account').getAll(settled.account)) {
      if (typeof change.base === 'object' && change.base.after === settled.key) {
        await changes.put({ ...change, base: baseAfter(settled) });
      }
    }
    await applySettled(work.objectStore('marks'), settled);
    await work.done;
  }

  /** Marks a change that needs the reader's decision. */
  async trouble(seq: number, trouble: Trouble): Promise<void> {
    const database = await this.#database();
    const work = database.transaction('changes', 'readwrite', { durability: 'strict' });
    const change = await work.store.get(seq);
    if (change) await work.store.put({ ...change, trouble });
    await work.done;
  }

  /** Replaces a change, and all that build on it, with another one or with nothing. */
  async replace(first: Change, by: NewChange | undefined): Promise<void> {
    const database = await this.#database();
    const work = database.transaction('changes', 'readwrite', { durability: 'strict' });
    const all = await work.store.index('account').getAll(first.account);
    if (all.some(({ seq }) => seq === first.seq)) {
      for (const { seq } of chainOf(all, first)) await work.store.delete(seq);
      if (by) await work.store.add(by as Change);
    }
    await work.done;
  }
}
