import { exec } from 'node:child_process';
import { promisify } from 'node:util';
import { platform } from '@gospelib/platform';
import { pushedImages } from '@gospelib/testkit';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { noCluster } from './cluster.images.ts';
import { ingestJob, runJobAgain } from './cluster.job.ts';
import { startLoad, toldLate } from './cluster.load.ts';
import { clusterPlace } from './cluster.place.ts';
import { untilReading } from './cluster.platform.ts';
import { inSeconds, record } from './figures.ts';
import { loseGraphVolume } from './graph.volume.ts';
import { kubectl } from './kubectl.ts';

/** How the node of this cluster is restarted, as a command; the test waits until it is there again. */
const { GOSPELIB_NODE_RESTART } = process.env;
/** Without what marks what this run starts: what the command starts is the cluster’s, and stays when the run is over. */
const { GOSPELIB_RUN, GOSPELIB_OWNER, NODE_OPTIONS, ...others } = process.env;
const notOurs = Object.fromEntries(
  Object.entries(others).filter(([, value]) => !GOSPELIB_RUN || !value?.includes(GOSPELIB_RUN)),
);

describe.skipIf(noCluster)(`what a cluster loses (${noCluster ?? 'on a cluster'})`, () => {
  const place = inject('place');
  const { namespace, origin } = clusterPlace();
  const inNamespace = { namespace };
  const allReady = async () => {
    const done = ['rollout', 'status', 'deployment,statefulset', '--timeout=300s'];
    await kubectl(done, inNamespace);
    await untilReading(origin);
  };
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
        ...inSeconds(faultSeconds, 5),
        note: `${faults.length} were cut, ${toldLate(late)}; ready again after ${seconds.toFixed(1)} s`,
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
      ...inSeconds(faultSeconds, 5),
      note: `${faults.length} were cut, ${toldLate(late)}`,
    });
  });

  it.skipIf(!GOSPELIB_NODE_RESTART)(
    'the node is restarted: pods stay, and readers are served',
    async () => {
      const load = await startLoad(place, { readers: 4, writers: 1 });
      const start = performance.now();
      await promisify(exec)(GOSPELIB_NODE_RESTART ?? '', { env: notOurs });
      await kubectl(['wait', '--for=condition=Ready', 'node', '--all', '--timeout=120s']);
      await allReady();
      const seconds = (performance.now() - start) / 1000;
      const { lost, wrong, faultSeconds, faults, late } = await load.stop();
      expect([lost, wrong]).toEqual([0, []]);
      record('the node is restarted: requests that fail', {
        ...inSeconds(faultSeconds),
        note: `${faults.length} were cut, ${toldLate(late)}; all ready again after ${seconds.toFixed(1)} s`,
      });
    },
  );

  it('the volume of the graph store is lost: the ingest makes it again', async () => {
    const load = await startLoad(place, { readers: 4, writers: 1 });
    const start = performance.now();
    await loseGraphVolume(namespace, pushedImages());
    await runJobAgain(await ingestJob(namespace), { namespace });
    await allReady();
    const seconds = (performance.now() - start) / 1000;
    const { lost, wrong } = await load.stop();
    expect([lost, wrong]).toEqual([0, []]);
    record('the volume of FalkorDB is lost: read again, ingested anew', inSeconds(seconds, 60));
  });
});
