import { randomBytes } from 'node:crypto';
import type { SharedCollection, ShareResponse } from '@gospelib/contracts';
import { ProblemError } from '@gospelib/service-kit';
import type { StudyDatabase } from '../store/study.database.ts';
import { readItem } from './collection.table.ts';

interface SharedRow {
  title: string;
  description: string | null;
  items: SharedCollection['items'];
  updated_at: Date;
}

/** Shows a list to whoever has its link, until its owner revokes the link. */
export class CollectionSharing {
  readonly #store: StudyDatabase;

  constructor(store: StudyDatabase) {
    this.#store = store;
  }

  /** Returns the list's link and creates it if needed. @throws ProblemError not-found */
  async share(userId: string, id: string): Promise<ShareResponse> {
    const [shared] = await this.#store.write(userId, 'collection share', (tx) =>
      tx.query<ShareResponse>(
        'collection share',
        `UPDATE collections SET share = coalesce(share, $3)
         WHERE user_id = $1 AND id = $2 RETURNING share`,
        [userId, id, randomBytes(24).toString('base64url')],
      ),
    );
    if (shared) return shared;
    throw missing();
  }

  /** Revokes the link for good: sharing again creates another. @throws ProblemError not-found */
  async unshare(userId: string, id: string): Promise<void> {
    const unshared = await this.#store.write(userId, 'collection unshare', (tx) =>
      tx.query(
        'collection unshare',
        'UPDATE collections SET share = NULL WHERE user_id = $1 AND id = $2 RETURNING id',
        [userId, id],
      ),
    );
    if (unshared.length === 0) throw missing();
  }

  /** @throws ProblemError not-found */
  async open(link: string): Promise<SharedCollection> {
    const [row] = await this.#store.asNobody<SharedRow>(
      'shared collection',
      'SELECT title, description, items, updated_at FROM shared_collection($1)',
      [link],
    );
    if (!row) throw new ProblemError('not-found', 'No list is shared under this link any more.');
    const { title, description, items, updated_at } = row;
    return {
      title,
      ...(description !== null && { description }),
      items: items.map(readItem),
      updatedAt: updated_at.toISOString(),
    };
  }
}

function missing(): ProblemError {
  return new ProblemError('not-found', 'You have no such collection.');
}
