import { studyDatabase } from '../study/study.ts';
import { ChangeStore } from './change.store.ts';

/** How many writes of an account are still only on this device; 0 where the browser keeps nothing. */
export async function countUnsent(account: string): Promise<number> {
  try {
    return (await new ChangeStore(studyDatabase).of(account)).length;
  } catch {
    return 0;
  }
}
