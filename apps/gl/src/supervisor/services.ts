import { join } from 'node:path';
import type { Config, StoreName } from '../config.ts';
import type { PartName } from '../ports.ts';
import type { LogFile } from './log.file.ts';
import type { ServiceProcess } from './service.part.ts';

export type ServiceName = Exclude<PartName, StoreName>;
export type StoreUrls = Readonly<Record<StoreName, string>>;

/** What runs, where it lies, and which addresses it is given. The one list of services. */
const services: Readonly<
  Record<ServiceName, { folder: string; env(config: Config, stores: StoreUrls): NodeJS.ProcessEnv }>
> = {
  content: {
    folder: 'services/content',
    env: (_config, { falkordb }) => ({ FALKORDB_URL: falkordb }),
  },
  reader: { folder: 'apps/reader', env: () => ({}) },
  gateway: {
    folder: 'services/gateway',
    env: ({ ports }, { redis }) => ({
      REDIS_URL: redis,
      CONTENT_URL: `http://127.0.0.1:${ports.content}`,
      READER_URL: `http://127.0.0.1:${ports.reader}`,
    }),
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
  const port = config.ports[name];
  const own = { HOST: '127.0.0.1', PORT: String(port), SHUTDOWN_GRACE_MS: '3000' };
  return {
    name,
    folder: join(config.root, services[name].folder),
    port,
    env: { ...withoutStores(config.env), ...own, ...services[name].env(config, stores) },
    log,
  };
}

/** A service gets the addresses, and with them the secrets, of the stores it uses: no others. */
export function withoutStores(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { FALKORDB_URL: _f, REDIS_URL: _r, DATABASE_URL: _d, ...rest } = env;
  return rest;
}
