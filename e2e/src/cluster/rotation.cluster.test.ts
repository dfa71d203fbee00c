import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { noCluster } from './cluster.images.ts';
import { runJobAgain } from './cluster.job.ts';
import { type Load, startLoad } from './cluster.load.ts';
import { changeSecret, readSecret, secretArrived } from './cluster.secret.ts';
import { inSeconds, record } from './figures.ts';
import { kubectl } from './kubectl.ts';
import { openOperator } from './operator.ts';
import { redis, sql } from './stores.client.ts';
import { storePasswords } from './stores.fixture.ts';

describe.skipIf(noCluster)(`secrets that change (${noCluster ?? 'on a cluster'})`, () => {
  const place = inject('place');
  const { namespace, authority } = inject('cluster') ?? { namespace: '', authority: '' };
  let load: Load | undefined;
  let before: string;
  let start: number;

  /** Which pods there are, and how often their containers were started. */
  const pods = () => {
    const each =
      '{range .items[*]}{.metadata.name} {.status.containerStatuses[0].restartCount}{"\\n"}{end}';
    const services = ['-l', 'gospelib.com/kind=service'];
    return kubectl(['get', 'pods', ...services, '-o', `jsonpath=${each}`], { namespace });
  };

  beforeEach(async () => {
    load = undefined;
    before = await pods();
    load = await startLoad(place, { readers: 8, writers: 4 });
    start = performance.now();
  });

  /** Ends the load: nothing failed, and nothing was started anew. */
  async function expectUnnoticed(what: string): Promise<void> {
    const seconds = (performance.now() - start) / 1000;
    const ended = await load?.stop();
    if (ended === undefined) throw new Error('Nobody read or wrote.');
    const { faults, late, lost, reads, writes } = ended;
    expect([faults, late, lost]).toEqual([[], {}, 0]);
    expect(await pods()).toBe(before);
    record(`${what} is rotated: until only the new one is taken`, {
      ...inSeconds(seconds),
      note: `${reads} reads and ${writes} writes, 0 failed; nothing restarted`,
    });
  }
  afterEach(() => load?.stop());

  it.each(['accounts', 'study'])('the password of the database role of %s', async (service) => {
    const password = `rotated-${randomUUID()}`;
    const secret = `gospelib-${service}`;
    const url = new URL(await readSecret(namespace, secret, 'DATABASE_URL'));
    url.password = password;
    await changeSecret(namespace, 'gospelib-migrations', `${service}-password`, password);
    await changeSecret(namespace, secret, 'DATABASE_URL', url.href);
    // The services know it, PostgreSQL does not yet: new connections go on with the one before.
    await secretArrived(namespace, service, 'DATABASE_URL');
    const since = async () => {
      const [row] = await sql<{ now: Date }>(authority, 'SELECT now()');
      return row?.now;
    };
    const opened = (after: Date | undefined) =>
      sql(
        authority,
        'SELECT FROM pg_stat_activity WHERE usename = $1 AND backend_start > $2 LIMIT 1',
        [`${service}_service`, after],
      );
    const between = await since();
    await expect.poll(() => opened(between)).toHaveLength(1);
    // It gives the roles what the secret says.
    await runJobAgain(`gospelib-migrations-${service}`, { namespace });
    const after = await since();
    await expect.poll(() => opened(after)).toHaveLength(1);
    await expectUnnoticed(`the database password of ${service}`);
  });

  it('the token of Redis', async () => {
    const services = ['gateway', 'accounts', 'study'];
    const token = `rotated-${randomUUID()}`;
    const old = storePasswords.redis;
    await redis(old, 'ACL', 'SETUSER', 'default', `>${token}`);
    for (const service of services) {
      const url = new URL(await readSecret(namespace, `gospelib-${service}`, 'REDIS_URL'));
      url.password = token;
      await changeSecret(namespace, `gospelib-${service}`, 'REDIS_URL', url.href);
    }
    for (const service of services) await secretArrived(namespace, service, 'REDIS_URL');
    await redis(token, 'ACL', 'SETUSER', 'default', `<${old}`);
    await redis(token, 'CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    const callers = async () => {
      const list = await redis(token, 'CLIENT', 'LIST', 'TYPE', 'normal');
      const from = [...list.matchAll(/ addr=([\d.]+):/g)].map(([, address]) => address);
      return new Set(from.filter((address) => address !== '127.0.0.1')).size;
    };
    await expect.poll(callers).toBe(services.length);
    await expectUnnoticed('the token of Redis');
    // As the overlay has it, for who comes next.
    await redis(token, 'ACL', 'SETUSER', 'default', `>${old}`);
  });

  it('the key that signs tokens', async () => {
    const operator = await openOperator(place, namespace, authority);
    try {
      const count = async () =>
        JSON.parse((await operator.gl('keys', 'list', '--json')).stdout).keys.length;
      const before = await count();
      await operator.gl('keys', 'rotate');
      expect(await count()).toBe(before + 1);
    } finally {
      operator.end();
    }
    await expectUnnoticed('the signing key');
  });
});
