import { type Config, type StoreName, storeFolder } from './config.ts';
import { ownerUrl, storeUrl } from './store.address.ts';
import { runningSupervisor } from './supervisor/leftovers.ts';
import { startStore } from './supervisor/store.part.ts';

/** Does something with a store of the environment, of the running platform, or one started for it. */
export async function withStore<T>(
  config: Config,
  name: StoreName,
  work: (url: string) => Promise<T>,
): Promise<T> {
  if (config.external[name] !== undefined || runningSupervisor(config) !== undefined) {
    return work(name === 'postgresql' ? ownerUrl(config) : storeUrl(config, name));
  }
  const store = await startStore(
    name,
    { dataDir: storeFolder(config, name), port: config.ports[name] },
    (line) => console.error(line),
  );
  try {
    return await work(store.url);
  } finally {
    await store.stop();
  }
}
