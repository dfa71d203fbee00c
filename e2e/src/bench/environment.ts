/** The limiter works as ever, but a benchmark from one address must not run into it. */
export const benchEnvironment: NodeJS.ProcessEnv = { RATE_LIMIT_PER_MINUTE: '100000000' };
