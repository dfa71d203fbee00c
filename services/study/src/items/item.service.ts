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
import { type ItemInput, itemOf, type Prepared, sizeOf } from './item.table.ts';

/** The result of a write, and whether it repeats that of an earlier request with the same key. */
export interface Written<Item> {
  status: 200 | 201;
  item: Item;
  replayed: boolean;
}

/** What limits how much a reader keeps: items of this kind, and answers of writes with a key. */
interface Room {
  quota: Quota;
  answers: Quota;
}

/**
 * The rules for writing any item: once per idempotency key, and never over a version that the writer has not seen.
 * A write that asks for what is already stored succeeds, so repeating one is always safe.
 */
export class ItemService<Input extends ItemInput, Item extends StudyStored> {
  readonly #store: StudyDatabase;
  readonly #items: ItemRepository<Input, Item>;
  readonly #quota: Quota;
  readonly #answers: Quota;

  constructor(store: StudyDatabase, items: ItemRepository<Input, Item>, { quota, answers }: Room) {
    this.#store = store;
    this.#items = items;
    this.#quota = quota;
    this.#answers = answers;
  }

  /** Adds an item under a new id. @throws ProblemError limit-reached, key-reused */
  async create(userId: string, input: Input, key: string): Promise<Written<Item>> {
    const claim = claimOf(key, 'POST', this.#noun, input);
    const made = await this.#add(userId, randomUUIDv7(), input, claim);
    if (made) return made;
    throw new ProblemError('unavailable', 'Send it again.', { retryAfter: 1 });
  }

  /** Adds or replaces an item. @throws ProblemError limit-reached, key-reused, version-conflict, version-required */
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
    // It was deleted between the two steps, so it can be added now.
    if (!stored) return this.put(userId, id, input, condition, key);
    if (this.#says(stored, input)) return { status: 200, item: stored, replayed: false };
    throw conflict(condition, input, stored);
  }

  /**
   * Deletes an item and returns it: sending that again restores it. @throws ProblemError not-found, key-reused,
   * version-conflict
   */
  async remove(
    userId: string,
    id: string,
    condition: Condition,
    key: string | undefined,
  ): Promise<Written<Item>> {
    const version = condition.kind === 'version' ? condition.version : undefined;
    const claim = claimOf(key, 'DELETE', this.#noun, id, condition);
    const removed = await this.#once(userId, `${this.#noun} delete`, claim, async (tx) => {
      const item = await this.#items.remove(tx, userId, id, version);
      if (item) return item;
      const stored = await this.#items.find(tx, userId, id);
      throw stored ? conflict(condition, null, stored) : this.#missing();
    });
    if (!removed.replayed) this.#quota.giveBack(userId, this.#sizeOf(removed.item));
    return removed;
  }

  /** @throws ProblemError not-found, also for another reader's item */
  async get(userId: string, id: string): Promise<Item> {
    const item = await this.#find(userId, id);
    if (item) return item;
    throw this.#missing();
  }

