import type { StudyList, StudyStored } from '@gospelib/contracts';
import { type ItemTransfer, itemTransfer } from '../export/item.transfer.ts';
import { Quota } from '../limits/quota.ts';
import { cutPage } from '../paging/cursor.ts';
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

/** @param limit how many a reader may keep */
export function itemKind<Input extends ItemInput, Item extends StudyStored>(
  store: StudyDatabase,
  table: ItemTable<Input, Item>,
  limit: number,
): ItemKind<Input, Item> {
  const items = new ItemRepository(store, table);
  const quota = new Quota(table.table, limit, (userId) =>
    store.as(userId, `${table.noun} count`, (tx) => items.count(tx, userId), { timeout }),
  );
  return {
    items,
    transfer: itemTransfer(items, quota),
    service: new ItemService(store, items, quota),
    async list(userId, conditions, page) {
      newestFirst(conditions, page);
      const found = await store.as(userId, `${table.noun} list`, (tx) =>
        items.select(tx, 'list', userId, conditions),
      );
      return cutPage(found, page.limit, ({ updatedAt, id }) => [Date.parse(updatedAt), id]);
    },
  };
}
