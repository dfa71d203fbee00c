import { ApiError } from '@gospelib/client';
import type { UnsentPlace } from '../outbox/study.database.ts';
import { tabLock } from '../outbox/tab.lock.ts';
import { isPassing } from '../resource/resource.retry.ts';
import { signedInAs, studyApi, studyDatabase } from '../study/study.ts';

const exclusively = tabLock('gospelib.places');

/** Queues the reader's place for the server; only the last place of each chapter counts. */
export async function notePlace(place: UnsentPlace): Promise<void> {
  await (await studyDatabase()).put('places', place);
}

/** Sends the signed-in reader's places; those that cannot be sent now stay queued. */
export function sendPlaces(): Promise<void> {
  return exclusively(async () => {
    const account = signedInAs();
    if (account === undefined) return;
    const database = await studyDatabase();
    for (const place of await database.getAllFromIndex('places', 'account', account)) {
      const { chapter, verse, readAt } = place;
      if (signedInAs() !== account) return;
      try {
        await studyApi.recordPlace(chapter, { verse, readAt });
      } catch (error) {
        // A place that the server will always refuse is dropped: no reader wrote it.
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

/** Drops queued places. @param chapter without it, all of them */
export async function dropPlaces(account: string, chapter?: string): Promise<void> {
  const database = await studyDatabase();
  const range = chapter
    ? IDBKeyRange.only([account, chapter])
    : IDBKeyRange.bound([account, ''], [account, '\uffff']);
  await database.delete('places', range);
}
