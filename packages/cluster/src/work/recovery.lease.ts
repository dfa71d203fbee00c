import { hostname, userInfo } from 'node:os';
import type { RecoveryHolder, RecoveryLock } from '@gospelib/environment';
import { z } from 'zod';
import type { Kubectl } from '../kube/kubectl.ts';

const NAME = 'gospelib-recovery';
const DURATION_S = 30;
const RENEW_MS = 10_000;

const lease = z.object({
  metadata: z.object({ resourceVersion: z.string() }),
  spec: z.object({
    holderIdentity: z.string().default(''),
    acquireTime: z.string().optional(),
    renewTime: z.string().optional(),
    leaseDurationSeconds: z.number().default(DURATION_S),
  }),
});
type Lease = z.output<typeof lease>;

/**
 * The right to repair, as a Lease of the namespace: whoever recovers the same cluster from elsewhere is noticed. It is
 * renewed while it is held; one that was not renewed in time is taken over.
 * @throws OperatorError when the cluster cannot be asked
 */
export async function lockByLease(kubectl: Kubectl): Promise<RecoveryLock | RecoveryHolder> {
  const held = new HeldLease(kubectl);
  if (await held.create()) return held;
  const found = await kubectl.findOne([`lease/${NAME}`], lease);
  // Released in between: it is to be tried again.
  if (found === undefined) return { who: 'somebody', since: new Date().toISOString() };
  if (isExpired(found, Date.now()) && (await held.takeOver(found))) return held;
  const { holderIdentity, acquireTime } = found.spec;
  return { who: holderIdentity, since: acquireTime ?? new Date().toISOString() };
}

/** Whether its holder has not renewed it in time; one that was released is held by nobody. */
function isExpired({ spec }: Lease, now: number): boolean {
  if (spec.holderIdentity === '' || spec.renewTime === undefined) return true;
  return Date.parse(spec.renewTime) + spec.leaseDurationSeconds * 1000 < now;
}

class HeldLease implements RecoveryLock {
  readonly #kubectl: Kubectl;
  readonly #who = `${userInfo().username} on ${hostname()}, process ${process.pid}`;
  readonly #acquired = microTime();
  #version: string | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(kubectl: Kubectl) {
    this.#kubectl = kubectl;
  }

  /** False when there is one already. */
  async create(): Promise<boolean> {
    try {
      return this.#hold(await this.#send('create'));
    } catch (error) {
      if (/AlreadyExists|already exists/.test((error as Error).message)) return false;
      throw error;
    }
  }

  /** In the place of one that ran out. False when somebody else was faster. */
  async takeOver({ metadata }: Lease): Promise<boolean> {
    try {
      return this.#hold(await this.#send('replace', metadata.resourceVersion));
    } catch (error) {
      if (/Conflict|object has been modified|NotFound/.test((error as Error).message)) return false;
      throw error;
    }
  }

  async release(): Promise<void> {
    clearInterval(this.#timer);
    // One that somebody else took over stays theirs; one that cannot be given back runs out by itself.
    await this.#send('replace', this.#version, '').catch(() => {});
  }

  #hold(answer: Lease): true {
    this.#version = answer.metadata.resourceVersion;
    this.#timer = setInterval(() => void this.#renew(), RENEW_MS).unref();
    return true;
  }

  /** One that fails is tried again at the next turn: the lease lasts for three. */
  async #renew(): Promise<void> {
    try {
      this.#version = (await this.#send('replace', this.#version)).metadata.resourceVersion;
    } catch {}
  }

  async #send(
    verb: 'create' | 'replace',
    resourceVersion?: string,
    holder = this.#who,
  ): Promise<Lease> {
    const object = {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name: NAME, ...(resourceVersion && { resourceVersion }) },
      spec: {
        holderIdentity: holder,
        leaseDurationSeconds: DURATION_S,
        acquireTime: this.#acquired,
        renewTime: microTime(),
      },
    };
    const text = await this.#kubectl.run([verb, '-f', '-', '-o', 'json'], {
      input: JSON.stringify(object),
    });
    return lease.parse(JSON.parse(text));
  }
}

/** With microseconds, as Leases want it. */
function microTime(): string {
  return new Date().toISOString().replace('Z', '000Z');
}
