import { ApiError, NetworkError, SignedOutError } from '@gospelib/client';
import type { StudyConflict } from '@gospelib/contracts';
import { isPassing } from '../resource/resource.retry.ts';
import type { Change, StudyInput, StudyItem, Trouble } from './change.ts';

/** The result of sending a change. */
export type Outcome =
  | { readonly kind: 'settled'; readonly item: StudyItem | null }
  | { readonly kind: 'trouble'; readonly trouble: Trouble }
  /** It is unknown whether it was executed, or it was not: send the same again. */
  | { readonly kind: 'later'; readonly error: unknown }
  | { readonly kind: 'signed-out' };

/** Interprets the error of sending a change. In no case is the change lost. */
export function outcomeOf(error: unknown, change: Pick<Change, 'input'>): Outcome {
  if (error instanceof SignedOutError) return { kind: 'signed-out' };
  if (isPassing(error) || isUnfinished(error)) return { kind: 'later', error };
  if (error instanceof ApiError) {
    const { status } = error;
    // The item to delete is gone: somebody, perhaps this device earlier, deleted it.
    if (status === 404 && change.input === null) return { kind: 'settled', item: null };
    if (status === 412 || status === 428) {
      const { stored } = error.problem as StudyConflict<StudyInput, StudyItem>;
      return { kind: 'trouble', trouble: { kind: 'conflict', stored: stored ?? null } };
    }
  }
  const reason = error instanceof Error ? error.message : String(error);
  return { kind: 'trouble', trouble: { kind: 'refused', reason } };
}

/** A refused token or a timeout says nothing about the change itself. */
function isUnfinished(error: unknown): boolean {
  if (error instanceof ApiError) return error.status === 401 || error.status === 408;
  return error instanceof NetworkError;
}
