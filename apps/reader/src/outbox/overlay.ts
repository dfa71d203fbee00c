import type { StudyContent, StudyKind } from '@gospelib/client';
import type { Base, Change, Settled, StudyInput, StudyItem } from './change.ts';

/** An item as shown: as the server stores it, or as this device has changed it since. */
export type Shown<Item> = {
  readonly item: Item;
  /** The base for a change of it. */
  readonly base: Base;
  /** Changed here and not confirmed. */
  readonly unsaved: boolean;
};

/** Confirmed in this visit, by this tab or another one, with the time of the message (`performance.now()`). */
export type Heard = Settled & { readonly at: number };

/** Items of one kind as the server listed them. */
export type Listed<Item> = {
  readonly items: readonly Item[];
  /** When they were requested (`performance.now()`). */
  readonly at: number;
};

/**
 * A list as shown: with the changes confirmed since it was requested, and the unsent ones, applied to it. New items are
 * at the end.
 */
export function overlay<K extends StudyKind>(
  kind: K,
  { items, at }: Listed<StudyContent[K]['item']>,
  heard: readonly Heard[],
  changes: readonly Change[],
): readonly Shown<StudyContent[K]['item']>[] {
  type Item = StudyContent[K]['item'];
  const shown = new Map<string, Shown<Item>>();
  for (const item of items) shown.set(item.id, { item, base: item.version, unsaved: false });

  for (const news of heard) {
    if (news.kind !== kind || news.at < at) continue;
    if (news.item === null) shown.delete(news.id);
    else {
      const item = news.item as Item;
      shown.set(news.id, { item, base: item.version, unsaved: false });
    }
  }
  for (const change of changes) {
    if (change.kind !== kind) continue;
    if (change.input === null) shown.delete(change.id);
    else {
      const item = madeOf(change, change.input, shown.get(change.id)?.item) as Item;
      shown.set(change.id, { item, base: { after: change.key }, unsaved: true });
    }
  }
  return [...shown.values()];
}

/** An item as it will be stored; its version and mentions come from the server. */
function madeOf(change: Change, input: StudyInput, before: StudyItem | undefined): StudyItem {
  const { id, madeAt } = change;
  const same = before && 'body' in before && 'body' in input && before.body === input.body;
  return {
    version: 0,
    ...input,
    ...('body' in input && { mentions: same ? before.mentions : [] }),
    ...(before && 'share' in before && { share: before.share }),
    id,
    createdAt: before?.createdAt ?? madeAt,
    updatedAt: madeAt,
  } as StudyItem;
}

/** The input that stores an item as it is: its fields without those that the server adds. */
export function inputOf<K extends StudyKind>(
  item: StudyContent[K]['item'],
): StudyContent[K]['input'] {
  const {
    id: _id,
    version: _version,
    updatedAt: _updated,
    mentions: _mentions,
    share: _share,
    ...input
  } = { mentions: undefined, share: undefined, ...item };
  return input as StudyContent[K]['input'];
}
