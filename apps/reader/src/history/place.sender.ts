import { ApiError } from '@gospelib/client';
import { aloneUnder } from '../outbox/alone.ts';
import type { UnsentPlace } from '../outbox/study.database.ts';
import { isPassing } from '../resource/resource.retry.ts';
import { signedInAs, studyApi, studyDatabase } from '../study/study.ts';

const alone = aloneUnder('gospelib.places');

/** Notes where somebody is, to be told to the library; only the last place of a chapter counts. */
export async function notePlace(place: UnsentPlace): Promise<void> {
  await (await studyDatabase()).put('places', place);
}

/** Tells the library where the signed-in reader has been; what cannot be told now stays for the next time. */
export function sendPlaces(): Promise<void> {
  return alone(async () => {
    const account = signedInAs();
    if (account === undefined) return;
    const database = await studyDatabase();
    for (const place of await database.getAllFromIndex('places', 'account', account)) {
      const { chapter, verse, readAt } = place;
      if (signedInAs() !== account) return;
      try {
        await studyApi.recordPlace(chapter, { verse, readAt });
      } catch (error) {
        // What the library will never take is nobody's writing.
        const never = error instanceof ApiError && !isPassing(error) && error.status !== 401;
        if (!never) return;
      }
      const work = database.transaction('places', 'readwrite');
      const now = await work.store.get([account, chapter]);
      if (now?.readAt === readAt) await work.store.delete([account, chapter]);
      await work.done;
    }
  });
}

/** Forgets what is not told yet. @param chapter without one, everything */
export async function dropPlaces(account: string, chapter?: string): Promise<void> {
  const database = await studyDatabase();
  const range = chapter
    ? IDBKeyRange.only([account, chapter])
    : IDBKeyRange.bound([account, ''], [account, '\uffff']);
  await database.delete('places', range);
}
