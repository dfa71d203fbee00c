import type { RefillRules } from '@gospelib/database';

/**
 * What does not come back when a lost table is filled from a backup. A session that was ended and a link that was used
 * would be valid again: people sign in anew. The deletion of an account is kept as a record: nothing of its comes back.
 */
export const refillRules: RefillRules = {
  empty: ['accounts.sessions', 'accounts.verifications'],
  deleted: { table: 'accounts.deletions', column: 'user_id' },
  owners: { 'accounts.users': 'id' },
};
