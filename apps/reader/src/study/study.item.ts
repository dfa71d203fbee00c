import { ApiError, type StudyContent, type StudyKind } from '@gospelib/client';
import { useMemo } from 'react';
import { overlay, type Shown } from '../outbox/overlay.ts';
import { useOutbox } from '../outbox/use.outbox.ts';
import type { Request } from '../resource/use.resource.ts';
import { studyApi } from './study.ts';

/** One thing as the library has it, and when it was asked for. */
export type Asked<Item> = { readonly item: Item | undefined; readonly at: number };

export function itemOf<K extends StudyKind>(
  account: string,
  kind: K,
  id: string,
): Request<Asked<StudyContent[K]['item']>> {
  return {
    key: `study ${account} ${kind} one ${id}`,
    async load(signal) {
      const at = performance.now();
      const item = await studyApi.get(kind, id, { signal }).catch((error: unknown) => {
        // It may be on this device only, and an address may be no id at all.
        if (error instanceof ApiError && [400, 404].includes(error.status)) return undefined;
        throw error;
      });
      return { item, at };
    },
  };
}

/** A thing as it is shown: as it was last written here. Undefined where there is none any more. */
export function useStudyItem<K extends StudyKind>(
  account: string,
  kind: K,
  id: string,
  { item, at }: Asked<StudyContent[K]['item']>,
): Shown<StudyContent[K]['item']> | undefined {
  const outbox = useOutbox();
  return useMemo(() => {
    const own = outbox.account === account;
    const items = item ? [item] : [];
    const laid = overlay(kind, { items, at }, own ? outbox.heard : [], own ? outbox.changes : []);
    return laid.find((shown) => shown.item.id === id);
  }, [kind, id, item, at, outbox, account]);
}
