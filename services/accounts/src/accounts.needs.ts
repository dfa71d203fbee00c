import type { DatabaseNeeds } from '@gospelib/database';

const all = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] as const;

/** What this release needs of its schema. */
export const accountsNeeds: DatabaseNeeds = {
  migration: '0004_revoked_sessions',
  tables: {
    migrations: ['SELECT'],
    users: all,
    sessions: all,
    credentials: all,
    verifications: all,
    signing_keys: all,
    throttles: all,
    events: ['SELECT', 'INSERT'],
    deletions: all,
    deletion_receipts: all,
    revoked_sessions: all,
  },
  functions: ['prune_events()', 'depersonalise_events(text)'],
};
