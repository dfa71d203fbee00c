import { readStoreSecret } from '@gospelib/stores';
import { type Config, type StoreName, storeFolder } from './config.ts';
import { readRunState } from './supervisor/run.state.ts';

/** Where a store answers: the environment's address, or that of the running embedded one, with its secret. */
export function storeUrl(config: Config, name: Extract<StoreName, 'falkordb' | 'redis'>): string {
  const running = readRunState(config)?.parts.find((part) => part.name === name);
  const port = running?.port ?? config.ports[name];
  return (
    config.external[name] ??
    `redis://:${readStoreSecret(storeFolder(config, name))}@127.0.0.1:${port}`
  );
}

/** Where PostgreSQL answers the owner of all schemas: the environment's address, or that of the running embedded one. */
export function ownerUrl(config: Config): string {
  const running = readRunState(config)?.parts.find(({ name }) => name === 'postgresql');
  const port = running?.port ?? config.ports.postgresql;
  return (
    config.external.postgresql ??
    `postgresql://gospelib:${readStoreSecret(storeFolder(config, 'postgresql'))}@127.0.0.1:${port}/gospelib`
  );
}
