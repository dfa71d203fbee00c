import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { OperatorError } from '@gospelib/cli-kit';
import { z } from 'zod';
import { type EngineConfig, readEngineConfig } from './engine.config.ts';
import { discardRuntimeLibs, ensureRuntimeLibs, type RuntimeLibs } from './runtime-libs.ts';

const run = promisify(execFile);

/** How to start redis-server here, and the module that makes it FalkorDB. */
export interface RedisProgram {
  command: string;
  /** Precede redis-server's own arguments. */
  args: readonly string[];
  /** Undefined when only the cache can run here. */
  falkorModule: string | undefined;
  /** Identifies the pair of server and module; data written by another pair is not opened. */
  version: string;
}

const MINIMUM = [7, 2];
const SYSTEM_LOADER = '/lib64/ld-linux-x86-64.so.2';
const programs = new Map<string, Promise<RedisProgram>>();

/**
 * Finds the redis-server of this machine: the one in the environment, else the package's, else
 * one on the PATH (Redis or Valkey ≥ 7.2).
 * @throws OperatorError with what is missing and what to do
 */
export function findRedisProgram(config: EngineConfig = readEngineConfig()): Promise<RedisProgram> {
  const key = JSON.stringify(config);
  const known = programs.get(key);
  if (known !== undefined) return known;
  const found = find(config);
  found.catch(() => programs.delete(key));
  programs.set(key, found);
  return found;
}

async function find(config: EngineConfig): Promise<RedisProgram> {
  const local = await findLocalRedisProgram(config);
  return local ?? fetchedProgram(config);
}

/**
 * The program that can run without a download; undefined when the bundled server lacks libraries.
 * @throws OperatorError when there is no server at all
 */
export async function findLocalRedisProgram(
  config: EngineConfig,
): Promise<RedisProgram | undefined> {
  if (config.falkorModule !== undefined || config.redisServer !== undefined) {
    return systemProgram(config);
  }
  const bundled = bundledPackage();
  return bundled === undefined ? systemProgram(config) : bundledProgram(bundled);
}

async function systemProgram(config: EngineConfig): Promise<RedisProgram> {
  const candidates =
    config.redisServer === undefined ? ['redis-server', 'valkey-server'] : [config.redisServer];
  for (const command of candidates) {
    const version = await serverVersion(command);
    if (version === undefined) continue;
    if (compare(version, MINIMUM) >= 0) {
      const falkorModule = config.falkorModule;
      const name = version.join('.');
      const engine = falkorModule === undefined ? name : `${name}-module.${digest(falkorModule)}`;
      return { command, args: [], falkorModule, version: engine };
    }
    throw new OperatorError(
      `${command} is version ${version.join('.')}; 7.2 or newer is needed.`,
      ADVICE,
    );
  }
  throw new OperatorError(`No ${candidates.join(' or ')} is here to start.`, ADVICE);
}

const ADVICE =
  'Install Redis or Valkey 7.2 or newer (set REDIS_SERVER to it when it is not on the PATH), or set REDIS_URL and FALKORDB_URL to running stores.';

/** The error for a machine without FalkorDB, and what to do. */
export function falkorMissing(): OperatorError {
  return new OperatorError(
    `There is no bundled FalkorDB for ${process.platform}-${process.arch}.`,
    'Set FALKORDB_MODULE to a falkordb.so for this machine (with Redis or Valkey 7.2 or newer installed), or set FALKORDB_URL to a running FalkorDB, for instance of the container image falkordb/falkordb.',
  );
}

function digest(file: string): string {
  try {
    return createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 12);
  } catch (cause) {
    throw new OperatorError(`FALKORDB_MODULE cannot be read: ${file}`, undefined, { cause });
  }
}

async function serverVersion(command: string): Promise<number[] | undefined> {
  try {
    const { stdout } = await run(command, ['--version']);
    const text = stdout.match(/v=(\d+(?:\.\d+)*)/)?.[1];
    return text?.split('.').map(Number);
  } catch {
    return undefined;
  }
}

function compare(a: readonly number[], b: readonly number[]): number {
  return (a[0] ?? 0) - (b[0] ?? 0) || (a[1] ?? 0) - (b[1] ?? 0);
}

const manifest = z.object({ version: z.string() });

interface BundledPackage {
  server: string;
  module: string;
  version: string;
}

function bundledPackage(): BundledPackage | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  try {
    const file = createRequire(import.meta.url).resolve('@falkordblite/linux-x64/package.json');
    const { version } = manifest.parse(JSON.parse(readFileSync(file, 'utf8')));
    const bin = join(dirname(file), 'bin');
    return { server: join(bin, 'redis-server'), module: join(bin, 'falkordb.so'), version };
  } catch {
    return undefined; // an optional dependency: the system's server is tried next
  }
}

async function bundledProgram({ server, module, version }: BundledPackage) {
  const fits = await loads(SYSTEM_LOADER, [], server, module);
  return fits ? { command: server, args: [], falkorModule: module, version } : undefined;
}

/** The bundled server with downloaded libraries. */
async function fetchedProgram({ cacheDir }: EngineConfig): Promise<RedisProgram> {
  const bundled = bundledPackage();
  if (bundled === undefined) throw new OperatorError('There is no bundled redis-server.', ADVICE);
  const { server, module, version } = bundled;
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const libs = await ensureRuntimeLibs(cacheDir);
    if (await loads(libs.loader, libraryArgs(libs), server, module)) {
      const args = ['--argv0', 'redis-server', ...libraryArgs(libs), server];
      return { command: libs.loader, args, falkorModule: module, version };
    }
    discardRuntimeLibs(libs); // damaged: download them again
  }
  throw new OperatorError(
    'The bundled redis-server cannot be loaded, not even with the fetched libraries.',
    ADVICE,
  );
}

function libraryArgs(libs: RuntimeLibs): string[] {
  return ['--library-path', libs.libraryPath];
}

/** Asks the dynamic linker whether every library and symbol version is available. */
async function loads(loader: string, args: string[], ...files: string[]): Promise<boolean> {
  const results = await Promise.all(
    files.map(async (file) => {
      try {
        const { stdout, stderr } = await run(loader, [...args, '--list', file]);
        return !/not found/.test(stdout + stderr);
      } catch {
        return false;
      }
    }),
  );
  return results.every(Boolean);
}
