/** How attempts are slowed down: the first `free` ones do not wait, then each one doubles the next wait. */
export interface ThrottlePolicy {
  /** Part of the key: rename a policy whose meaning changes. */
  name: string;
  /** Attempts without waiting. */
  free: number;
  /** Seconds to wait after the last free one. */
  firstWait: number;
  /** Seconds to wait at most. */
  longestWait: number;
  /** Seconds without an attempt after which all are forgotten; at least `longestWait`. */
  memory: number;
}

const minute = 60;
const hour = 60 * minute;

/**
 * Sign-in is counted in three ways. By pair: guessing at one account from one address is stopped early. By account:
 * guessing from many addresses is limited to one attempt a minute, which also lets the owner in soon. By address:
 * trying many accounts from one address is stopped.
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

/** How long an address that signed in to an account is exempt from the limit caused by others' guesses at it. */
export const knownPlace = { name: 'sign-in-known', seconds: 30 * 24 * hour } as const;

const mails = { firstWait: minute, longestWait: hour, memory: 2 * hour } as const;

/** Mail: requests by the address they come from or by the device that asks, and what is sent by recipient and kind. */
export const mailPolicies = {
  address: { ...mails, name: 'mail-address', free: 20 },
  /** A device that has signed in to the account before, whatever others at its address do. */
  device: { ...mails, name: 'mail-device', free: 4 },
  kinds: {
    confirm: { ...mails, name: 'mail-confirm', free: 4 },
    reset: { ...mails, name: 'mail-reset', free: 4 },
    repeated: { ...mails, name: 'mail-repeated', free: 4 },
  },
} as const;

/** Attempts with a mailed token, by address. Tokens are too long to guess, but refusing costs work. */
export const linkPolicy: ThrottlePolicy = {
  name: 'link-address',
  free: 30,
  firstWait: 2,
  longestWait: 15 * minute,
  memory: hour,
};

/** Asking for the password again within a session, by account. */
export const confirmPolicy: ThrottlePolicy = {
  name: 'confirm',
  free: 5,
  firstWait: 2,
  longestWait: 15 * minute,
  memory: 12 * hour,
};
