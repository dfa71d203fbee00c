import type { Note, StudyWords } from '@gospelib/contracts';
import { useSyncExternalStore } from 'react';
import type { Base } from '../outbox/change.ts';

/** A note that is being written. */
export type Editing = {
  readonly id: string;
  /** What it was when the editor opened; undefined for a new one. */
  readonly note: Note | undefined;
  readonly base: Base;
  readonly passage: string | undefined;
  readonly words: StudyWords | undefined;
  /** The passage as people write it. */
  readonly reference: string | undefined;
};

let current: Editing | undefined;
const listeners = new Set<() => void>();

/** Opens the editor; undefined closes it. */
export function edit(editing: Editing | undefined): void {
  current = editing;
  for (const listener of listeners) listener();
}

export function useEditing(): Editing | undefined {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}
