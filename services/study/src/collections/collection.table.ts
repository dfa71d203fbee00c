import type { Collection, CollectionInput } from '@gospelib/contracts';
import type { ItemRow, ItemTable } from '../items/item.table.ts';
import { referenceAt } from '../places/place.ts';

interface CollectionRow extends ItemRow {
  title: string;
  description: string | null;
  items: Collection['items'];
  share: string | null;
}

export const collectionTable: ItemTable<CollectionInput, Collection, CollectionRow> = {
  noun: 'collection',
  table: 'collections',
  columns: [
    ['title', 'text'],
    ['description', 'text'],
    ['items', 'jsonb'],
  ],
  // As text: what is stored of a list that repeats itself is a fraction of it.
  bytes: 'octet_length(items::text)',
  alsoRead: ['share'],

  prepare({ title, description, items }) {
    for (const [index, { passage }] of items.entries()) {
      referenceAt(passage, `body.items.${index}.passage`);
    }
    return {
      content: { title, ...(description !== undefined && { description }), items },
      values: [title, description ?? null, items],
    };
  },

  read({ title, description, items, share }) {
    return {
      title,
      ...(description !== null && { description }),
      items: items.map(readItem),
      ...(share !== null && { share }),
    };
  },

  contentOf({ title, description, items }) {
    return { title, ...(description !== undefined && { description }), items };
  },
};

/** Restores the order of the members, which jsonb does not keep. */
export function readItem({ passage, comment }: Collection['items'][number]) {
  return { passage, ...(comment !== undefined && { comment }) };
}
