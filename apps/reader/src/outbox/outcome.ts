import { ApiError, NetworkError, SignedOutError } from '@gospelib/client';
import type { StudyConflict } from '@gospelib/contracts';
import { isPassing } from '../resource/resource.retry.ts';
import type { Change, StudyInput, StudyItem, Trouble } from './change.ts';

/** What came of sending a change. */
export type Outcome =
  | { readonly kind: 'settled'; readonly item: StudyItem | null }
  | { readonly kind: 'trouble'; readonly trouble: Trouble }
  /** Nothing is known of it, or it was not done: the same is sent again. */
  | { readonly kind: 'later'; readonly error: unknown }
  | { readonly kind: 'signed-out' };

/** What an error says of a change that was sent. Whatever it is, the change is not lost. */
export function outcomeOf(error: unknown, change: Pick<Change, 'input'>): Outcome {
  if (error instanceof SignedOutError) return { kind: 'signed-out' };
  if (isPassing(error) || isUnfinished(error)) return { kind: 'later', error };
  if (error instanceof ApiError) {
    const { status } = error;
    // What is to be deleted is not there: somebody, perhaps this device an hour ago, has done it.
    if (status === 404 && change.input === null) return { kind: 'settled', item: null };
    if (status === 412 || status === 428) {
      const { stored } = error.problem as StudyConflict<StudyInput, StudyItem>;
      return { kind: 'trouble', trouble: { kind: 'conflict', stored: stored ?? null } };
    }
  }
  const reason = error instanceof Error ? error.message : String(error);
  return { kind: 'trouble', trouble: { kind: 'refused', reason } };
}

/** A token that was refused, a request that took too long: of the change itself they say nothing. */
function isUnfinished(error: unknown): boolean {
  if (error instanceof ApiError) return error.status === 401 || error.status === 408;
  return error instanceof NetworkError;
}
