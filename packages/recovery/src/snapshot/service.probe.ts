import { setTimeout as sleep } from 'node:timers/promises';
import type { Environment, ProcessState } from '@gospelib/environment';
import { platform, serviceNames } from '@gospelib/platform';
import { z } from 'zod';
import { type AnswerCounts, failingShare, readCounts } from './answer.counts.ts';
import type { Finding } from './finding.ts';
import type { Answer } from './probe.answer.ts';
import type { ServiceSnapshot } from './snapshot.types.ts';

/** How long answers are counted. */
const WINDOW_MS = 1_000;
/** Fewer answers than this in that time say nothing. */
const ENOUGH = 3;
/** From this share of errors (5xx) on a service is said to fail; a single one is bad luck. */
const FAILING = 0.05;

const fine: ReadonlySet<ProcessState> = new Set([
  'ready',
  'external',
  'starting',
  'running',
  'completed',
]);

/** Who runs, who is ready, and who answers with errors at this moment. */
export async function probeServices(
  environment: Environment,
  say: (line: string) => void,
): Promise<Answer<ServiceSnapshot>> {
  say('looking at stores and services …');
  const { running, processes } = await environment.status();
  const releases = await environment.releases();
  if (!running) {
    const text = `Nothing runs on ${environment.place}.`;
    return {
      snapshot: { supervised: false, failing: [], releases },
      findings: [{ kind: 'nothing-runs', level: 'fault', subject: 'platform', text }],
    };
  }
  const shares = await Promise.all(
    serviceNames(platform).map(async (name) => ({ name, share: await measure(environment, name) })),
  );
  const failing = shares.filter(({ share }) => share > FAILING);
  // A job that ended is not away.
  const away = await Promise.all(
    processes
      .filter(
        ({ name, state }) => !(name in platform.jobs) && state !== 'failed' && !fine.has(state),
      )
      .map(async (one) => ({ ...one, reasons: await whyUnready(environment, one.name) })),
  );
  const sealed = away.some(({ name, reasons }) => name === 'accounts' && reasons.some(isSealed));
  return {
    snapshot: {
      supervised: true,
      failing: failing.map(({ name }) => name),
      releases,
      sealed: sealed ? { kept: await environment.isSecretKept('accounts-auth') } : undefined,
    },
    findings: [
      ...(sealed ? [signingKeySealed] : []),
      ...away.map(
        ({ name, state, restarts, reason, reasons }): Finding => ({
          kind: 'process-away',
          level: 'fault',
          subject: name,
          text: reason
            ? `${name} is ${state}: ${reason}.`
            : `${name} is ${state}; it was started again ${restarts} times. \`./gl logs ${name}\` tells why.`,
          ...(reasons.length > 0 && {
            details: reasons.map(({ path, message }) => `${path}: ${message}`),
          }),
        }),
      ),
      ...processes
        .filter(({ state }) => state === 'failed')
        .map(
          ({ name, reason = 'no reason is given' }): Finding => ({
            kind: 'job-failed',
            level: 'warning',
            subject: name,
            text: `The job ${name} failed: ${reason}.`,
          }),
        ),
      ...failing.map(
        ({ name, share }): Finding => ({
          kind: 'service-fails',
          level: 'fault',
          subject: name,
          text: `${name} answers ${Math.round(share * 100)} % of what it is asked with an error of its own.`,
        }),
      ),
    ],
  };
}

const readiness = z.object({
  errors: z.array(z.object({ path: z.string(), message: z.string() })),
});
type Reason = z.output<typeof readiness>['errors'][number];

/** What a service says of itself that is not ready; nothing when it does not answer. */
async function whyUnready(environment: Environment, name: string): Promise<Reason[]> {
  if (!serviceNames(platform).includes(name)) return [];
  try {
    const response = await environment.ask(name, platform.probes.ready);
    return readiness.parse(await response.json()).errors;
  } catch {
    return [];
  }
}

/** As accounts names that check. */
function isSealed({ path, message }: Reason): boolean {
  return path === 'signing key' && message.includes('cannot be opened');
}

const signingKeySealed: Finding = {
  kind: 'signing-key-sealed',
  level: 'fault',
  subject: 'accounts',
  text: 'Accounts cannot sign: its signing key does not open with the secret that it is given. Nobody gets a token, so nobody can write; reading goes on.',
};

/** The share of answers that are errors of its own, counted for a moment; 0 where it does not say. */
async function measure(environment: Environment, name: string): Promise<number> {
  const before = await countAnswers(environment, name);
  await sleep(WINDOW_MS);
  const after = await countAnswers(environment, name);
  return before && after ? failingShare(before, after, ENOUGH) : 0;
}

/** What a service has answered since it started, by its own count; undefined when it does not say. */
async function countAnswers(
  environment: Environment,
  name: string,
): Promise<AnswerCounts | undefined> {
  try {
    const response = await environment.ask(name, platform.probes.metrics);
    return response.ok ? readCounts(await response.text()) : undefined;
  } catch {
    return undefined;
  }
}
