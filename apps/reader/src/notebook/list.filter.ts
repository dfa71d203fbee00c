import type { StudyItem } from '../outbox/change.ts';

type Filter = {
  readonly tag?: string | undefined;
  readonly book?: string | undefined;
  readonly color?: string | undefined;
};

/** Whether an item that the server has not listed yet belongs in a filtered list. */
export function matches(item: StudyItem, { tag, book, color }: Filter): boolean {
  if (tag !== undefined && !('tags' in item && item.tags.includes(tag))) return false;
  if (color !== undefined && !('color' in item && item.color === color)) return false;
  if (book === undefined) return true;
  return 'passage' in item && item.passage?.split('.')[0] === book;
}
