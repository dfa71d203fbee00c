/** The limits work as ever, but a test run or a benchmark from one address or account must not run into them. */
export const generousEnvironment: NodeJS.ProcessEnv = {
  RATE_LIMIT_PER_MINUTE: '100000000',
  RATE_LIMIT_USER_PER_MINUTE: '100000000',
  OPEN_COST_PER_ADDRESS: '100000',
  WORK_MS_PER_USER: '100000000',
};
