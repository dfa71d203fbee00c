import { isAbsolute, join, resolve } from 'node:path';
import { UsageError } from '@gospelib/cli-kit';
import { choosePorts, type PartName, type Ports } from './ports.ts';

/** Options that every command takes. */
export interface GlobalOptions {
  data?: string;
  portBase?: string;
}

export type StoreName = Extract<PartName, 'falkordb' | 'redis' | 'postgresql'>;

export interface Config {
  /** The repository. */
  root: string;
  /** State: stores, logs, who runs. */
  dataDir: string;
  ports: Ports;
  /** Addresses of stores that are not ours to start; they carry secrets. */
  external: Readonly<Partial<Record<StoreName, string>>>;
  /** Extra time and noise: a pull request's check. */
  ci: boolean;
  /** Where SWORD modules may lie. */
  swordDir: string;
  /** Where backups go: a folder, `file:///…` or `s3://bucket/prefix`. */
  backups: string;
  /** How old the last verified backup of the database may become before one is taken; 0: none is taken by itself. */
  backupHours: number;
  nxCacheDir: string;
  /** What children inherit. */
  env: NodeJS.ProcessEnv;
}

const root = resolve(import.meta.dirname, '../../..');

/** By which variable a store's address is given, to us and to services. */
export const addressVariables: Readonly<Record<StoreName, string>> = {
  falkordb: 'FALKORDB_URL',
  redis: 'REDIS_URL',
  postgresql: 'DATABASE_URL',
};

export const storeNames = Object.keys(addressVariables) as readonly StoreName[];

const schemes: Readonly<Record<StoreName, readonly string[]>> = {
  falkordb: ['redis:', 'rediss:'],
  redis: ['redis:', 'rediss:'],
  postgresql: ['postgresql:', 'postgres:'],
};

/**
 * Flags before environment before what is usual. The only reader of the environment in this app.
 * @throws UsageError naming every fault, never a value (addresses carry secrets)
 */
export function readConfig(flags: GlobalOptions, env: NodeJS.ProcessEnv = process.env): Config {
  const faults: string[] = [];
  const attempt = <T>(read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      faults.push(error.message);
      return undefined;
    }
  };
  const ports = attempt(() =>
    choosePorts(env, flags.portBase ?? (env.GOSPELIB_PORT_BASE || undefined)),
  );
  const external = attempt(() => readAddresses(env));
  const backupHours = attempt(() => readHours(env));
  if (ports === undefined || external === undefined || backupHours === undefined)
    throw new UsageError(faults.join('\n'));
  const dataDir = userPath(flags.data ?? (env.GOSPELIB_DATA || join(root, '.gl')), env);
  return {
    root,
    dataDir,
    ports,
    external,
    ci: env.CI === 'true',
    swordDir: userPath(env.GOSPELIB_SWORD || '/usr/share/sword', env),
    backups: readBackupAddress(env) ?? join(dataDir, 'backups'),
    backupHours,
    nxCacheDir: env.NX_CACHE_DIRECTORY || join(root, '.nx/cache'),
    env,
  };
}

/** The launcher hands over the folder it was called from. */
function userPath(path: string, env: NodeJS.ProcessEnv): string {
  return isAbsolute(path) ? path : resolve(env.GL_CWD || process.cwd(), path);
}

/** A folder may be given as people write it; what has a scheme is taken as it is. */
function readBackupAddress(env: NodeJS.ProcessEnv): string | undefined {
  const address = env.GOSPELIB_BACKUPS;
  if (!address) return undefined;
  return /^\w+:\/\//.test(address) ? address : userPath(address, env);
}

function readHours(env: NodeJS.ProcessEnv): number {
  const text = env.GOSPELIB_BACKUP_HOURS || '24';
  if (/^\d{1,4}$/.test(text)) return Number(text);
  throw new UsageError('GOSPELIB_BACKUP_HOURS must be a whole number of hours; 0 switches it off.');
}

function readAddresses(env: NodeJS.ProcessEnv): Config['external'] {
  const found: Partial<Record<StoreName, string>> = {};
  const faults: string[] = [];
  for (const name of storeNames) {
    const value = env[addressVariables[name]];
    if (!value) continue;
    if (URL.canParse(value) && schemes[name].includes(new URL(value).protocol)) {
      found[name] = value;
    } else {
      const wanted = schemes[name].join('// or ');
      faults.push(`${addressVariables[name]} must be an address that begins with ${wanted}//`);
    }
  }
  if (faults.length > 0) throw new UsageError(faults.join('\n'));
  return found;
}

/** Where a store's data lies. */
export function storeFolder(config: Config, name: StoreName): string {
  return join(config.dataDir, 'stores', name);
}

export function logFolder(config: Config): string {
  return join(config.dataDir, 'logs');
}

/** Where mails land that nobody sends. */
export function mailFolder(config: Config): string {
  return join(config.dataDir, 'mail');
}

/** What services on this machine keep from others: made on first use, for the owner's eyes only. */
export function secretsFolder(config: Config): string {
  return join(config.dataDir, 'secrets');
}

export function runFolder(config: Config): string {
  return join(config.dataDir, 'run');
}

/** The one address to read at. */
export function originOf(config: Config): string {
  return `http://localhost:${config.ports.gateway}`;
}
