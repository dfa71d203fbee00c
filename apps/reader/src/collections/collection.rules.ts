import type { Collection, CollectionInput } from '@gospelib/contracts';
import { formatId, resolveReference } from '@gospelib/scripture';
import { inputOf } from '../outbox/overlay.ts';

type Items = CollectionInput['items'];

/** Limits of a list; study enforces the same. */
export const LIST_ITEMS = 500;
export const TITLE_LENGTH = 200;
export const DESCRIPTION_LENGTH = 2_000;
export const COMMENT_LENGTH = 300;

/** The canonical ids of typed passages: "Alma 32:21; 1 Ne 3:7". Empty when a part of it is no passage. */
export function readPassages(typed: string): readonly string[] {
  const found = resolveReference(typed);
  const whole = found.status === 'found' && found.unresolved.length === 0;
  return whole ? found.references.map(formatId) : [];
}

/** Appends passages to a list; those beyond the limit are dropped. */
export function withPassages(list: Collection, passages: readonly string[]): CollectionInput {
  const items = [...list.items, ...passages.map((passage) => ({ passage }))];
  return { ...inputOf<'collections'>(list), items: items.slice(0, LIST_ITEMS) };
}

/** Moves a passage of a list up (-1) or down (1). */
export function withMoved(list: Collection, index: number, step: 1 | -1): CollectionInput {
  const items: Items = [...list.items];
  const [item] = items.splice(index, 1);
  if (item) items.splice(Math.max(index + step, 0), 0, item);
  return { ...inputOf<'collections'>(list), items };
}

export function withoutItem(list: Collection, index: number): CollectionInput {
  return { ...inputOf<'collections'>(list), items: list.items.toSpliced(index, 1) };
}

/** Sets the comment on a passage of a list; an empty one removes it. */
export function withComment(list: Collection, index: number, comment: string): CollectionInput {
  const items = list.items.map((item, at) => {
    if (at !== index) return item;
    return { passage: item.passage, ...(comment && { comment }) };
  });
  return { ...inputOf<'collections'>(list), items };
}

/** Changes the title and description of a list. */
export function withHead(list: Collection, title: string, description: string): CollectionInput {
  const { description: _, ...input } = inputOf<'collections'>(list);
  return { ...input, title, ...(description && { description }) };
}
