import { draftPrefix } from '../notes/note.draft.ts';
import { countStorageUnder, forgetStorageUnder } from '../settings/storage.ts';
import { studyDatabase } from '../study/study.ts';
import { ChangeStore } from './change.store.ts';
import { forgetAccount } from './forget.ts';

/** How many changes and drafts of an account are only on this device; 0 if the browser stores nothing. */
export async function countUnsaved(account: string): Promise<number> {
  const drafts = countStorageUnder(draftPrefix(account));
  try {
    return drafts + (await new ChangeStore(studyDatabase).of(account)).length;
  } catch {
    return drafts;
  }
}

/** Removes everything of an account from this device. */
export async function discardUnsaved(account: string): Promise<void> {
  forgetStorageUnder(draftPrefix(account));
  await forgetAccount(await studyDatabase(), account);
}
