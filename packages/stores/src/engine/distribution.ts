import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A distribution whose packages contain the libraries, and the suite to take them from. */
export interface Distribution {
  id: 'debian' | 'ubuntu';
  /** The release of this system, as its apt sources name it. */
  codename: string;
  /** The release with new enough libraries. */
  suite: string;
  keyring: string;
  packages: readonly string[];
}

const PACKAGES = [
  'libc6',
  'libstdc++6',
  'libgcc-s1',
  'libsystemd0',
  'libcap2',
  'libssl3t64',
  'libgomp1',
  'libzstd1',
  'zlib1g',
];

const SOURCES = {
  debian: {
    suite: 'trixie',
    keyring: '/usr/share/keyrings/debian-archive-keyring.gpg',
    packages: PACKAGES,
  },
  ubuntu: {
    suite: 'noble',
    keyring: '/usr/share/keyrings/ubuntu-archive-keyring.gpg',
    packages: [...PACKAGES, 'libgcrypt20', 'libgpg-error0', 'liblz4-1', 'liblzma5'],
  },
} as const;

/** This system's distribution; undefined when it cannot provide packages. Reads os-release(5). */
export function findDistribution(osRelease: string = readOsRelease()): Distribution | undefined {
  if (process.arch !== 'x64') return undefined;
  const id = field(osRelease, 'ID');
  const codename = field(osRelease, 'VERSION_CODENAME');
  if ((id !== 'debian' && id !== 'ubuntu') || codename === undefined) return undefined;
  return existsSync(SOURCES[id].keyring) ? { id, codename, ...SOURCES[id] } : undefined;
}

/** The mirrors for this release in the system's own apt sources, in their order. */
export async function findMirrors({ codename }: Distribution): Promise<string[]> {
  const { stdout } = await run('apt-get', [
    'indextargets',
    '--no-release-info',
    '--format',
    '$(REPO_URI) $(RELEASE) $(COMPONENT)',
  ]);
  const mirrors = stdout
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([, release, component]) => release === codename && component === 'main')
    .map(([uri]) => uri ?? '');
  return [...new Set(mirrors)];
}

function readOsRelease(): string {
  try {
    return readFileSync('/etc/os-release', 'utf8');
  } catch {
    return '';
  }
}

function field(osRelease: string, name: string): string | undefined {
  return osRelease.match(new RegExp(`^${name}="?([^"\n]*)"?$`, 'm'))?.[1];
}
