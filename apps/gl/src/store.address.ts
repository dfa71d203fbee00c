import { readStoreSecret } from '@gospelib/stores';
import { type Config, type StoreName, storeFolder } from './config.ts';

/** Where a store answers: the environment's address, or that of the embedded one, with its secret. */
export function storeUrl(config: Config, name: Extract<StoreName, 'falkordb' | 'redis'>): string {
  const { external, ports } = config;
  return (
    external[name] ??
    `redis://:${readStoreSecret(storeFolder(config, name))}@127.0.0.1:${ports[name]}`
  );
}
