import type { StoreName } from '@gospelib/platform';
import { readStoreSecret } from '@gospelib/stores';
import { folders, type LocalConfig } from '../config/local.config.ts';
import { portIn } from '../config/port.choice.ts';
import { readRunState } from '../platform/run.state.ts';

/**
 * Where a store answers its owner: the address of the environment, or that of the embedded one, with its secret.
 * @throws OperatorError when none was ever started
 */
export function storeAddress(config: LocalConfig, name: StoreName): string {
  const given = config.external[name];
  if (given !== undefined) return given;
  const running = readRunState(config)?.processes.find((one) => one.name === name);
  const port = running?.port ?? portIn(config.ports, name);
  const secret = readStoreSecret(folders.store(config, name));
  return name === 'postgresql'
    ? `postgresql://gospelib:${secret}@127.0.0.1:${port}/gospelib`
    : `redis://:${secret}@127.0.0.1:${port}`;
}
