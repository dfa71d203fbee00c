import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { OperatorError } from '@gospelib/cli-kit';
import { acquireLock } from '@gospelib/processes';
import { type Distribution, findDistribution, findMirrors } from './distribution.ts';

const run = promisify(execFile);

/** A dynamic linker and the libraries for it. */
export interface RuntimeLibs {
  loader: string;
  libraryPath: string;
}

const TRIPLET = 'x86_64-linux-gnu';

/**
 * Newer C and C++ runtime libraries than the system's, for binaries that need them. A private apt downloads them once
 * into the cache: nothing is installed, no root is needed, and apt verifies signatures with the system's own keyring.
 * @throws OperatorError when this is not Debian or Ubuntu on x64, or the download fails
 */
export async function ensureRuntimeLibs(cacheDir: string): Promise<RuntimeLibs> {
  const distribution = findDistribution();
  if (distribution === undefined) {
    throw new OperatorError(
      'The bundled redis-server needs newer runtime libraries (glibc 2.38, OpenSSL 3) than this system has.',
      'Only on Debian and Ubuntu can they be fetched without root. Use a newer system, or give the addresses of running stores: FALKORDB_URL and REDIS_URL.',
    );
  }
  const target = runtimeFolder(cacheDir, distribution);
  if (!existsSync(target)) await withLock(target, () => download(distribution, target));
  return libsIn(target);
}

/** The cache folder for a distribution's libraries. */
export function runtimeFolder(cacheDir: string, { id, suite }: Distribution): string {
  return join(cacheDir, `runtime-${id}-${suite}-x64`);
}

/** Removes the cached libraries, so that they are downloaded again. */
export function discardRuntimeLibs(libs: RuntimeLibs): void {
  const root = libs.loader.slice(0, libs.loader.indexOf(`/usr/lib/${TRIPLET}/`));
  if (basename(root).startsWith('runtime-')) rmSync(root, { recursive: true, force: true });
}

function libsIn(root: string): RuntimeLibs {
  const folder = join(root, 'usr/lib', TRIPLET);
  return { loader: join(folder, 'ld-linux-x86-64.so.2'), libraryPath: folder };
}

async function withLock(target: string, work: () => Promise<void>): Promise<void> {
  const parent = dirname(target);
  try {
    mkdirSync(parent, { recursive: true });
  } catch (cause) {
    throw new OperatorError(
      `The cache folder ${parent} cannot be written.`,
      'Set GOSPELIB_CACHE_DIR to a folder that can.',
      { cause },
    );
  }
  const lock = await acquireLock(`${target}.lock`, 'The download of runtime libraries', 180_000);
  try {
    if (!existsSync(target)) await work();
  } finally {
    lock.release();
  }
}

async function download(distribution: Distribution, target: string): Promise<void> {
  clearLeftovers(target);
  const temp = `${target}.${process.pid}.tmp`;
  const faults: string[] = [];
  for (const mirror of await findMirrors(distribution)) {
    try {
      rmSync(temp, { recursive: true, force: true });
      await fetchPackages(distribution, mirror, temp);
      renameSync(join(temp, 'root'), target);
      return;
    } catch (error) {
      faults.push(`${mirror}: ${(error as Error).message}`);
    } finally {
      rmSync(temp, { recursive: true, force: true });
    }
  }
  throw new OperatorError(
    `The runtime libraries of ${distribution.id} ${distribution.suite} cannot be fetched.`,
    `${faults.join('\n') || "apt knows no mirror (its sources list no 'main' of this release)."}\nCheck the network and the system's apt sources, or give the addresses of running stores: FALKORDB_URL and REDIS_URL.`,
  );
}

async function fetchPackages(distribution: Distribution, mirror: string, temp: string) {
  const debs = join(temp, 'debs');
  for (const folder of ['lists/partial', 'archives/partial', 'debs', 'root']) {
    mkdirSync(join(temp, folder), { recursive: true });
  }
  writeFileSync(join(temp, 'status'), '');
  writeFileSync(
    join(temp, 'sources.list'),
    `deb [arch=amd64 signed-by=${distribution.keyring}] ${mirror} ${distribution.suite} main\n`,
  );
  writeFileSync(join(temp, 'apt.conf'), aptConfiguration(temp));
  const apt = (args: string[]) =>
    run('apt-get', ['-q', '-c', join(temp, 'apt.conf'), ...args], { cwd: debs, timeout: 120_000 });
  await apt(['update']);
  await apt(['download', ...distribution.packages]);
  for (const deb of readdirSync(debs)) {
    await run('dpkg', ['-x', join(debs, deb), join(temp, 'root')]);
  }
  rmSync(join(temp, 'root/usr/share'), { recursive: true, force: true });
}

/** Keeps everything that apt reads or writes in our folder, without the system's hooks and extra indexes. */
function aptConfiguration(temp: string): string {
  const user = process.getuid?.() === 0 ? 'APT::Sandbox::User "root";\n' : '';
  return `#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
#clear Acquire::IndexTargets::deb::DEP-11;
#clear Acquire::IndexTargets::deb::CNF;
${user}APT::Architecture "amd64";
APT::Update::Error-Mode "any";
Acquire::Languages "none";
Acquire::Retries "2";
Dir::Etc::sourcelist "${temp}/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::State "${temp}";
Dir::State::lists "${temp}/lists";
Dir::State::status "${temp}/status";
Dir::Cache "${temp}";
Dir::Cache::archives "${temp}/archives";
Dir::Cache::pkgcache "";
Dir::Cache::srcpkgcache "";
`;
}

function clearLeftovers(target: string): void {
  const parent = dirname(target);
  for (const entry of readdirSync(parent)) {
    if (entry.startsWith(`${basename(target)}.`) && entry.endsWith('.tmp')) {
      rmSync(join(parent, entry), { recursive: true, force: true });
    }
  }
}
