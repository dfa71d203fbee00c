import { setTimeout as sleep } from 'node:timers/promises';
import { getObject, kubectl } from './kubectl.ts';

/** How long a kubelet may take to write a changed secret into its pods' files. */
const PATIENCE_MS = 120_000;

/** One value of a Secret. */
export async function readSecret(namespace: string, name: string, key: string): Promise<string> {
  const { data } = await getObject<{ data: Record<string, string> }>(['secret', name], namespace);
  return Buffer.from(data[key] ?? '', 'base64').toString();
}

/** Changes one value of a Secret, as External Secrets does when the provider's changed. */
export async function changeSecret(
  namespace: string,
  name: string,
  key: string,
  value: string,
): Promise<void> {
  const patch = JSON.stringify({ stringData: { [key]: value } });
  await kubectl(['patch', 'secret', name, '--type=merge', '-p', patch], { namespace });
}

/** Resolves when the file in the service's pod has the value of its Secret. */
export async function secretArrived(
  namespace: string,
  service: string,
  key: string,
): Promise<void> {
  const inNamespace = { namespace };
  const wanted = await readSecret(namespace, `gospelib-${service}`, key);
  // A kubelet looks at a pod that changed at once, and at others every minute.
  const pods = ['-l', `app.kubernetes.io/name=${service}`];
  const touched = `gospelib.com/touched=${Date.now()}`;
  await kubectl(['annotate', 'pods', ...pods, '--overwrite', touched], inNamespace);
  const read = `process.stdout.write(require('node:fs').readFileSync('/run/secrets/gospelib/${key}'))`;
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const args = ['exec', `deploy/gospelib-${service}`, '--', '/usr/local/bin/node', '-e', read];
    if ((await kubectl(args, inNamespace)) === wanted) return;
    if (performance.now() > deadline) throw new Error(`${key} of ${service} is still the old one.`);
    await sleep(500);
  }
}
