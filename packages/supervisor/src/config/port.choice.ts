import { UsageError } from '@gospelib/cli-kit';
import { type Catalogue, platform, portOf, processNames } from '@gospelib/platform';

/** The port of each store and service, by name. */
export type Ports = Readonly<Record<string, number>>;

const HIGHEST = 65_535;

export interface PortWishes {
  /** `--port-base` or its variable. */
  base?: string | undefined;
  /** Those that this platform had when it was started last. */
  remembered?: Ports | undefined;
}

/**
 * A process's own variable wins, then the base, then the port of last time, then the usual one.
 * @throws UsageError naming every fault
 */
export function choosePorts(
  env: NodeJS.ProcessEnv,
  { base, remembered }: PortWishes = {},
  catalogue: Catalogue = platform,
): Ports {
  const faults: string[] = [];
  const names = processNames(catalogue);
  const highestBase = HIGHEST - Math.max(...names.map((name) => portOf(catalogue, name).offset));
  const from = base === undefined ? undefined : parsePort(base, highestBase);
  if (base !== undefined && from === undefined) {
    faults.push(`--port-base must be a whole number from 1 to ${highestBase}`);
  }
  const ports: Record<string, number> = {};
  for (const name of names) {
    const { variable, usual, offset } = portOf(catalogue, name);
    const own = env[variable];
    const based = from === undefined ? (remembered?.[name] ?? usual) : from + offset;
    const port = own ? parsePort(own, HIGHEST) : based;
    if (port === undefined) faults.push(`${variable} must be a whole number from 1 to ${HIGHEST}`);
    else ports[name] = port;
  }
  faults.push(...duplicates(ports));
  if (faults.length > 0) throw new UsageError(faults.join('\n'));
  return ports;
}

/** @throws Error for a name that the catalogue does not have */
export function portIn(ports: Ports, name: string): number {
  const port = ports[name];
  if (port === undefined) throw new Error(`There is no port for ${name}.`);
  return port;
}

function parsePort(text: string, highest: number): number | undefined {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= highest ? port : undefined;
}

function duplicates(ports: Ports): string[] {
  const names = Map.groupBy(Object.keys(ports), (name) => ports[name]);
  return [...names]
    .filter(([, sharing]) => sharing.length > 1)
    .map(([port, sharing]) => `${sharing.join(' and ')} cannot share port ${port}`);
}
