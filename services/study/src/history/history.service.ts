import {
  type ContinueResponse,
  chapterId,
  type HistoryInput,
  type HistoryResponse,
} from '@gospelib/contracts';
import { hasVerse, parseId } from '@gospelib/scripture';
import { ProblemError } from '@gospelib/service-kit';
import { z } from 'zod';
import { Conditions } from '../items/item.list.ts';
import { cutPage, readCursor } from '../paging/cursor.ts';
import type { StudyDatabase } from '../store/study.database.ts';
import { forgetPlaces, listBookPlaces, listPlaces, recordPlace } from './history.repository.ts';

const position = z.tuple([z.int().min(0).max(253_402_300_799_999), chapterId]);
const booksToContinue = 5;

/** A reader's last place in each chapter. */
export class History {
  readonly #store: StudyDatabase;

  constructor(store: StudyDatabase) {
    this.#store = store;
  }

  /** @throws ProblemError invalid-input for a chapter or verse that the canon does not have */
  async record(userId: string, chapter: string, { verse, readAt }: HistoryInput): Promise<void> {
    requirePlace(chapter, verse);
    const now = Date.now();
    const at = readAt === undefined ? now : Math.min(Math.max(Date.parse(readAt), 0), now);
    const entry = { chapter, verse, readAt: new Date(at).toISOString() };
    await recordPlace(this.#store, userId, entry);
  }

  /** Newest first. @throws ProblemError bad-cursor */
  async list(
    userId: string,
    { cursor, limit }: { cursor?: string | undefined; limit: number },
  ): Promise<HistoryResponse> {
    const conditions = new Conditions();
    const after = readCursor(cursor, position);
    if (after) {
      const at = conditions.value(new Date(after[0]).toISOString());
      conditions.and(`(read_at, chapter) < (${at}::timestamptz, ${conditions.value(after[1])})`);
    }
    conditions.text += ` ORDER BY read_at DESC, chapter DESC LIMIT ${conditions.value(limit + 1)}`;
    const found = await this.#store.read(userId, 'history list', (tx) =>
      listPlaces(tx, userId, conditions),
    );
    return cutPage(found, limit, ({ readAt, chapter }) => [Date.parse(readAt), chapter]);
  }

  async continue(userId: string): Promise<ContinueResponse> {
    const books = await this.#store.read(userId, 'history continue', (tx) =>
      listBookPlaces(tx, userId, booksToContinue),
    );
    return { latest: books[0] ?? null, books };
  }

  /** @param chapter undefined: everything */
  forget(userId: string, chapter?: string): Promise<void> {
    return this.#store.write(userId, 'history forget', (tx) => forgetPlaces(tx, userId, chapter));
  }
}

/** @throws ProblemError invalid-input for a chapter or verse that the canon does not have */
export function requirePlace(chapter: string, verse: number | undefined): void {
  const reference = parseId(chapter);
  if (reference?.kind !== 'chapter') throw notInCanon('path.chapter', chapter);
  if (verse !== undefined && !hasVerse(reference.book, reference.chapter, verse)) {
    throw notInCanon('body.verse', `${chapter}.${verse}`);
  }
}

function notInCanon(path: string, id: string): ProblemError {
  return new ProblemError('invalid-input', `The canon has no “${id}”.`, {
    errors: [{ path, message: 'is not in the canon' }],
  });
}
