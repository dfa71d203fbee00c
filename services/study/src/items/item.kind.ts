import type { StudyList, StudyStored } from '@gospelib/contracts';
import { type ItemTransfer, itemTransfer } from '../export/item.transfer.ts';
import { deleteSome, Quota, type Usage } from '../limits/quota.ts';
import { writeCursor } from '../paging/cursor.ts';
import type { StudyDatabase } from '../store/study.database.ts';
import { type Conditions, newestFirst } from './item.list.ts';
import { ItemRepository } from './item.repository.ts';
import { ItemService } from './item.service.ts';
import type { ItemInput, ItemTable } from './item.table.ts';

/** Everything about one kind of item: its table, its rules, and its export. */
export interface ItemKind<Input extends ItemInput, Item extends StudyStored> {
  items: ItemRepository<Input, Item>;
  service: ItemService<Input, Item>;
  transfer: ItemTransfer;
  list(userId: string, conditions: Conditions, page: Page): Promise<StudyList<Item>>;
}

interface Page {
  cursor?: string | undefined;
  limit: number;
}

/** Timeout of counting a reader's items, ms: generous, since a write should not fail because of it. */
const timeout = 5_000;

/** The most text of a page of a list, bytes; a page with fewer items than were asked for has a next one. */
const pageBytes = 512 * 1024;

/** @param limit what a reader may keep @param answers room for the answers of writes with a key, of all kinds */
export function itemKind<Input extends ItemInput, Item extends StudyStored>(
  store: StudyDatabase,
  table: ItemTable<Input, Item>,
  limit: Usage,
  answers: Quota,
): ItemKind<Input, Item> {
  const items = new ItemRepository(store, table);
  const quota = new Quota(limit, deleteSome(table.table), (userId) =>
    store.read(userId, `${table.noun} usage`, (tx) => items.usage(tx, userId), { timeout }),
  );
  return {
    items,
    transfer: itemTransfer(items, quota),
    service: new ItemService(store, items, { quota, answers }),
    async list(userId, conditions, page) {
      newestFirst(conditions, page.cursor);
      const limits = { rows: page.limit, bytes: pageBytes };
      const found = await store.read(userId, `${table.noun} list`, (tx) =>
        items.page(tx, 'list', userId, conditions, limits),
      );
      const last = found.items.at(-1);
      if (!found.more || last === undefined) return { items: found.items };
      return { items: found.items, next: writeCursor([Date.parse(last.updatedAt), last.id]) };
    },
  };
}
