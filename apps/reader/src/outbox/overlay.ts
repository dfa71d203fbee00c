import type { StudyContent, StudyKind } from '@gospelib/client';
import type { Base, Change, Settled, StudyInput, StudyItem } from './change.ts';

/** A thing as it is shown: as the library keeps it, or as this device has changed it since. */
export type Shown<Item> = {
  readonly item: Item;
  /** What a change of it is based on. */
  readonly base: Base;
  /** Written here, and not confirmed yet. */
  readonly unsaved: boolean;
};

/** Confirmed in this visit, by this tab or another one, with the time of hearing it (`performance.now()`). */
export type Heard = Settled & { readonly at: number };

/** Things of one kind as the library listed them. */
export type Listed<Item> = {
  readonly items: readonly Item[];
  /** When they were asked for (`performance.now()`). */
  readonly at: number;
};

/**
 * What is to be shown of a list: what was confirmed since it was asked for and what is still unsent lie over it. What
 * is new stands at the end.
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

/** A thing as it will be kept; its version and what its text names come from the library. */
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

/** What is sent for a thing as it is: all of it but what the library adds. */
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
