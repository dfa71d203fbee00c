import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { portOf, processNames, storeNames } from '@gospelib/platform';
import type { ComposeProject } from '@gospelib/processes';
import { readSecret } from '@gospelib/stores';
import { folders, type LocalConfig } from '../config/local.config.ts';
import { makeOwnFolder } from '../config/own.folder.ts';
import { portIn } from '../config/port.choice.ts';
import { secretOf } from '../services/local.secrets.ts';

export interface ComposeOptions {
  /** Whether services run the sources of this clone, and start anew when those change, rather than what the images hold. */
  sources: boolean;
  observability?: boolean;
}

/** The platform of this machine as containers: infra/compose, told its ports, folders and secrets. Makes what is missing. */
export function composePlatform(
  config: LocalConfig,
  { sources, observability = false }: ComposeOptions,
): ComposeProject {
  const { root, dataDir, env } = config;
  const folder = join(dataDir, 'compose');
  for (const own of [folder, folders.mail(config)]) makeOwnFolder(own);
  return {
    what: 'The platform of `./gl up --compose`',
    files: (sources ? ['compose.yaml', 'development.yaml'] : ['compose.yaml']).map((file) =>
      join(root, 'infra/compose', file),
    ),
    profiles: observability ? ['observability'] : [],
    env: {
      ...env,
      ...portsOf(config),
      ...secretsOf(config),
      GOSPELIB_PROJECT: projectOf(config),
      GOSPELIB_SETTINGS: join(folder, 'settings.env'),
      GOSPELIB_MAIL: folders.mail(config),
      GOSPELIB_LOGS: folders.logs(config),
      // Mails are for whoever started it to read.
      ...(process.getuid && { GOSPELIB_USER: `${process.getuid()}:${process.getgid?.()}` }),
      ...(observability && { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://tempo:4318' }),
    },
  };
}

/** One a data folder: Docker knows containers and volumes by it. */
function projectOf({ root, dataDir }: LocalConfig): string {
  if (dataDir === join(root, '.gl')) return 'gospelib';
  return `gospelib-${createHash('sha256').update(dataDir).digest('hex').slice(0, 8)}`;
}

function portsOf({ catalogue, ports }: LocalConfig): NodeJS.ProcessEnv {
  return Object.fromEntries(
    processNames(catalogue).map((name) => [
      portOf(catalogue, name).variable,
      String(portIn(ports, name)),
    ]),
  );
}

function secretsOf(config: LocalConfig): NodeJS.ProcessEnv {
  const { catalogue } = config;
  const kept = folders.secrets(config);
  mkdirSync(kept, { recursive: true, mode: 0o700 });
  const formatted = (name: string) =>
    (catalogue.secrets[name]?.format ?? '%').replace('%', secretOf(config, name));
  return {
    ...Object.fromEntries(
      storeNames(catalogue).map((name) => [
        `${name.toUpperCase()}_PASSWORD`,
        readSecret(join(kept, `compose-${name}`)),
      ]),
    ),
    AUTH_SECRETS: formatted('accounts-auth'),
    INTERNAL_SECRET: formatted('accounts-internal'),
    ACCOUNTS_DATABASE_PASSWORD: formatted('accounts-database'),
    STUDY_DATABASE_PASSWORD: formatted('study-database'),
  };
}
