import type { Change, StudyInput } from '../outbox/change.ts';
import { outbox } from '../study/study.ts';
import { say } from '../study/toast.store.ts';

/** Carries out the reader's decision on a blocked change: the input to write, or undefined to keep what is stored. */
export function decide(change: Change, input: StudyInput | null | undefined): void {
  outbox
    .decide(change, input)
    .catch((error: unknown) =>
      say(`That could not be done. ${error instanceof Error ? error.message : ''}`),
    );
}