  #find(userId: string, id: string): Promise<Item | undefined> {
    return this.#store.read(userId, `${this.#noun} get`, (tx) => this.#items.find(tx, userId, id));
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
      // Later than any version that the id had before it was deleted, so that the two are never confused.
      version: now,
      createdAt: new Date(madeAt(input, now)).toISOString(),
      updatedAt: new Date(now).toISOString(),
    };
    const prepared: Prepared<Item> = this.#items.table.prepare(input);
    const item = itemOf<Item>(stored, prepared.content);
    const answer = answerOf(201, item);
    const bytes = sizeOf(prepared);
    const kept = claim && answer.length;
    try {
      await this.#reserve(userId, bytes, kept);
    } catch (full) {
      // A repetition of the request that used the last free slot must get that request's answer.
      const given = claim && (await this.#recall(userId, claim));
      if (given) return replay(given);
      if (await this.#find(userId, id)) return undefined;
      throw full;
    }
    const giveBack = (): void => {
      this.#quota.giveBack(userId, bytes);
      if (kept !== undefined) this.#answers.giveBack(userId, kept);
    };
    const outcome = await this.#items
      .add(userId, stored, prepared, claim, answer)
      .catch((error) => {
        giveBack();
        throw error;
      });
    if (outcome === 'added') return { status: 201, item, replayed: false };
    giveBack();
    if (outcome === 'taken') return undefined;
    return replay(claim && (await this.#recall(userId, claim)));
  }

  /** Room for a new item, and for the answer of a write with a key. @throws ProblemError limit-reached, too-many-requests */
  async #reserve(userId: string, bytes: number, kept: number | undefined): Promise<void> {
    await this.#quota.take(userId, bytes);
    if (kept === undefined) return;
    try {
      await this.#answers.take(userId, kept);
    } catch (full) {
      this.#quota.giveBack(userId, bytes);
      throw full;
    }
  }

  async #replace(
    userId: string,
    { id, version }: { id: string; version: number },
    input: Input,
    claim: Claim | undefined,
  ): Promise<Written<Item>> {
    const prepared = this.#items.table.prepare(input);
    await this.#reserveChange(userId, id, sizeOf(prepared));
    const updatedAt = new Date().toISOString();
    return this.#once(userId, `${this.#noun} replace`, claim, async (tx) => {
      const item = await this.#items.update(tx, userId, { id, version, updatedAt }, prepared);
      if (item) return item;
      const stored = await this.#items.find(tx, userId, id);
      if (stored && this.#says(stored, input)) return stored;
      throw conflict({ kind: 'version', version }, input, stored ?? null);
    });
  }

  /** What takes no more room than before may be saved however full it is. @throws ProblemError limit-reached */
  async #reserveChange(userId: string, id: string, bytes: number): Promise<void> {
    try {
      await this.#quota.change(userId, bytes);
    } catch (full) {
      const stored = await this.#find(userId, id);
      if (stored && bytes > this.#sizeOf(stored)) throw full;
    }
  }

  #sizeOf(item: Item): number {
    const { table } = this.#items;
    return sizeOf(table.prepare(table.contentOf(item)));
  }

  /** In one transaction claims the key, does the work and stores the answer; or returns the stored answer. */
  #once(
    userId: string,
    name: string,
    claim: Claim | undefined,
    work: (tx: Queries) => Promise<Item>,
  ): Promise<Written<Item>> {
    return this.#answers.reserving(userId, (reserve) =>
      this.#store.write(userId, name, async (tx) => {
        if (claim && !(await take(tx, userId, claim))) {
          return replay(await recall(tx, userId, claim));
        }
        const item = await work(tx);
        if (claim) {
          const answer = answerOf(200, item);
          await reserve(answer.length);
          await keep(tx, userId, claim, answer);
        }
        return { status: 200, item, replayed: false };
      }),
    );
  }

  #recall(userId: string, claim: Claim): Promise<KeptAnswer | undefined> {
    return this.#store.write(userId, 'idempotency replay', (tx) => recall(tx, userId, claim));
  }

  #says(stored: Item, { createdAt: _, ...content }: Input): boolean {
    return JSON.stringify(this.#items.table.contentOf(stored)) === JSON.stringify(content);
  }

  #missing(): ProblemError {
    return new ProblemError('not-found', `You have no such ${this.#noun}.`);
  }
}

/** The time of creation that the writer states, limited to between 1970 and now. */
function madeAt({ createdAt }: ItemInput, now: number): number {
  if (createdAt === undefined) return now;
  return Math.min(Math.max(Date.parse(createdAt), 0), now);
}

function answerOf(status: KeptAnswer['status'], body: unknown): string {
  return JSON.stringify({ status, body } satisfies KeptAnswer);
}

function replay<Item>(kept: KeptAnswer | undefined): Written<Item> {
  if (!kept) {
    throw new ProblemError('unavailable', 'The key has just been forgotten.', { retryAfter: 1 });
  }
  // The fingerprint of this request matches, so the stored answer is an item of this kind.
  return { status: kept.status === 201 ? 201 : 200, item: kept.body as Item, replayed: true };
}
