import { setTimeout as sleep } from 'node:timers/promises';
import { exitCodes, OperatorError } from '@gospelib/cli-kit';
import type { Environment, RecoveryLock } from '@gospelib/environment';
import { reasonOf } from './snapshot/probe.answer.ts';

/** Longer than a recovery takes that makes the graph anew and takes backups. */
const TIMEOUT_MS = 600_000;
const POLL_MS = 500;

export interface TurnOptions {
  /** Does not wait while another one is at work. */
  noWait: boolean;
  say(line: string): void;
  timeoutMs?: number;
}

/**
 * Waits until nobody else repairs. Undefined where the lock cannot be written down: then nothing must be repaired.
 * @throws OperatorError that says who is at work since when, after the wait or instead of it
 */
export async function takeTurn(
  environment: Pick<Environment, 'lockRecovery'>,
  { noWait, say, timeoutMs = TIMEOUT_MS }: TurnOptions,
): Promise<RecoveryLock | undefined> {
  const deadline = performance.now() + timeoutMs;
  let told = false;
  for (;;) {
    let taken: Awaited<ReturnType<Environment['lockRecovery']>>;
    try {
      taken = await environment.lockRecovery();
    } catch (error) {
      say(
        `Nothing is repaired, only looked at: the lock of recovery cannot be taken. ${reasonOf(error)}`,
      );
      return undefined;
    }
    if ('release' in taken) return taken;
    const { who, since } = taken;
    const busy = `Another recovery is at work: ${who}, since ${since}.`;
    if (noWait || performance.now() > deadline) {
      const remedy = 'Wait until it has ended, then run this again: each run looks anew.';
      throw new OperatorError(busy, remedy, { exitCode: exitCodes.refused });
    }
    if (!told)
      say(
        `${busy} Waiting until it is done, at most ${timeoutMs / 60_000} min (--no-wait does not).`,
      );
    told = true;
    await sleep(POLL_MS);
  }
}
