import type { StackAddresses } from './stack.addresses.ts';

export interface PartStatus {
  part: string;
  address: string;
  ready: boolean;
  /** Why not. */
  reason?: string;
}

/** What tells that a part can do its work. */
const readiness = {
  alloy: '/-/ready',
  prometheus: '/-/ready',
  pushgateway: '/-/ready',
  alertmanager: '/-/ready',
  loki: '/ready',
  tempo: '/ready',
  pyroscope: '/ready',
  grafana: '/api/health',
} as const satisfies Partial<Record<keyof StackAddresses, string>>;

const timeoutMs = 2000;

/** Asks every part whether it is ready. Never rejects for one that is away. */
export function readStack(addresses: StackAddresses): Promise<PartStatus[]> {
  const parts = Object.entries(readiness) as [keyof typeof readiness, string][];
  return Promise.all(
    parts.map(async ([part, path]) => {
      const address = addresses[part];
      const reason = await whyNot(`${address}${path}`);
      return { part, address, ready: reason === undefined, ...(reason && { reason }) };
    }),
  );
}

async function whyNot(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
    await response.body?.cancel();
    return response.ok ? undefined : `answers with ${response.status}`;
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError') return 'does not answer in time';
    return 'is not there';
  }
}
