import { studyDatabase } from '../study/study.ts';
import { ChangeStore } from './change.store.ts';

/** How many changes of an account are only on this device; 0 if the browser stores nothing. */
export async function countUnsent(account: string): Promise<number> {
  try {
    return (await new ChangeStore(studyDatabase).of(account)).length;
  } catch {
    return 0;
  }
}
