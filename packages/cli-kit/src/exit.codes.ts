/** How every verb ends: for scripts, and for whoever is called at night. `--help` lists them. */
export const exitCodes = {
  well: 0,
  failed: 1,
  wrongUse: 2,
  /** Something is wrong and can be repaired: `./gl recover` proposes how. */
  repairable: 3,
  /** It was not done, because it could lose something or nobody agreed. */
  refused: 4,
  /** Whether anything is wrong could not be found out. */
  unknown: 5,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** For `--help`. */
export const exitCodeHelp = [
  'Exit codes:',
  '  0  all is well, or it is done',
  '  1  it failed; the message says why and what was left as it was',
  '  2  wrong use',
  '  3  something is wrong and can be repaired',
  '  4  refused: it could lose something, or nobody agreed',
  '  5  could not look: whether anything is wrong is not known',
].join('\n');
