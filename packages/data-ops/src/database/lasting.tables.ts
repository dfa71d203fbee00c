/**
 * What people made, and what is derived from it: no task of a service empties these tables, so most of their rows can
 * only be gone by accident. What is referred to stands before what refers to it. Not here: what expires, and the
 * reading history, which a reader clears with one click.
 */
export const lastingTables: readonly string[] = [
  'accounts.users',
  'accounts.credentials',
  'study.notes',
  'study.note_mentions',
  'study.highlights',
  'study.bookmarks',
  'study.collections',
  'study.colors',
];
