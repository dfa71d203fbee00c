import type { DatabaseNeeds } from '@gospelib/database';

const all = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] as const;

/** What this release needs of its schema. */
export const studyNeeds: DatabaseNeeds = {
  migration: '0004_note_mentions_fill',
  tables: {
    migrations: ['SELECT'],
    notes: all,
    note_mentions: all,
    highlights: all,
    bookmarks: all,
    collections: all,
    history: all,
    colors: all,
    idempotency_keys: all,
  },
  functions: ['reader()', 'prune_idempotency_keys(interval, integer)', 'shared_collection(text)'],
};
