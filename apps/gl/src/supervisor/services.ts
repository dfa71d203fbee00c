import { join } from 'node:path';
import { addressVariables, type Config, type StoreName } from '../config.ts';
import type { PartName } from '../ports.ts';
import type { LogFile } from './log.file.ts';
import type { ServiceProcess } from './service.part.ts';

export type ServiceName = Exclude<PartName, StoreName>;
/** Addresses, with their secrets, of the stores a service uses. */
export type StoreUrls = Readonly<Partial<Record<StoreName, string>>>;

interface ServiceRule {
  folder: string;
  /** Started when these answer; of FalkorDB, when it holds a corpus. It is given their addresses. */
  stores: readonly StoreName[];
  /** Other services it speaks to, by the variable that takes their address. */
  services: Readonly<Record<string, ServiceName>>;
}

/** What runs, where it lies, and what it is told. The one list of services. */
export const services: Readonly<Record<ServiceName, ServiceRule>> = {
  content: { folder: 'services/content', stores: ['falkordb'], services: {} },
  reader: { folder: 'apps/reader', stores: [], services: {} },
  gateway: {
    folder: 'services/gateway',
    stores: ['redis'],
    services: { CONTENT_URL: 'content', READER_URL: 'reader' },
  },
};

export const serviceNames = Object.keys(services) as readonly ServiceName[];

/** What must be built before anything can start. */
export const builtProjects: readonly string[] = [...serviceNames, 'ingest'].map(
  (name) => `@gospelib/${name}`,
);

/** Describes the process of a service on this machine. */
export function describeService(
  config: Config,
  name: ServiceName,
  stores: StoreUrls,
  log: LogFile,
): ServiceProcess {
  const rule = services[name];
  const port = config.ports[name];
  const env = {
    ...withoutStores(config.env),
    HOST: '127.0.0.1',
    PORT: String(port),
    SHUTDOWN_GRACE_MS: '3000',
    ...Object.fromEntries(rule.stores.map((store) => [addressVariables[store], stores[store]])),
    ...Object.fromEntries(
      Object.entries(rule.services).map(([variable, service]) => [
        variable,
        `http://127.0.0.1:${config.ports[service]}`,
      ]),
    ),
  };
  return { name, folder: join(config.root, rule.folder), port, env, log };
}

/** A service gets the addresses, and with them the secrets, of the stores it uses: no others. */
export function withoutStores(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const secret = new Set<string>(Object.values(addressVariables));
  return Object.fromEntries(Object.entries(env).filter(([name]) => !secret.has(name)));
}
