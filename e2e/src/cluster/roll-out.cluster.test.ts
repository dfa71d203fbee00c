import { platform } from '@gospelib/platform';
import { pushedImages } from '@gospelib/testkit';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openAccount } from '../account.ts';
import { noCluster } from './cluster.images.ts';
import { runJobAgain } from './cluster.job.ts';
import { startLoad, toldLate } from './cluster.load.ts';
import { clusterPlace } from './cluster.place.ts';
import { inSeconds, record } from './figures.ts';
import { kubectl } from './kubectl.ts';
import { nextRelease } from './second.release.ts';
import { sql } from './stores.client.ts';

const services = Object.keys(platform.services);
const JOB = 'gospelib-migrations-study';

describe.skipIf(noCluster)(`a release (${noCluster ?? 'on a cluster'})`, () => {
  const place = inject('place');
  const { namespace, authority } = clusterPlace();
  const inNamespace = { namespace };
  const images = noCluster ? undefined : pushedImages();
  const next = new Map<string, string>();
  let lastMigration: string;

  const release = (of: (name: string) => string) =>
    Promise.all(
      services.map((name) =>
        kubectl(
          ['set', 'image', `deployment/gospelib-${name}`, `service=${of(name)}`],
          inNamespace,
        ),
      ),
    );
  const rolledOut = () =>
    kubectl(['rollout', 'status', 'deployment', '--timeout=300s'], inNamespace);

  beforeAll(async () => {
    const names = 'SELECT name FROM study.migrations ORDER BY name DESC LIMIT 1';
    lastMigration = (await sql<{ name: string }>(authority, names))[0]?.name ?? '';
    for (const name of services)
      next.set(name, await nextRelease(images?.(name) ?? '', 'next', added[name]));
  });
  // As it began, for who comes next: the release, its schema and its job.
  afterAll(async () => {
    await release((name) => images?.(name) ?? '');
    await rolledOut();
    const back = { namespace, as: 'migrations-back', image: next.get('study') ?? '' };
    const args = ['migrate.js', 'rollback', '--to', lastMigration, '--accept-data-loss'];
    await runJobAgain(JOB, { ...back, args });
    await kubectl(['delete', 'job', back.as], inNamespace);
    await runJobAgain(JOB, { namespace, image: images?.('study') ?? '' });
  });

  it('is rolled out with its migration while people read and write: nothing is cut, wrong or lost', async () => {
    const load = await startLoad(place);
    const start = performance.now();
    const migrations = { namespace, image: next.get('study') ?? '' };
    await runJobAgain(JOB, migrations);
    await release((name) => next.get(name) ?? '');
    await rolledOut();
    const seconds = (performance.now() - start) / 1000;
    const { faults, late, lost, reads, writes } = await load.stop();
    expect(faults).toEqual([]);
    expect(lost).toBe(0);
    expect(reads).toBeGreaterThan(100);
    expect(writes).toBeGreaterThan(10);
    record('roll-out of all services, with a migration, under 16 readers and 4 writers', {
      ...inSeconds(seconds, 60),
      note: `${reads} reads and ${writes} writes; ${toldLate(late)}`,
    });
  });

  it('is refused with a migration that takes away what the one before uses, and changes nothing', async () => {
    const image = await nextRelease(images?.('study') ?? '', 'contracting', {
      ...added.study,
      'app/migrations/9002_contracting.up.sql':
        '-- @reversible no: the text is gone\nALTER TABLE study.notes DROP COLUMN body;\n',
    });
    await expect(runJobAgain(JOB, { namespace, image })).rejects.toThrow(
      /9002_contracting: DROP COLUMN body\. Nothing was changed/,
    );
    const account = await openAccount(place);
    expect((await account.ask('/api/v1/study/notes')).status).toBe(200);
  });
});

/** A migration that only adds: the release before goes on working on it. */
const added: Readonly<Record<string, Record<string, string>>> = {
  study: {
    'app/migrations/9001_cluster_test.up.sql':
      '-- @reversible yes\n-- @down-loses nothing\nALTER TABLE study.notes ADD tried_on_a_cluster text;\n',
    'app/migrations/9001_cluster_test.down.sql':
      'ALTER TABLE study.notes DROP tried_on_a_cluster;\n',
  },
};
