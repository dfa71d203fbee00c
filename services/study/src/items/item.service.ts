import { randomUUIDv7 } from 'node:crypto';
import type { StudyStored } from '@gospelib/contracts';
import type { Queries } from '@gospelib/database';
import { ProblemError } from '@gospelib/service-kit';
import { type Claim, claimOf, type KeptAnswer } from '../idempotency/idempotency.key.ts';
import { keep, recall, take } from '../idempotency/idempotency.repository.ts';
import type { Quota } from '../limits/quota.ts';
import type { StudyDatabase } from '../store/study.database.ts';
import { type Condition, conflict } from './item.condition.ts';
import type { ItemRepository } from './item.repository.ts';
import { type ItemInput, itemOf, type Prepared } from './item.table.ts';

/** What a write did, and whether that was at an earlier request with the same key. */
export interface Written<Item> {
  status: 200 | 201;
  item: Item;
  replayed: boolean;
}

/**
 * How things are written, whatever they are: done once for one key, never over a version that the writer has not seen.
 * A write that asks for what is stored already succeeds, so that repeating one is always safe.
 */
export class ItemService<Input extends ItemInput, Item extends StudyStored> {
  readonly #store: StudyDatabase;
  readonly #items: ItemRepository<Input, Item>;
  readonly #quota: Quota;

  constructor(store: StudyDatabase, items: ItemRepository<Input, Item>, quota: Quota) {
    this.#store = store;
    this.#items = items;
    this.#quota = quota;
  }

  /** Adds one under an id made here. @throws ProblemError limit-reached, key-reused */
  async create(userId: string, input: Input, key: string): Promise<Written<Item>> {
    const claim = claimOf(key, 'POST', this.#noun, input);
    const made = await this.#add(userId, randomUUIDv7(), input, claim);
    if (made) return made;
    throw new ProblemError('unavailable', 'Send it again.', { retryAfter: 1 });
  }

  /** Adds or replaces one. @throws ProblemError limit-reached, key-reused, version-conflict, version-required */
  async put(
    userId: string,
    id: string,
    input: Input,
    condition: Condition,
    key: string | undefined,
  ): Promise<Written<Item>> {
    const claim = claimOf(key, 'PUT', this.#noun, id, condition, input);
    if (condition.kind === 'version') {
      return this.#replace(userId, { id, version: condition.version }, input, claim);
    }
    const made = await this.#add(userId, id, input, claim);
    if (made) return made;
    const stored = await this.#find(userId, id);
    // Deleted between the two steps: then there is room now.
    if (!stored) return this.put(userId, id, input, condition, key);
    if (this.#says(stored, input)) return { status: 200, item: stored, replayed: false };
    throw conflict(condition, input, stored);
  }

  /** Deletes one and answers it: sending that again brings it back. @throws ProblemError not-found, key-reused, version-conflict */
  async remove(
    userId: string,
    id: string,
    condition: Condition,
    key: string | undefined,
  ): Promise<Written<Item>> {
    const version = condition.kind === 'version' ? condition.version : undefined;
    const claim = claimOf(key, 'DELETE', this.#noun, id, condition);
    const removed = await this.#once(userId, `${this.#noun} delete`, claim, async (rows) => {
      const item = await this.#items.remove(rows, userId, id, version);
      if (item) return item;
      const stored = await this.#items.find(rows, userId, id);
      throw stored ? conflict(condition, null, stored) : this.#missing();
    });
    if (!removed.replayed) this.#quota.giveBack(userId);
    return removed;
  }

  /** @throws ProblemError not-found, also for what is somebody else's */
  async get(userId: string, id: string): Promise<Item> {
    const item = await this.#find(userId, id);
    if (item) return item;
    throw this.#missing();
  }

  #find(userId: string, id: string): Promise<Item | undefined> {
    return this.#store.as(userId, `${this.#noun} get`, (rows) =>
      this.#items.find(rows, userId, id),
    );
  }

  get #noun(): string {
    return this.#items.table.noun;
  }

  /** Undefined when the id is taken. */
  async #add(
    userId: string,
    id: string,
    input: Input,
    claim: Claim | undefined,
  ): Promise<Written<Item> | undefined> {
    const now = Date.now();
    const stored: StudyStored = {
      id,
      // Later than any version the id had before it was deleted, so that nobody takes the two for the same.
      version: now,
      createdAt: new Date(madeAt(input, now)).toISOString(),
      updatedAt: new Date(now).toISOString(),
    };
    const prepared: Prepared<Item> = this.#items.table.prepare(input);
    const item = itemOf<Item>(stored, prepared.content);
    try {
      await this.#quota.take(userId);
    } catch (full) {
      // Whoever repeats the request that took the last place is to hear that it got it.
      const kept = claim && (await this.#recall(userId, claim));
      if (kept) return replay(kept);
      if (await this.#find(userId, id)) return undefined;
      throw full;
    }
    const answer = { status: 201, body: item };
    const outcome = await this.#items.add(userId, stored, prepared, claim, answer);
    if (outcome === 'added') return { status: 201, item, replayed: false };
    this.#quota.giveBack(userId);
    if (outcome === 'taken') return undefined;
    return replay(claim && (await this.#recall(userId, claim)));
  }

  #replace(
    userId: string,
    { id, version }: { id: string; version: number },
    input: Input,
    claim: Claim | undefined,
  ): Promise<Written<Item>> {
    const prepared = this.#items.table.prepare(input);
    const updatedAt = new Date().toISOString();
    return this.#once(userId, `${this.#noun} replace`, claim, async (rows) => {
      const item = await this.#items.update(rows, userId, { id, version, updatedAt }, prepared);
      if (item) return item;
      const stored = await this.#items.find(rows, userId, id);
      if (stored && this.#says(stored, input)) return stored;
      throw conflict({ kind: 'version', version }, input, stored ?? null);
    });
  }

  /** One transaction that takes the key, does the work and keeps its answer; or finds that it was done before. */
  #once(
    userId: string,
    name: string,
    claim: Claim | undefined,
    work: (rows: Queries) => Promise<Item>,
  ): Promise<Written<Item>> {
    return this.#store.as(userId, name, async (rows) => {
      if (claim && !(await take(rows, userId, claim))) {
        return replay(await recall(rows, userId, claim));
      }
      const item = await work(rows);
      if (claim) await keep(rows, userId, claim, { status: 200, body: item });
      return { status: 200, item, replayed: false };
    });
  }

  #recall(userId: string, claim: Claim): Promise<KeptAnswer | undefined> {
    return this.#store.as(userId, 'idempotency replay', (rows) => recall(rows, userId, claim));
  }

  #says(stored: Item, { createdAt: _, ...content }: Input): boolean {
    return JSON.stringify(this.#items.table.contentOf(stored)) === JSON.stringify(content);
  }

  #missing(): ProblemError {
    return new ProblemError('not-found', `You have no such ${this.#noun}.`);
  }
}

/** When something was made, as its maker says: not before 1970, not in the future. */
function madeAt({ createdAt }: ItemInput, now: number): number {
  if (createdAt === undefined) return now;
  return Math.min(Math.max(Date.parse(createdAt), 0), now);
}

function replay<Item>(kept: KeptAnswer | undefined): Written<Item> {
  if (!kept) {
    throw new ProblemError('unavailable', 'The key has just been forgotten.', { retryAfter: 1 });
  }
  // What is kept under the fingerprint of this request was an item when it was kept.
  return { status: kept.status === 201 ? 201 : 200, item: kept.body as Item, replayed: true };
}
