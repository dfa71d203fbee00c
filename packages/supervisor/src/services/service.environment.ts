import { join } from 'node:path';
import {
  type ServiceEntry,
  type Setting,
  type StoreName,
  secretVariables,
  service,
} from '@gospelib/platform';
import { type LocalConfig, originOf } from '../config/local.config.ts';
import { portIn } from '../config/port.choice.ts';
import { agentEnvironment } from './agent.note.ts';
import { commitOf } from './git.commit.ts';
import { secretOf } from './local.secrets.ts';

/** Addresses, with their secrets, of the stores that a service uses. */
export type StoreAddresses = Readonly<Partial<Record<StoreName, string>>>;

/** Beside what the catalogue names: with this backups are written, signed and encrypted, and no service does. */
const backupSecrets = [
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'BACKUP_SIGNING_KEYS',
  'BACKUP_AGE_IDENTITIES',
];

/** What a service is told on this machine, and so is every job of its code. */
export function serviceEnvironment(
  config: LocalConfig,
  name: string,
  stores: StoreAddresses,
): NodeJS.ProcessEnv {
  return {
    ...withoutSecrets(config),
    ...agentEnvironment(config),
    HOST: '127.0.0.1',
    PORT: String(portIn(config.ports, name)),
    SHUTDOWN_GRACE_MS: '3000',
    GOSPELIB_REVISION: config.env.GOSPELIB_REVISION || commitOf(config.root),
    ...settings(config, name, service(config.catalogue, name), stores),
  };
}

/** A process gets the secrets that the catalogue names with it, and nobody else's. */
export function withoutSecrets({ env, catalogue }: LocalConfig): NodeJS.ProcessEnv {
  const secret = new Set([...secretVariables(catalogue), ...backupSecrets]);
  return Object.fromEntries(Object.entries(env).filter(([name]) => !secret.has(name)));
}

function settings(
  config: LocalConfig,
  name: string,
  entry: ServiceEntry,
  stores: StoreAddresses,
): NodeJS.ProcessEnv {
  const told: NodeJS.ProcessEnv = {};
  for (const [variable, setting] of Object.entries(entry.environment)) {
    const value = settingValue(config, variable, setting, stores);
    if (value !== undefined) told[variable] = value;
  }
  const { addressVariable } = config.catalogue.stores.postgresql;
  const owner = told[addressVariable];
  if (entry.ownsSchema && owner !== undefined)
    told[addressVariable] = asService(config, name, owner);
  return told;
}

/** Undefined where there is nothing to tell. */
function settingValue(
  config: LocalConfig,
  variable: string,
  setting: Setting,
  stores: StoreAddresses,
): string | undefined {
  switch (setting.from) {
    case 'store':
      return stores[setting.store];
    case 'service':
      return `http://127.0.0.1:${portIn(config.ports, setting.service)}`;
    case 'origin':
      return originOf(config);
    case 'loopback':
      return `http://127.0.0.1:${portIn(config.ports, 'gateway')}`;
    case 'folder':
      return config.env[setting.unless] ? undefined : join(config.dataDir, setting.folder);
    case 'operator':
      return config.env[variable] || undefined;
    case 'secret': {
      // Who keeps the database elsewhere keeps the secret there too: what it encrypted is of no use without it.
      const format = config.catalogue.secrets[setting.secret]?.format ?? '%';
      return config.env[variable] || format.replace('%', secretOf(config, setting.secret));
    }
  }
}

/** The address by which a service connects: the owner's, but with the service's own role. */
function asService(config: LocalConfig, name: string, ownerUrl: string): string {
  const url = new URL(ownerUrl);
  url.username = `${name}_service`;
  url.password = secretOf(config, `${name}-database`);
  return url.href;
}
