import { randomUUID } from 'node:crypto';
import { platform, portOf } from '@gospelib/platform';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Account, openAccount } from '../account.ts';
import { freePorts } from '../free-ports.ts';
import { ask } from '../http.client.ts';
import type { Place } from '../platform.ts';
import { noCluster } from './cluster.images.ts';
import { runJobAgain } from './cluster.job.ts';
import { startLoad, toldLate } from './cluster.load.ts';
import { clusterPlace } from './cluster.place.ts';
import { bringUp, untilReading } from './cluster.platform.ts';
import { inSeconds, record } from './figures.ts';
import { kubectl } from './kubectl.ts';
import { forwardPod } from './pod.port.ts';
import { relayPort } from './port.relay.ts';

/** All but the auditor: two of each. */
const doubled = Object.keys(platform.services).filter((name) => name !== 'auditor');
/** Of the catalogue: attempts to sign in from one address a minute. */
const SIGN_INS = 60;

describe.skipIf(noCluster)(`production, two of each (${noCluster ?? 'on a cluster'})`, () => {
  const staging = clusterPlace();
  let namespace: string;
  let place: Place;
  let account: Account;
  const ends: (() => unknown)[] = [];

  const scaleStaging = (replicas: number) =>
    kubectl(['scale', 'deployment,statefulset', '--all', `--replicas=${replicas}`], staging);

  beforeAll(async () => {
    await scaleStaging(0);
    const portBase = await freePorts();
    const origin = `http://localhost:${portBase}`;
    const up = await bringUp('production', origin, staging.authority);
    namespace = up.namespace;
    ends.push(await relayPort(portBase, up.gateway));
    place = { ...inject('place'), portBase };
    account = await openAccount(place);
  });
  afterAll(async () => {
    for (const end of ends) end();
    await kubectl(['delete', 'namespace', namespace, '--ignore-not-found', '--wait']);
    // Both have the same stores: production's migrations gave the roles its own passwords.
    for (const name of ['accounts', 'study']) {
      await runJobAgain(`gospelib-migrations-${name}`, staging);
    }
    await scaleStaging(1);
    const done = ['rollout', 'status', 'deployment,statefulset', '--timeout=300s'];
    await kubectl(done, staging);
    await untilReading(staging.origin);
  });

  const podsOf = async (name: string): Promise<readonly string[]> => {
    const path = '{range .items[?(@.status.phase=="Running")]}{.metadata.name}{"\\n"}{end}';
    const label = `app.kubernetes.io/name=${name}`;
    const args = ['get', 'pods', '-l', label, '-o', `jsonpath=${path}`];
    return (await kubectl(args, { namespace })).trim().split('\n');
  };
  const allReady = () =>
    kubectl(['rollout', 'status', 'deployment', '--timeout=300s'], { namespace });

  /** Ways into each of the two pods of a service. */
  async function bothOf(name: string, port: number): Promise<[string, string]> {
    const pods = await podsOf(name);
    const forwards = await Promise.all(pods.map((pod) => forwardPod(namespace, pod, port)));
    ends.push(...forwards.map(({ stop }) => stop));
    const [first, second, ...more] = forwards.map(({ origin }) => origin);
    if (first === undefined || second === undefined || more.length > 0) {
      throw new Error(`${name} has not two pods but ${pods.join(', ')}.`);
    }
    return [first, second];
  }

  it('runs two of each, and one auditor', async () => {
    for (const name of doubled) expect([name, (await podsOf(name)).length]).toEqual([name, 2]);
    expect(await podsOf('auditor')).toHaveLength(1);
  });

  it('a note that is written through one study is read through the other', async () => {
    const [one, other] = await bothOf('study', portOf(platform, 'study').usual);
    const authorization = `Bearer ${await account.token()}`;
    const body = JSON.stringify({ passage: 'alma.32.21', body: 'Faith is a seed', tags: [] });
    const written = await ask(`${one}/api/v1/study/notes`, {
      method: 'POST',
      headers: {
        authorization,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      },
      body,
    });
    expect(written.status).toBe(201);
    const { id } = written.json<{ id: string }>();
    const read = await ask(`${other}/api/v1/study/notes/${id}`, { headers: { authorization } });
    expect([read.status, read.json()]).toEqual([200, expect.objectContaining({ id })]);
  });

  it('what one gateway counts the other one counts, too', async () => {
    const attempt = async (origin: string) => {
      const answer = await ask(`${origin}/api/v1/auth/verify-email`, {
        method: 'POST',
        headers: {
          origin: `http://localhost:${place.portBase}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ token: 'x'.repeat(43), password: 'of nobody at all' }),
      });
      return answer.status === 429;
    };
    const [one, other] = await bothOf('gateway', portOf(platform, 'gateway').usual);
    expect(await attempt(other)).toBe(false);
    let attempts = 1;
    while (!(await attempt(one))) {
      attempts += 1;
      expect(attempts).toBeLessThanOrEqual(SIGN_INS);
    }
    // They tell each other every 100 ms.
    await expect.poll(() => attempt(other)).toBe(true);
  });

  it('a pod of each is ended while people read and write: the other one serves, and who is signed in stays so', async () => {
    const load = await startLoad(place, { readers: 8, writers: 2 });
    const start = performance.now();
    for (const name of doubled) {
      const [first = '', second = ''] = await podsOf(name);
      await evict(first);
      // The budget lets one go at a time: the second stays until the first has a successor.
      await expect(evict(second), second).rejects.toThrow(/disruption budget/);
    }
    await allReady();
    const seconds = (performance.now() - start) / 1000;
    account.dropToken();
    expect((await account.ask('/api/v1/study/notes')).status).toBe(200);
    const { faults, late, lost, faultSeconds, reads, writes } = await load.stop();
    expect([faults, late, lost]).toEqual([[], {}, 0]);
    record('production: a pod of each service is evicted under 8 readers and 2 writers', {
      ...inSeconds(faultSeconds, 0),
      note: `${reads} reads and ${writes} writes, 0 failed; all ready again after ${seconds.toFixed(1)} s`,
    });
  });

  it('a pod of each is killed: sessions outlive either, nothing acknowledged is lost', async () => {
    const load = await startLoad(place, { readers: 8, writers: 2 });
    for (const name of doubled) {
      for (const pod of await podsOf(name)) {
        await kubectl(['delete', 'pod', pod, '--grace-period=0', '--force'], { namespace });
        account.dropToken();
        // What was on its way to the pod may be cut, and is asked again.
        await expect.poll(async () => (await account.ask('/api/v1/study/notes')).status).toBe(200);
        await allReady();
      }
    }
    const { faults, late, lost, wrong, reads, writes } = await load.stop();
    expect([wrong, lost]).toEqual([[], 0]);
    record('production: each pod in turn is killed without warning: requests that are cut', {
      value: faults.length,
      unit: 'requests',
      note: `of ${reads} reads and ${writes} writes; ${toldLate(late)}`,
    });
  });

  /** As a node that is drained asks for it. */
  async function evict(pod: string): Promise<void> {
    const path = `/api/v1/namespaces/${namespace}/pods/${pod}/eviction`;
    const eviction = {
      apiVersion: 'policy/v1',
      kind: 'Eviction',
      metadata: { name: pod, namespace },
    };
    await kubectl(['create', '--raw', path, '-f', '-'], { input: JSON.stringify(eviction) });
  }
});
