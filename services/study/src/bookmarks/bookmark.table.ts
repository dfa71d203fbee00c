import type { Bookmark, BookmarkInput } from '@gospelib/contracts';
import type { ItemRow, ItemTable } from '../items/item.table.ts';
import { placeColumns, placeValues } from '../places/place.columns.ts';

interface BookmarkRow extends ItemRow {
  passage: string;
  label: string | null;
  tags: string[];
}

export const bookmarkTable: ItemTable<BookmarkInput, Bookmark, BookmarkRow> = {
  noun: 'bookmark',
  table: 'bookmarks',
  columns: [...placeColumns, ['label', 'text'], ['tags', 'text[]']],
  bytes: 'pg_column_size(tags)',

  prepare({ passage, label, tags }) {
    return {
      content: { passage, ...(label !== undefined && { label }), tags },
      values: [...placeValues(passage), label ?? null, tags],
    };
  },

  read({ passage, label, tags }) {
    return { passage, ...(label !== null && { label }), tags };
  },

  contentOf({ passage, label, tags }) {
    return { passage, ...(label !== undefined && { label }), tags };
  },
};
