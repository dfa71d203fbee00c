import { serviceNames } from '@gospelib/platform';
import { folders, type LocalConfig, portIn } from '@gospelib/supervisor';

/** The stack of this clone, told where the platform of a data folder is. */
export function stackOf(config: LocalConfig): { root: string; env: NodeJS.ProcessEnv } {
  const ports = serviceNames(config.catalogue).map((name) => [
    config.catalogue.services[name]?.port.variable ?? '',
    String(portIn(config.ports, name)),
  ]);
  return {
    root: config.root,
    env: { ...config.env, ...Object.fromEntries(ports), GOSPELIB_LOGS: folders.logs(config) },
  };
}
