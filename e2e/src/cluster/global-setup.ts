import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pushedImages } from '@gospelib/testkit';
import type { TestProject } from 'vitest/node';
import { freePorts } from '../free-ports.ts';
import type { Place } from '../platform.ts';
import { noCluster } from './cluster.images.ts';
import { bringUp, type ClusterPlatform } from './cluster.platform.ts';
import { inSeconds, record } from './figures.ts';
import { nodePort } from './node.port.ts';
import { relayPort } from './port.relay.ts';
import { startStores, storesNamespace } from './stores.fixture.ts';

declare module 'vitest' {
  interface ProvidedContext {
    cluster: Omit<ClusterPlatform, 'patched'> & {
      readonly origin: string;
      readonly authority: string;
    };
  }
}

/** One platform on the cluster for the whole run, from an empty namespace; it stays when the run is over, to be looked at. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const portBase = await freePorts();
  const origin = `http://localhost:${portBase}`;
  const data = await mkdtemp(join(tmpdir(), 'gospelib-cluster-'));
  const place: Place = { data, portBase };
  if (noCluster !== undefined) {
    console.warn(`SKIPPED: the whole system on a cluster ${noCluster}.`);
    project.provide('place', place);
    return () => rm(data, { recursive: true });
  }
  const images = pushedImages();
  const authority = await startStores(images);
  const { patched: _, ...cluster } = await bringUp('bench', origin, authority, images);
  const { migrated, ready, reading } = cluster.seconds;
  record('empty namespace until a chapter is read, corpus ingested', {
    ...inSeconds(reading, 120),
    note: `migrated after ${migrated.toFixed(1)} s, all ready after ${ready.toFixed(1)} s`,
  });
  const endRelay = await relayPort(portBase, cluster.gateway);
  const mails = await nodePort(storesNamespace, 'mail');
  project.provide('place', { ...place, mails: `http://${mails.host}:${mails.port}/` });
  project.provide('cluster', { ...cluster, origin, authority });
  return async () => {
    endRelay();
    await rm(data, { recursive: true });
  };
}
