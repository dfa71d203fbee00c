import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { standIn } from './stand-in.manifests.ts';

const production = resolve(import.meta.dirname, '../../../../infra/k8s/overlays/production');
const PORT = 8100;
/** Long enough for a cluster to have seen the load, short enough to wait for its end. */
const WINDOW_SECONDS = 10;

/** Keeps most of a core busy for as many seconds as its path says. */
const worker = `
let until = 0;
require('node:http').createServer((request, answer) => {
  until = Date.now() + 1000 * Number(request.url.slice(1));
  answer.end();
}).listen(${PORT});
setInterval(() => {
  if (Date.now() > until) return;
  const end = performance.now() + 70;
  while (performance.now() < end);
}, 100);
process.on('SIGTERM', () => process.exit(0));
`;

interface Autoscaler {
  metadata: { name: string; namespace?: string };
  spec: { behavior: { scaleDown: { stabilizationWindowSeconds: number } } };
}

/** The autoscaler of content as production has it, but for how long it waits before it takes pods away, and a Deployment for it. */
export function scaledStandIn(image: string, namespace: string): object[] {
  const kinds = ['kustomize', production];
  const text = execFileSync('kubectl', kinds, { encoding: 'utf8' });
  const found = text
    .split('\n---\n')
    .find((one) => /^kind: Horiz/m.test(one) && /^ {2}name: gospelib-content$/m.test(one));
  if (found === undefined) throw new Error('Production has no autoscaler of content.');
  const args = ['create', '--dry-run=client', '--output=json', '--validate=false', '-f', '-'];
  const autoscaler: Autoscaler = JSON.parse(
    execFileSync('kubectl', args, { input: found, encoding: 'utf8' }),
  );
  autoscaler.metadata.namespace = namespace;
  autoscaler.spec.behavior.scaleDown.stabilizationWindowSeconds = WINDOW_SECONDS;
  return [standIn({ name: 'content', image, port: PORT, script: worker, cpu: '100m' }), autoscaler];
}

/** What is run in a pod of it to keep it busy, or with 0 to let it rest. */
export function busyFor(seconds: number): string[] {
  const ask = `fetch('http://127.0.0.1:${PORT}/${seconds}').then(() => process.exit(0))`;
  return ['exec', 'deploy/gospelib-content', '--', '/bin/node', '-e', ask];
}
