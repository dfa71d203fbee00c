import type { MarkQuery, StudyContent, StudyKind } from '@gospelib/client';
import type { StudyList } from '@gospelib/contracts';
import { useMemo } from 'react';
import { overlay, type Shown } from '../outbox/overlay.ts';
import { useOutbox } from '../outbox/use.outbox.ts';
import { type Pages, usePages } from '../resource/use.pages.ts';
import type { Request } from '../resource/use.resource.ts';
import { studyApi } from '../study/study.ts';
import { matches } from './list.filter.ts';

export type ListFilter = Pick<MarkQuery, 'tag' | 'book' | 'color'>;

/** The first page of a list, and when it was requested. */
export type FirstPage<Item> = { readonly list: StudyList<Item>; readonly at: number };

export function listOf<K extends StudyKind>(
  account: string,
  kind: K,
  filter: ListFilter,
): Request<FirstPage<StudyContent[K]['item']>> {
  return {
    key: `study ${account} ${kind} ${JSON.stringify(filter)}`,
    async load(signal) {
      const at = performance.now();
      return { list: await studyApi.list(kind, filter, { signal }), at };
    },
  };
}

/** A list as shown: new items first, and each item as it was last written here. */
export function useStudyList<K extends StudyKind>(
  account: string,
  kind: K,
  filter: ListFilter,
  { list, at }: FirstPage<StudyContent[K]['item']>,
): { readonly shown: readonly Shown<StudyContent[K]['item']>[]; readonly pages: Pages<unknown> } {
  const pages = usePages<StudyContent[K]['item']>(list, (cursor, signal) =>
    studyApi.list(kind, { ...filter, cursor }, { signal }),
  );
  const outbox = useOutbox();
  const { items } = pages;
  const { tag, book, color } = filter;
  const shown = useMemo(() => {
    const own = outbox.account === account;
    const heard = own ? outbox.heard : [];
    const laid = overlay(kind, { items, at }, heard, own ? outbox.changes : []);
    const known = new Set(items.map(({ id }) => id));
    const fresh = laid.filter(
      ({ item }) => !known.has(item.id) && matches(item, { tag, book, color }),
    );
    return [...fresh.toReversed(), ...laid.filter(({ item }) => known.has(item.id))];
  }, [kind, items, at, outbox, account, tag, book, color]);
  return { shown, pages };
}
