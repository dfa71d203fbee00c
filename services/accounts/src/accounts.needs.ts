import type { DatabaseNeeds } from '@gospelib/database';

const all = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] as const;

/** What this release needs of its schema. */
export const accountsNeeds: DatabaseNeeds = {
  migration: '0003_deletions',
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
  },
  functions: ['prune_events()', 'depersonalise_events(text)'],
};
