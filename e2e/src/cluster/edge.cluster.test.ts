import { request } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeTlsSecret, pushedImages } from '@gospelib/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noCluster } from './cluster.images.ts';
import { clusterPlace } from './cluster.place.ts';
import { edgeServer } from './edge.pod.ts';
import { inSeconds, record } from './figures.ts';
import { applyObjects, kubectl } from './kubectl.ts';
import { type NodePort, nodePort } from './node.port.ts';
import { store } from './stores.fixture.ts';

const edge = 'gospelib-edge';
const host = 'staging.gospelib.com';
const READERS = 4;

interface Seen {
  readonly status: number | undefined;
  readonly text: string;
}

/**
 * No controller runs here that would read the Gateway; a stand-in ends TLS where the network policies let a controller
 * in. What is shown: the way from HTTPS to a chapter, and that nobody notices when the certificate changes.
 */
describe.skipIf(noCluster)(`the platform behind TLS (${noCluster ?? 'on a cluster'})`, () => {
  const { namespace } = clusterPlace();
  const certificates = [makeTlsSecret([host]), makeTlsSecret([host])] as const;
  let at: NodePort;

  beforeAll(async () => {
    await kubectl(['delete', 'namespace', edge, '--ignore-not-found', '--wait']);
    const labels = { 'gospelib.com/role': 'gateway-controller' };
    await applyObjects({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: edge, labels } });
    await present(certificates[0]);
    const to = `gospelib-gateway.${namespace}.svc:8080`;
    const server = { image: 'reader', port: 8443, volumes: [], args: ['-e', edgeServer, to] };
    await applyObjects(...store('edge', pushedImages()(server.image), server, {}, edge));
    await kubectl(['rollout', 'status', 'deployment', '--timeout=90s'], { namespace: edge });
    at = await nodePort(edge, 'edge');
  });
  afterAll(() => kubectl(['delete', 'namespace', edge, '--ignore-not-found', '--wait=false']));

  async function present(tls: (typeof certificates)[number]): Promise<void> {
    const metadata = { name: 'tls', namespace: edge };
    await applyObjects({ apiVersion: 'v1', kind: 'Secret', metadata, stringData: tls });
    // A kubelet looks at a pod that changed at once, and at others every minute.
    const touched = `gospelib.com/touched=${Date.now()}`;
    await kubectl(['annotate', 'pods', '--all', '--overwrite', touched], { namespace: edge });
  }

  /** A chapter on a connection of its own. @throws Error when the certificate is not of this authority, or of another name */
  function read(ca: string | string[], servername = host): Promise<Seen> {
    return new Promise((resolve, reject) => {
      const path = '/api/v1/chapters/alma.32';
      const sent = request({ ...at, path, ca, servername, headers: { host }, agent: false });
      sent.on('error', reject).on('response', (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (more: string) => (text += more));
        response.on('error', reject);
        response.on('end', () => resolve({ status: response.statusCode, text }));
      });
      sent.end();
    });
  }

  it('gives a chapter to who trusts its authority, and to nobody under another name or without TLS', async () => {
    const [{ 'ca.crt': authority }, { 'ca.crt': other }] = certificates;
    // A cluster tells its nodes of a new pod a moment after it is ready.
    await expect
      .poll(() => read(authority))
      .toEqual({ status: 200, text: expect.stringContaining('Alma') });
    await expect(read(other)).rejects.toThrow(/certificate/);
    await expect(read(authority, 'elsewhere.gospelib.com')).rejects.toThrow(/altnames/);
    await expect(fetch(`http://${at.host}:${at.port}/api/v1/chapters/alma.32`)).rejects.toThrow();
  });

  it('changes its certificate under readers: 0 failed, nothing started anew', async () => {
    const authorities = certificates.map((tls) => tls['ca.crt']);
    const pods = () =>
      kubectl(
        [
          'get',
          'pods',
          '-o',
          'jsonpath={.items[*].metadata.name} {.items[*].status.containerStatuses[0].restartCount}',
        ],
        { namespace: edge },
      );
    const before = await pods();
    const seen: unknown[] = [];
    let isOver = false;
    const reading = Array.from({ length: READERS }, async () => {
      while (!isOver) seen.push(await read(authorities).then(({ status }) => status, String));
    });
    const start = performance.now();
    let seconds = 0;
    try {
      await sleep(1_000);
      await present(certificates[1]);
      await expect
        .poll(() => read(certificates[1]['ca.crt']).then(({ status }) => status), { interval: 200 })
        .toBe(200);
      seconds = (performance.now() - start) / 1000;
      await expect(read(certificates[0]['ca.crt'])).rejects.toThrow(/certificate/);
      await sleep(1_000);
    } finally {
      isOver = true;
      await Promise.all(reading);
    }
    expect([...new Set(seen)]).toEqual([200]);
    expect(await pods()).toBe(before);
    record('the certificate at the edge is changed: until only the new one is shown', {
      ...inSeconds(seconds),
      note: `${seen.length} reads, each on a connection of its own, 0 failed; the edge is a stand-in`,
    });
  });
});
