import { platform } from '@gospelib/platform';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { noCluster, readImages } from './cluster.images.ts';
import { startLoad } from './cluster.load.ts';
import { jobDone } from './cluster.platform.ts';
import { record } from './figures.ts';
import { applyObjects, getObject, kubectl } from './kubectl.ts';
import { nextRelease } from './second.release.ts';

const services = Object.keys(platform.services);

describe.skipIf(noCluster)(`a release (${noCluster ?? 'on a cluster'})`, () => {
  const place = inject('place');
  const { namespace } = inject('cluster') ?? { namespace: '' };
  const inNamespace = { namespace };
  const images = noCluster ? undefined : readImages();
  const next = new Map<string, string>();

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
    for (const name of services)
      next.set(name, await nextRelease(images?.(name) ?? '', 'next', added[name]));
  });
  afterAll(async () => {
    await release((name) => images?.(name) ?? '');
    await rolledOut();
  });

  it('is rolled out with its migration while people read and write: nothing is cut, wrong or lost', async () => {
    const load = await startLoad(place);
    const start = performance.now();
    await migrate('study', next.get('study') ?? '');
    await release((name) => next.get(name) ?? '');
    await rolledOut();
    const seconds = (performance.now() - start) / 1000;
    const { faults, late, lost, reads, writes } = await load.stop();
    expect(faults).toEqual([]);
    expect(lost).toBe(0);
    expect(reads).toBeGreaterThan(100);
    expect(writes).toBeGreaterThan(10);
    record('roll-out of all services, with a migration, under 16 readers and 4 writers', {
      seconds,
      target: 60,
      note: `${reads} reads and ${writes} writes; ${late} were told to come again`,
    });
  });

  /** The migration job of the manifests, with another image. */
  async function migrate(schema: string, image: string): Promise<void> {
    const name = `gospelib-migrations-${schema}`;
    const job = await getObject<Job>(['job', name], namespace);
    await kubectl(['delete', 'job', name], inNamespace);
    const { template } = job.spec;
    template.metadata.labels = Object.fromEntries(
      Object.entries(template.metadata.labels).filter(
        ([key]) => !/controller-uid|job-name/.test(key),
      ),
    );
    const [container] = template.spec.containers;
    if (container) container.image = image;
    const spec = { backoffLimit: 0, activeDeadlineSeconds: 300, template };
    await applyObjects({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name, namespace },
      spec,
    });
    await jobDone(name, namespace);
  }
});

interface Job {
  spec: {
    template: {
      metadata: { labels: Record<string, string> };
      spec: { containers: { image: string }[] };
    };
  };
}

/** A migration that only adds: the release before goes on working on it. */
const added: Readonly<Record<string, Record<string, string>>> = {
  study: {
    'app/migrations/9001_cluster_test.up.sql':
      '-- @reversible yes\n-- @down-loses nothing\nALTER TABLE study.notes ADD tried_on_a_cluster text;\n',
    'app/migrations/9001_cluster_test.down.sql':
      'ALTER TABLE study.notes DROP tried_on_a_cluster;\n',
  },
};
