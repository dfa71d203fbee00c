import { ProblemError } from '@gospelib/service-kit';
import { z } from 'zod';
import { idempotencyKey } from '../idempotency/idempotency.key.ts';

/** The state a writer expects: anything, nothing there (`If-None-Match: *`), or one version (`If-Match: "7"`). */
export type Condition =
  | { kind: 'unsaid' }
  | { kind: 'absent' }
  | { kind: 'version'; version: number };

interface ConditionHeaders {
  'if-match'?: string | undefined;
  'if-none-match'?: string | undefined;
}

const etag = z.string().regex(/^"[1-9]\d{0,15}"$/, 'is a version in quotes, e.g. "7"');

/** The headers of a write; other headers are ignored. */
export const creationHeaders = z.looseObject({ 'idempotency-key': idempotencyKey });
export const changeHeaders = z.looseObject({
  'idempotency-key': idempotencyKey.optional(),
  'if-match': etag.optional().describe('The version that is to be changed.'),
  'if-none-match': z.literal('*').optional().describe('Only if there is none of this id.'),
});

export const deletionHeaders = changeHeaders.omit({ 'if-none-match': true });

/** @throws ProblemError bad-request when both conditions are set */
export function conditionOf(headers: ConditionHeaders): Condition {
  const match = headers['if-match'];
  const none = headers['if-none-match'];
  if (match !== undefined && none !== undefined) {
    throw new ProblemError('bad-request', 'If-Match and If-None-Match exclude each other.');
  }
  if (match !== undefined) return { kind: 'version', version: Number(match.slice(1, -1)) };
  return { kind: none === undefined ? 'unsaid' : 'absent' };
}

export function etagOf({ version }: { version: number }): string {
  return `"${version}"`;
}

/**
 * The writer has not seen what is stored: the problem carries both versions, so that a person can choose.
 * @param stored null when it was deleted
 */
export function conflict(condition: Condition, yours: unknown, stored: unknown): ProblemError {
  const members = { yours, stored };
  if (condition.kind === 'unsaid') {
    return new ProblemError(
      'version-required',
      'There is one already: send its version in If-Match. Nothing was changed.',
      { members },
    );
  }
  return new ProblemError(
    'version-conflict',
    stored === null
      ? 'It has been deleted in the meantime. Nothing was changed.'
      : 'What you changed is no longer what is stored. Nothing was changed.',
    { members },
  );
}
