import type { Note, NoteInput, NoteMention } from '@gospelib/contracts';
import { formatReference, parseId } from '@gospelib/scripture';
import type { ItemRow, ItemTable } from '../items/item.table.ts';
import {
  placeColumns,
  placeValues,
  readWords,
  type WordRow,
  wordColumns,
  wordValues,
} from '../places/place.columns.ts';
import { type FoundMention, findMentions } from './note.mentions.ts';

interface NoteRow extends ItemRow, WordRow {
  passage: string | null;
  body: string;
  tags: string[];
  mentions: FoundMention[];
}

export const noteTable: ItemTable<NoteInput, Note, NoteRow> = {
  noun: 'note',
  table: 'notes',
  columns: [
    ...placeColumns,
    ...wordColumns,
    ['body', 'text'],
    ['tags', 'text[]'],
    ['mentions', 'jsonb'],
  ],
  bytes: 'octet_length(body) + pg_column_size(tags) + pg_column_size(mentions)',

  prepare({ passage, words, body, tags }) {
    const mentions = findMentions(body);
    return {
      content: {
        ...(passage !== undefined && { passage }),
        ...(words && { words }),
        body,
        tags,
        mentions: mentions.map(describeMention),
      },
      values: [...placeValues(passage), ...wordValues(passage, words), body, tags, mentions],
    };
  },

  read(row) {
    const words = readWords(row);
    return {
      ...(row.passage !== null && { passage: row.passage }),
      ...(words && { words }),
      body: row.body,
      tags: row.tags,
      mentions: row.mentions.map(describeMention),
    };
  },

  contentOf({ passage, words, body, tags }) {
    return {
      ...(passage !== undefined && { passage }),
      ...(words && { words }),
      body,
      tags,
    };
  },
};

function describeMention({ start, end, passage }: FoundMention): NoteMention {
  const reference = parseId(passage);
  return { start, end, passage, reference: reference ? formatReference(reference) : passage };
}
