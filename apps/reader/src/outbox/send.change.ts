import type { StudyClient } from '@gospelib/client';
import type { Change } from './change.ts';
import { type Outcome, outcomeOf } from './outcome.ts';

/**
 * Sends a change under its own account, or not at all.
 * @param account the account that is signed in; read synchronously before the request, which goes to that account
 */
export async function sendChange(
  client: Pick<StudyClient, 'put' | 'remove'>,
  account: () => string | undefined,
  change: Change,
): Promise<Outcome> {
  const { kind, id, input, base, key } = change;
  if (typeof base === 'object') throw new Error('A change is sent after the one it builds on.');
  if (account() !== change.account) return { kind: 'signed-out' };
  try {
    if (input !== null) {
      return { kind: 'settled', item: await client.put(kind, id, input, { base, key }) };
    }
    if (base !== 'absent') await client.remove(kind, id, { base, key });
    return { kind: 'settled', item: null };
  } catch (error) {
    return outcomeOf(error, change);
  }
}
