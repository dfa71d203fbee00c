import { execFileSync } from 'node:child_process';

interface Node {
  metadata: { name: string };
  status: { conditions?: { type: string; status: string; message?: string }[] };
}

/**
 * Before a lane on a cluster begins: pods of a cluster without a ready node wait, and its tests would for a quarter of an
 * hour. @throws Error with what each node says of itself
 */
export default function requireReadyNode(): void {
  if (!process.env.KUBECONFIG || !process.env.GOSPELIB_REGISTRY) return; // the lane says what it skips
  const answer = execFileSync('kubectl', ['get', 'nodes', '--output=json'], { encoding: 'utf8' });
  const nodes = (JSON.parse(answer) as { items: Node[] }).items.map(({ metadata, status }) => {
    const ready = status.conditions?.find(({ type }) => type === 'Ready');
    return { name: metadata.name, ready };
  });
  if (nodes.some(({ ready }) => ready?.status === 'True')) return;
  const said = nodes.map(({ name, ready }) => `${name}: ${ready?.message ?? 'says nothing'}`);
  throw new Error(
    `No node of the cluster is ready, so no pod would start (${said.join('; ') || 'it has no node'}). ` +
      'Start its kubelet, then run this again.',
  );
}
