/** How attempts are slowed down: so many are free, then each further one makes the next wait twice as long. */
export interface ThrottlePolicy {
  /** Part of the key; a policy that changes its meaning changes its name. */
  name: string;
  /** Attempts without waiting. */
  free: number;
  /** Seconds to wait after the last free one. */
  firstWait: number;
  /** Seconds to wait at most. */
  longestWait: number;
  /** Seconds without an attempt after which everything is forgotten; not less than `longestWait`. */
  memory: number;
}

const minute = 60;
const hour = 60 * minute;

/**
 * Sign-in is counted three ways. Who guesses at one account from one place is stopped early. From many places a
 * guesser gets one try a minute, and so does the owner, who is never shut out for long. Who tries many accounts from one
 * place is stopped by the place.
 */
export const signInPolicies = {
  address: {
    name: 'sign-in-address',
    free: 50,
    firstWait: 2,
    longestWait: 15 * minute,
    memory: hour,
  },
  account: {
    name: 'sign-in-account',
    free: 20,
    firstWait: 2,
    longestWait: minute,
    memory: 12 * hour,
  },
  pair: {
    name: 'sign-in-pair',
    free: 5,
    firstWait: 1,
    longestWait: 15 * minute,
    memory: 12 * hour,
  },
} as const satisfies Record<string, ThrottlePolicy>;

/** Where somebody signed in, others' guesses at the account do not keep them out for so many seconds. */
export const knownPlace = { name: 'sign-in-known', seconds: 30 * 24 * hour } as const;

/** What makes us send mail: by the one who asks, and by the one who gets it. */
export const mailPolicies = {
  address: {
    name: 'mail-address',
    free: 20,
    firstWait: minute,
    longestWait: hour,
    memory: 2 * hour,
  },
  recipient: { name: 'mail-to', free: 4, firstWait: minute, longestWait: hour, memory: 2 * hour },
} as const satisfies Record<string, ThrottlePolicy>;

/** Tries of a mailed token, by address; the tokens are too long to guess, the work of refusing is not free. */
export const linkPolicy: ThrottlePolicy = {
  name: 'link-address',
  free: 30,
  firstWait: 2,
  longestWait: 15 * minute,
  memory: hour,
};

/** A password asked for again within a session: by the account. */
export const confirmPolicy: ThrottlePolicy = {
  name: 'confirm',
  free: 5,
  firstWait: 2,
  longestWait: 15 * minute,
  memory: 12 * hour,
};
