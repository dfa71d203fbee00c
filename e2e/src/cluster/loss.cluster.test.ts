import { platform } from '@gospelib/platform';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { noCluster, readImages } from './cluster.images.ts';
import { startLoad } from './cluster.load.ts';
import { jobDone } from './cluster.platform.ts';
import { record } from './figures.ts';
import { loseGraphVolume } from './graph.volume.ts';
import { kubectl } from './kubectl.ts';

describe.skipIf(noCluster)(`what a cluster loses (${noCluster ?? 'on a cluster'})`, () => {
  const place = inject('place');
  const { namespace } = inject('cluster') ?? { namespace: '' };
  const inNamespace = { namespace };
  const allReady = () =>
    kubectl(['rollout', 'status', 'deployment,statefulset', '--timeout=300s'], inNamespace);
  const podsOf = (name: string) => ['pod', '-l', `app.kubernetes.io/name=${name}`];

  afterEach(() => allReady());

  it.each(Object.keys(platform.services))(
    'a pod of %s is killed: nothing acknowledged is lost',
    async (name) => {
      const load = await startLoad(place, { readers: 4, writers: 2 });
      const start = performance.now();
      await kubectl(['delete', ...podsOf(name), '--grace-period=0', '--force'], inNamespace);
      await allReady();
      const seconds = (performance.now() - start) / 1000;
      const { lost, wrong, faultSeconds, faults, late } = await load.stop();
      expect([lost, wrong]).toEqual([0, []]);
      record(`the only pod of ${name} is killed: requests that fail`, {
        seconds: faultSeconds,
        target: 5,
        note: `${faults.length + late} failed; ready again after ${seconds.toFixed(1)} s`,
      });
    },
  );

  it('the pod of the graph store is deleted: right answers again, and its graph is there', async () => {
    const load = await startLoad(place, { readers: 8, writers: 2 });
    await kubectl(['delete', ...podsOf('falkordb'), '--wait=false'], inNamespace);
    await allReady();
    const { lost, wrong, faultSeconds, faults, late } = await load.stop();
    expect([lost, wrong]).toEqual([0, []]);
    record('the pod of FalkorDB is deleted: chapters that are not answered', {
      seconds: faultSeconds,
      target: 5,
      note: `${faults.length + late} failed`,
    });
  });

  it('the volume of the graph store is lost: the ingest makes it again', async () => {
    const load = await startLoad(place, { readers: 4, writers: 1 });
    const start = performance.now();
    await loseGraphVolume(namespace, readImages());
    const job = `gospelib-ingest-again-${Date.now()}`;
    const [from = ''] = (await kubectl(['get', 'jobs', '-o', 'name'], inNamespace))
      .split('\n')
      .filter((one) => one.includes('gospelib-ingest-'));
    await runAgain(from, job);
    await jobDone(job, namespace);
    await allReady();
    const seconds = (performance.now() - start) / 1000;
    const { lost, wrong } = await load.stop();
    expect([lost, wrong]).toEqual([0, []]);
    record('the volume of FalkorDB is lost: read again, ingested anew', { seconds, target: 60 });
  });

  /** A job once more under another name. */
  async function runAgain(from: string, name: string): Promise<void> {
    const job = JSON.parse(await kubectl(['get', from, '-o', 'json'], inNamespace));
    const { template, backoffLimit } = job.spec;
    const labels = { 'app.kubernetes.io/name': template.metadata.labels['app.kubernetes.io/name'] };
    template.metadata = { labels };
    await kubectl(['create', '-f', '-'], {
      ...inNamespace,
      input: JSON.stringify({
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: { name, labels },
        spec: { backoffLimit, template },
      }),
    });
  }
});
