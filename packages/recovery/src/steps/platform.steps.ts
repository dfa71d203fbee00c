import { waitUntil } from '@gospelib/cli-kit';
import type { Step } from './step.ts';

const TIMEOUT_MS = 60_000;
const POLL_MS = 100;

export const startPlatform: Step = async ({ environment }) => {
  await environment.start();
  return 'The platform runs.';
};

/** Ends what runs and starts an earlier release, on the same data and ports. */
export const startRelease: Step = async ({ environment }, root) => {
  const release = (await environment.releases()).find((one) => one.root === root);
  if (release === undefined) throw new Error(`No release was ever started from ${root}.`);
  await environment.rollOut(release);
  return `The release in ${root} runs.`;
};

/** Of accounts: the value with which the platform was last ready. */
export const restoreSecret: Step = async ({ environment }, name) => {
  if (!(await environment.isSecretKept(name))) return 'The secret in use is the one that is kept.';
  await environment.restoreSecret(name);
  await environment.restart('accounts');
  return `The secret ${name} is again the one with which accounts was ready last, and it is.`;
};

/** The supervisor starts again what fell; this waits for it. */
export const awaitProcess: Step = async ({ environment }, name) => {
  const find = async () => {
    const { processes } = await environment.status();
    return processes.find((one) => one.name === name)?.state;
  };
  const good = async () => {
    const state = await find();
    return state === 'ready' || state === 'external' ? state : undefined;
  };
  if (await waitUntil(good, { timeoutMs: TIMEOUT_MS, everyMs: POLL_MS })) {
    return `${name} answers again.`;
  }
  throw new Error(`${name} is still ${(await find()) ?? 'away'}. \`./gl logs ${name}\` tells why.`);
};

/** The same way back as `./gl rollback`. */
export const goBack: Step = async ({ delivery }, subject) => {
  if (delivery === undefined) throw new Error('Nothing delivers releases here.');
  return delivery.goBack(subject === 'code');
};
