import { getObject } from './kubectl.ts';

interface Nodes {
  items: { status: { addresses: { type: string; address: string }[] } }[];
}

export interface NodePort {
  readonly host: string;
  readonly port: number;
}

/** The node's address and the last port of it that leads to a Service. */
export async function nodePort(namespace: string, service: string): Promise<NodePort> {
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
