import type { ContinueResponse, HistoryEntry } from '@gospelib/contracts';
import type { Place } from '../reading/reading.store.ts';
import type { Request } from '../resource/use.resource.ts';
import { referenceOfId } from '../study/reference.ts';
import { studyApi } from '../study/study.ts';

export const continueOf = (account: string): Request<ContinueResponse> => ({
  key: `history ${account} continue`,
  load: (signal) => studyApi.continue({ signal }),
});

export function placeOf({ chapter, verse, readAt }: HistoryEntry): Place {
  const reference = referenceOfId(chapter) ?? chapter;
  return { id: chapter, reference, verse: verse ?? 1, at: Date.parse(readAt) };
}

/** Merges the places of this device and of all devices, latest first, each chapter once. */
export function mergePlaces(
  here: readonly Place[],
  everywhere: readonly Place[],
): readonly Place[] {
  const places = new Map<string, Place>();
  for (const place of [...here, ...everywhere]) {
    const known = places.get(place.id);
    if (!known || (known.at ?? 0) < (place.at ?? 0)) places.set(place.id, place);
  }
  return [...places.values()].toSorted((one, other) => (other.at ?? 0) - (one.at ?? 0));
}
