import { join } from 'node:path';
import { serviceNames } from '@gospelib/platform';
import type { ComposeProject } from '@gospelib/processes';
import { folders, type LocalConfig, portIn } from '@gospelib/supervisor';

/** The stack of this clone, told where the platform of a data folder is. */
export function stackOf(config: LocalConfig): ComposeProject {
  const ports = serviceNames(config.catalogue).map((name) => [
    config.catalogue.services[name]?.port.variable ?? '',
    String(portIn(config.ports, name)),
  ]);
  return {
    what: 'The observability of one machine',
    files: [join(config.root, 'infra/observability/compose.yaml')],
    env: { ...config.env, ...Object.fromEntries(ports), GOSPELIB_LOGS: folders.logs(config) },
  };
}
