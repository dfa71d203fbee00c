import { setTimeout as sleep } from 'node:timers/promises';
import { type Images, pushedImages } from '@gospelib/testkit';
import { ask } from '../http.client.ts';
import { jobDone } from './cluster.job.ts';
import { makeGraphVolume } from './graph.volume.ts';
import { apply, kubectl } from './kubectl.ts';
import { type NodePort, nodePort } from './node.port.ts';
import { namespaces, type Patched, renderPatched } from './overlay.render.ts';

/** A platform on the cluster, reached as its readers reach it. */
export interface ClusterPlatform {
  readonly namespace: string;
  readonly patched: Patched;
  /** The gateway's Service, at a port of the node. */
  readonly gateway: NodePort;
  /** Seconds from the empty namespace. */
  readonly seconds: { readonly migrated: number; readonly ready: number; readonly reading: number };
}

const READING = '/api/v1/chapters/alma.32';
/** Far beyond what it takes: a busy machine is no failure. */
const PATIENCE_S = 600;

/** Brings an overlay up in a namespace that is empty, until a chapter is read through the gateway. */
export async function bringUp(
  overlay: Patched['overlay'],
  origin: string,
  authority: string,
  images: Images = pushedImages(),
): Promise<ClusterPlatform> {
  const namespace = namespaces[overlay];
  await kubectl(['delete', 'namespace', namespace, '--ignore-not-found', '--wait']);
  await makeGraphVolume(namespace, images);
  const patched = { overlay, origin, authority, images };
  const text = await renderPatched(patched);
  const start = performance.now();
  const passed = () => (performance.now() - start) / 1000;
  await apply(text);
  const inNamespace = { namespace };
  const timeout = `--timeout=${PATIENCE_S}s`;
  const isMigrated = Promise.all(
    ['accounts', 'study'].map((name) => jobDone(`gospelib-migrations-${name}`, namespace)),
  );
  const isReading = nodePort(namespace, 'from-outside').then(async (gateway) => {
    await untilReading(`http://${gateway.host}:${gateway.port}`);
    return { gateway, at: passed() };
  });
  await isMigrated;
  const migrated = passed();
  await kubectl(['rollout', 'status', 'deployment,statefulset', timeout], inNamespace);
  const ready = passed();
  const { gateway, at } = await isReading;
  return { namespace, patched, gateway, seconds: { migrated, ready, reading: at } };
}

/** Resolves when a chapter is read there: a cluster tells its nodes of new pods a moment after they are ready. */
export async function untilReading(origin: string): Promise<void> {
  const url = `${origin}${READING}`;
  const deadline = performance.now() + PATIENCE_S * 1000;
  for (;;) {
    const answer = await ask(url, { once: true, timeout: 2_000 }).catch(() => undefined);
    if (answer?.status === 200) return;
    if (performance.now() > deadline) throw new Error(`${url}: ${answer?.status} ${answer?.text}`);
    await sleep(100);
  }
}
