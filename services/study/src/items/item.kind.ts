import type { StudyList, StudyStored } from '@gospelib/contracts';
import { type ItemTransfer, itemTransfer } from '../export/item.transfer.ts';
import { Quota } from '../limits/quota.ts';
import { cutPage } from '../paging/cursor.ts';
import type { StudyDatabase } from '../store/study.database.ts';
import { type Conditions, newestFirst } from './item.list.ts';
import { ItemRepository } from './item.repository.ts';
import { ItemService } from './item.service.ts';
import type { ItemInput, ItemTable } from './item.table.ts';

/** Everything that belongs to one kind of thing: its rows, its rules, and how it travels. */
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

/** Of counting what a reader has, ms: no write should fail because that takes longer than usual. */
const timeout = 5_000;

/** @param limit how many a reader may keep */
export function itemKind<Input extends ItemInput, Item extends StudyStored>(
  store: StudyDatabase,
  table: ItemTable<Input, Item>,
  limit: number,
): ItemKind<Input, Item> {
  const items = new ItemRepository(store, table);
  const quota = new Quota(table.table, limit, (userId) =>
    store.as(userId, `${table.noun} count`, (rows) => items.count(rows, userId), { timeout }),
  );
  return {
    items,
    transfer: itemTransfer(items, quota),
    service: new ItemService(store, items, quota),
    async list(userId, conditions, page) {
      newestFirst(conditions, page);
      const found = await store.as(userId, `${table.noun} list`, (rows) =>
        items.select(rows, 'list', userId, conditions),
      );
      return cutPage(found, page.limit, ({ updatedAt, id }) => [Date.parse(updatedAt), id]);
    },
  };
}
