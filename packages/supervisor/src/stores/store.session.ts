import type { StoreName } from '@gospelib/platform';
import { folders, type LocalConfig } from '../config/local.config.ts';
import { portIn } from '../config/port.choice.ts';
import { runningSupervisor } from '../platform/leftovers.ts';
import { storeAddress } from './store.address.ts';
import { startStore } from './store.process.ts';

/** Does something with a store of the environment, of the running platform, or one that is started for it. */
export async function withStore<T>(
  config: LocalConfig,
  name: StoreName,
  work: (address: string) => Promise<T>,
): Promise<T> {
  if (config.external[name] !== undefined || runningSupervisor(config) !== undefined) {
    return work(storeAddress(config, name));
  }
  const store = await startStore(
    name,
    { dataDir: folders.store(config, name), port: portIn(config.ports, name) },
    (line) => console.error(line),
  );
  try {
    return await work(store.url);
  } finally {
    await store.stop();
  }
}
