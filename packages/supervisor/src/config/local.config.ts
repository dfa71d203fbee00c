import { isAbsolute, join, resolve } from 'node:path';
import { UsageError } from '@gospelib/cli-kit';
import { type Catalogue, platform, type StoreName, storeNames } from '@gospelib/platform';
import type { Workspace } from '@gospelib/workspace';
import { choosePorts, type Ports, portIn } from './port.choice.ts';
import { readRememberedPorts } from './remembered.platform.ts';

/** Options by which a platform of this machine is chosen. */
export interface LocalOptions {
  data?: string | undefined;
  portBase?: string | undefined;
}

/** A platform on this machine: where its state lies, on which ports it is, and what it is told. */
export interface LocalConfig extends Workspace {
  /** What the platform consists of. */
  catalogue: Catalogue;
  /** State: stores, logs, who runs. */
  dataDir: string;
  ports: Ports;
  /** Addresses of stores that are not ours to start; they carry secrets. */
  external: Readonly<Partial<Record<StoreName, string>>>;
  /** Where the secrets lie that somebody else keeps, one a file; undefined: they are made here. */
  givenSecrets: string | undefined;
  /** Where SWORD modules may lie. */
  swordDir: string;
  /** Where backups go: a folder, `file:///…` or `s3://bucket/prefix`. */
  backups: string;
  /** How old the last verified backup of the database may become before one is taken; 0: none is taken by itself. */
  backupHours: number;
}

/**
 * Flags before environment before what was last time before what is usual. The only reader of the environment.
 * @param root the repository
 * @throws UsageError naming every fault, never a value (addresses carry secrets)
 */
export function readLocalConfig(
  root: string,
  options: LocalOptions,
  env: NodeJS.ProcessEnv = process.env,
  catalogue: Catalogue = platform,
): LocalConfig {
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
  const dataDir = userPath(options.data ?? (env.GOSPELIB_DATA || join(root, '.gl')), env);
  const base = options.portBase ?? (env.GOSPELIB_PORT_BASE || undefined);
  const remembered = readRememberedPorts(dataDir);
  const ports = attempt(() => choosePorts(env, { base, remembered }, catalogue));
  const external = attempt(() => readAddresses(env, catalogue));
  const backupHours = attempt(() => readHours(env));
  if (ports === undefined || external === undefined || backupHours === undefined)
    throw new UsageError(faults.join('\n'));
  return {
    root,
    catalogue,
    dataDir,
    ports,
    external,
    givenSecrets: env.GOSPELIB_SECRETS || undefined,
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

function readAddresses(env: NodeJS.ProcessEnv, catalogue: Catalogue): LocalConfig['external'] {
  const found: Partial<Record<StoreName, string>> = {};
  const faults: string[] = [];
  for (const name of storeNames(catalogue)) {
    const { addressVariable, schemes } = catalogue.stores[name];
    const value = env[addressVariable];
    if (!value) continue;
    if (URL.canParse(value) && schemes.includes(new URL(value).protocol)) {
      found[name] = value;
    } else {
      const wanted = schemes.join('// or ');
      faults.push(`${addressVariable} must be an address that begins with ${wanted}//`);
    }
  }
  if (faults.length > 0) throw new UsageError(faults.join('\n'));
  return found;
}

/** Folders of the state. */
export const folders = {
  store: ({ dataDir }: LocalConfig, name: StoreName): string => join(dataDir, 'stores', name),
  logs: ({ dataDir }: LocalConfig): string => join(dataDir, 'logs'),
  /** What services keep from others: made on first use, for the owner's eyes only. */
  secrets: ({ dataDir }: LocalConfig): string => join(dataDir, 'secrets'),
  run: ({ dataDir }: LocalConfig): string => join(dataDir, 'run'),
  incidents: ({ dataDir }: LocalConfig): string => join(dataDir, 'incidents'),
  /** What came of backups and drills, for metrics. */
  operations: ({ dataDir }: LocalConfig): string => join(dataDir, 'operations'),
  scratch: ({ dataDir }: LocalConfig): string => join(dataDir, 'scratch'),
  /** Where mails land that nobody sends. */
  mail: ({ dataDir }: LocalConfig): string => join(dataDir, 'mail'),
} as const;

/** The one address to read at. */
export function originOf({ ports }: LocalConfig): string {
  return `http://localhost:${portIn(ports, 'gateway')}`;
}
