import { ApiError, type StudyContent, type StudyKind } from '@gospelib/client';
import { useMemo } from 'react';
import { overlay, type Shown } from '../outbox/overlay.ts';
import { useOutbox } from '../outbox/use.outbox.ts';
import type { Request } from '../resource/use.resource.ts';
import { studyApi } from './study.ts';

/** An item as the server has it, and when it was requested. */
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
        // The item may exist only on this device, and the address may hold an invalid id.
        if (error instanceof ApiError && [400, 404].includes(error.status)) return undefined;
        throw error;
      });
      return { item, at };
    },
  };
}

/** An item as it was last written here. Undefined when it no longer exists. */
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
