import { UsageError } from '@gospelib/cli-kit';

/** Everything `up` runs, in the order in which it is shown. */
export const partNames = [
  'falkordb',
  'redis',
  'postgresql',
  'content',
  'accounts',
  'study',
  'reader',
  'gateway',
] as const;
export type PartName = (typeof partNames)[number];

export type Ports = Readonly<Record<PartName, number>>;

interface PortRule {
  variable: string;
  usual: number;
  /** Distance from `--port-base`. */
  offset: number;
}

export const portRules: Readonly<Record<PartName, PortRule>> = {
  gateway: { variable: 'GATEWAY_PORT', usual: 8080, offset: 0 },
  reader: { variable: 'READER_PORT', usual: 3000, offset: 10 },
  content: { variable: 'CONTENT_PORT', usual: 8100, offset: 20 },
  accounts: { variable: 'ACCOUNTS_PORT', usual: 8200, offset: 30 },
  study: { variable: 'STUDY_PORT', usual: 8300, offset: 40 },
  falkordb: { variable: 'FALKORDB_PORT', usual: 6379, offset: 50 },
  redis: { variable: 'REDIS_PORT', usual: 6380, offset: 51 },
  postgresql: { variable: 'POSTGRES_PORT', usual: 5432, offset: 52 },
};

const HIGHEST = 65_535;
const LARGEST_OFFSET = Math.max(...Object.values(portRules).map(({ offset }) => offset));

/**
 * A part's own variable wins, then the base, then the usual port.
 * @throws UsageError naming every fault
 */
export function choosePorts(env: NodeJS.ProcessEnv, base: string | undefined): Ports {
  const faults: string[] = [];
  const from = base === undefined ? undefined : parsePort(base, HIGHEST - LARGEST_OFFSET);
  if (base !== undefined && from === undefined) {
    faults.push(`--port-base must be a whole number from 1 to ${HIGHEST - LARGEST_OFFSET}`);
  }
  const ports = {} as Record<PartName, number>;
  for (const name of partNames) {
    const { variable, usual, offset } = portRules[name];
    const own = env[variable];
    const port = own ? parsePort(own, HIGHEST) : from === undefined ? usual : from + offset;
    if (port === undefined) faults.push(`${variable} must be a whole number from 1 to ${HIGHEST}`);
    else ports[name] = port;
  }
  faults.push(...duplicates(ports));
  if (faults.length > 0) throw new UsageError(faults.join('\n'));
  return ports;
}

function parsePort(text: string, highest: number): number | undefined {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= highest ? port : undefined;
}

function duplicates(ports: Partial<Ports>): string[] {
  const names = Map.groupBy(partNames, (name) => ports[name]);
  return [...names]
    .filter(([port, parts]) => port !== undefined && parts.length > 1)
    .map(([port, parts]) => `${parts.join(' and ')} cannot share port ${port}`);
}
