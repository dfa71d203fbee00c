import type { StudyDatabase } from './study.database.ts';

/** Removes copies of an account's data; unsent changes stay until the reader is back. */
export async function forgetCopies(database: StudyDatabase, account: string): Promise<void> {
  await database.delete('marks', IDBKeyRange.bound([account, ''], [account, '\uffff']));
}

/** Removes everything of a deleted account. */
export async function forgetAccount(database: StudyDatabase, account: string): Promise<void> {
  const work = database.transaction(['changes', 'places'], 'readwrite');
  for (const name of ['changes', 'places'] as const) {
    const store = work.objectStore(name);
    for (const key of await store.index('account').getAllKeys(account)) {
      await store.delete(key as never);
    }
  }
  await work.done;
  await forgetCopies(database, account);
}
