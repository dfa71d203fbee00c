/** How a job ends, beside 0 (done), 1 (failed) and 2 (wrong use). */
export const jobExitCodes = {
  /** Another one took its lock: nothing was changed, and it may be tried again (EX_TEMPFAIL of sysexits(3)). */
  lockLost: 75,
} as const;
