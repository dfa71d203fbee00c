import { type Highlight, type HighlightInput, highlightColor } from '@gospelib/contracts';
import type { ItemRow, ItemTable } from '../items/item.table.ts';
import {
  placeColumns,
  placeValues,
  readWords,
  type WordRow,
  wordColumns,
  wordValues,
} from '../places/place.columns.ts';

interface HighlightRow extends ItemRow, WordRow {
  passage: string;
  color: string;
  tags: string[];
}

export const highlightTable: ItemTable<HighlightInput, Highlight, HighlightRow> = {
  noun: 'highlight',
  table: 'highlights',
  columns: [...placeColumns, ...wordColumns, ['color', 'text'], ['tags', 'text[]']],
  bytes: 'pg_column_size(tags)',

  prepare({ passage, words, color, tags }) {
    return {
      content: { passage, ...(words && { words }), color, tags },
      values: [...placeValues(passage), ...wordValues(passage, words), color, tags],
    };
  },

  read(row) {
    const words = readWords(row);
    return {
      passage: row.passage,
      ...(words && { words }),
      color: highlightColor.parse(row.color),
      tags: row.tags,
    };
  },

  contentOf({ passage, words, color, tags }) {
    return { passage, ...(words && { words }), color, tags };
  },
};
