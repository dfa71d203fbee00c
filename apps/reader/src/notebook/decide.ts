import type { Change, StudyInput } from '../outbox/change.ts';
import { outbox } from '../study/study.ts';
import { say } from '../study/toast.store.ts';

/** Carries out what a reader chose for a change that waited for them: what to keep, or to let what is kept stand. */
export function decide(change: Change, input: StudyInput | null | undefined): void {
  outbox
    .decide(change, input)
    .catch((error: unknown) =>
      say(`That could not be done. ${error instanceof Error ? error.message : ''}`),
    );
}
