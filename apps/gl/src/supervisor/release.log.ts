import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readMigrations } from '@gospelib/database';
import { type Config, runFolder } from '../config.ts';
import { type SchemaName, schemaNames, schemaSource } from './schemas.ts';

/** Code that was started on this data, with the migrations that belong to it. */
export interface Release {
  /** ISO 8601: when it was started, the first time in a row. */
  at: string;
  /** The folder it was started from. */
  root: string;
  /** The commit, where git knows one. */
  commit: string | undefined;
  /** The last migration of each schema. */
  migrations: Readonly<Record<SchemaName, string>>;
  /** Whether all of it ever answered. */
  cameUp: boolean;
}

const KEPT = 20;

/** The newest first. */
export function readReleases(config: Config): Release[] {
  try {
    return JSON.parse(readFileSync(logFile(config), 'utf8')) as Release[];
  } catch {
    return []; // nothing was started on this data yet
  }
}

/** The configuration of the release that runs, which need not be the one that this command belongs to. */
export function runningRelease(config: Config): Config {
  const root = readReleases(config)[0]?.root;
  return root !== undefined && existsSync(root) ? { ...config, root } : config;
}

/** Notes what is being started, before its migrations run: what they break must be known to have come with it. */
export function noteRelease(config: Config): void {
  const before = readReleases(config);
  const release = describeRelease(config);
  const last = before[0];
  if (last === undefined || !same(last, release)) write(config, [release, ...before]);
}

/** Notes that what was started last answers. */
export function noteCameUp(config: Config): void {
  const [last, ...before] = readReleases(config);
  if (last !== undefined && !last.cameUp) write(config, [{ ...last, cameUp: true }, ...before]);
}

/** Written aside and renamed: readers see all of it or the one before. */
function write(config: Config, releases: readonly Release[]): void {
  mkdirSync(runFolder(config), { recursive: true });
  const draft = `${logFile(config)}.new`;
  writeFileSync(draft, JSON.stringify(releases.slice(0, KEPT), null, 2));
  renameSync(draft, logFile(config));
}

function describeRelease(config: Config): Release {
  const last = (schema: SchemaName): [SchemaName, string] => [
    schema,
    readMigrations(schemaSource(config, schema).folder).at(-1)?.name ?? '0',
  ];
  return {
    at: new Date().toISOString(),
    root: config.root,
    commit: commitOf(config.root),
    migrations: Object.fromEntries(schemaNames.map(last)) as Record<SchemaName, string>,
    cameUp: false,
  };
}

function same(a: Release, b: Release): boolean {
  const key = ({ root, commit, migrations }: Release) => JSON.stringify([root, commit, migrations]);
  return key(a) === key(b);
}

function commitOf(root: string): string | undefined {
  try {
    return execFileSync('git', ['-C', root, 'rev-parse', 'HEAD'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return undefined; // a copy without its history
  }
}

function logFile(config: Config): string {
  return join(runFolder(config), 'releases.json');
}
