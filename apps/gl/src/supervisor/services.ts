import { join } from 'node:path';
import { addressVariables, type Config, mailFolder, originOf, type StoreName } from '../config.ts';
import type { PartName } from '../ports.ts';
import type { LogFile } from './log.file.ts';
import { databaseUrlFor, type SchemaName } from './schemas.ts';
import { secretOf } from './secrets.ts';
import type { ServiceProcess } from './service.part.ts';

export type ServiceName = Exclude<PartName, StoreName>;
/** Addresses, with their secrets, of the stores a service uses. */
export type StoreUrls = Readonly<Partial<Record<StoreName, string>>>;

interface ServiceRule {
  folder: string;
  /** Started when these answer; of FalkorDB, when it holds a corpus; of PostgreSQL, when it is migrated. It is given their addresses. */
  stores: readonly StoreName[];
  /** Its schema in PostgreSQL: it connects with the role that may do no more than read and write there. */
  schema?: SchemaName;
  /** Other services it speaks to, by the variable that takes their address. */
  services: Readonly<Record<string, ServiceName>>;
  /** What else it must be told. */
  settings?(config: Config): NodeJS.ProcessEnv;
}

/** What runs, where it lies, and what it is told. The one list of services. */
export const services: Readonly<Record<ServiceName, ServiceRule>> = {
  content: { folder: 'services/content', stores: ['falkordb'], services: {} },
  accounts: {
    folder: 'services/accounts',
    stores: ['postgresql'],
    schema: 'accounts',
    services: {},
    settings: accountsSettings,
  },
  study: {
    folder: 'services/study',
    stores: ['postgresql'],
    schema: 'study',
    services: { ACCOUNTS_URL: 'accounts' },
    settings: (config) => ({ PUBLIC_URL: originOf(config), INTERNAL_SECRET: internal(config) }),
  },
  reader: { folder: 'apps/reader', stores: [], services: {} },
  gateway: {
    folder: 'services/gateway',
    stores: ['redis'],
    services: {
      CONTENT_URL: 'content',
      READER_URL: 'reader',
      ACCOUNTS_URL: 'accounts',
      STUDY_URL: 'study',
    },
    settings: (config) => ({ PUBLIC_URL: originOf(config) }),
  },
};

/** Settings of accounts that carry secrets: nobody else is handed them. */
const accountsSecrets = ['AUTH_SECRETS', 'INTERNAL_SECRET', 'SMTP_URL', 'OIDC_CLIENT_SECRET'];
/** With what backups are written to S3; no service does. */
const backupSecrets = ['AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'];

/**
 * Mail goes to a server where the environment names one, else into a folder that `./gl mail` shows. Who keeps the
 * database elsewhere keeps AUTH_SECRETS there too: what they encrypted is of no use without them.
 */
function accountsSettings(config: Config): NodeJS.ProcessEnv {
  const { AUTH_SECRETS, SMTP_URL, OIDC_CLIENT_SECRET } = config.env;
  return {
    PUBLIC_URL: originOf(config),
    TRUSTED_ORIGINS: `http://127.0.0.1:${config.ports.gateway}`,
    AUTH_SECRETS: AUTH_SECRETS || `1:${secretOf(config, 'accounts-auth')}`,
    INTERNAL_SECRET: internal(config),
    ...(SMTP_URL ? { SMTP_URL } : { MAIL_OUTBOX_DIR: mailFolder(config) }),
    ...(OIDC_CLIENT_SECRET && { OIDC_CLIENT_SECRET }),
  };
}

/** What study shows accounts to learn whose things are to be deleted. */
function internal(config: Config): string {
  return secretOf(config, 'accounts-internal');
}

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
  const folder = join(config.root, services[name].folder);
  return { name, folder, port: config.ports[name], env: environmentOf(config, name, stores), log };
}

/** What a service is told, and so is every job of its code. */
export function environmentOf(
  config: Config,
  name: ServiceName,
  stores: StoreUrls,
): NodeJS.ProcessEnv {
  const rule = services[name];
  return {
    ...withoutSecrets(config.env),
    HOST: '127.0.0.1',
    PORT: String(config.ports[name]),
    SHUTDOWN_GRACE_MS: '3000',
    ...Object.fromEntries(rule.stores.map((store) => [addressVariables[store], stores[store]])),
    ...(rule.schema &&
      stores.postgresql && {
        [addressVariables.postgresql]: databaseUrlFor(config, rule.schema, stores.postgresql),
      }),
    ...Object.fromEntries(
      Object.entries(rule.services).map(([variable, service]) => [
        variable,
        `http://127.0.0.1:${config.ports[service]}`,
      ]),
    ),
    ...rule.settings?.(config),
  };
}

/** A process gets the addresses, and with them the secrets, of the stores it uses: no others, and nobody else's secrets. */
export function withoutSecrets(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const secret = new Set<string>([
    ...Object.values(addressVariables),
    ...accountsSecrets,
    ...backupSecrets,
  ]);
  return Object.fromEntries(Object.entries(env).filter(([name]) => !secret.has(name)));
}
