import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from '../http.client.ts';
import { type Images, readImages } from './cluster.images.ts';
import { makeGraphVolume } from './graph.volume.ts';
import { apply, getObject, kubectl } from './kubectl.ts';
import { namespaces, type Patched, renderPatched } from './overlay.render.ts';

/** A platform on the cluster, reached as its readers reach it. */
export interface ClusterPlatform {
  readonly namespace: string;
  readonly patched: Patched;
  /** The gateway's Service, at a port of the node. */
  readonly gateway: { readonly host: string; readonly port: number };
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
  images: Images = readImages(),
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
    await firstAnswer(`http://${gateway.host}:${gateway.port}${READING}`);
    return { gateway, at: passed() };
  });
  await isMigrated;
  const migrated = passed();
  await kubectl(['rollout', 'status', 'deployment,statefulset', timeout], inNamespace);
  const ready = passed();
  const { gateway, at } = await isReading;
  return { namespace, patched, gateway, seconds: { migrated, ready, reading: at } };
}

/** Resolves when a job has done its work. @throws Error with its last words */
export async function jobDone(name: string, namespace: string): Promise<void> {
  const isTrue = (type: string) => `{.status.conditions[?(@.type=="${type}")].status}`;
  for (;;) {
    const path = `jsonpath=${isTrue('Complete')}/${isTrue('Failed')}`;
    const [done, failed] = (await kubectl(['get', 'job', name, '-o', path], { namespace })).split(
      '/',
    );
    if (done === 'True') return;
    if (failed === 'True') {
      const said = await kubectl(['logs', `job/${name}`, '--tail=20'], { namespace });
      throw new Error(`The job ${name} failed: ${said}`);
    }
    await sleep(300);
  }
}

interface Nodes {
  items: { status: { addresses: { type: string; address: string }[] } }[];
}

/** The node's address and the last port of it that leads to a Service. */
export async function nodePort(
  namespace: string,
  service: string,
): Promise<ClusterPlatform['gateway']> {
  const { spec } = await getObject<{ spec: { ports: { nodePort?: number }[] } }>(
    ['service', service],
    namespace,
  );
  const { items } = await getObject<Nodes>(['nodes']);
  const addresses = items.flatMap(({ status }) => status.addresses);
  const host = addresses.find(({ type }) => type === 'InternalIP')?.address;
  const port = spec.ports.at(-1)?.nodePort;
  if (host === undefined || port === undefined) throw new Error(`No node leads to ${service}.`);
  return { host, port };
}

async function firstAnswer(url: string): Promise<void> {
  const deadline = performance.now() + PATIENCE_S * 1000;
  for (;;) {
    const answer = await ask(url, { once: true, timeout: 2_000 }).catch(() => undefined);
    if (answer?.status === 200) return;
    if (performance.now() > deadline) throw new Error(`${url}: ${answer?.status} ${answer?.text}`);
    await sleep(100);
  }
}
