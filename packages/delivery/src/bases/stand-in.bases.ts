import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { OperatorError } from '@gospelib/cli-kit';
import { type Command, runCommand } from '../build/command.run.ts';
import { writeBase } from './base.layout.ts';
import { layOutRuntime, runtimePackages } from './runtime.tree.ts';

const SUITE = 'trixie';
/** What the official image has that a machine’s own certificates and Debian’s smallest system have not. */
const buildPackages = ['ca-certificates', ...runtimePackages];

/** Addresses of the two bases, as `BUILD_BASE` and `RUNTIME_BASE` of the bake file take them. */
export interface Bases {
  BUILD_BASE: string;
  RUNTIME_BASE: string;
}

/**
 * Makes bases from Debian's packages, for a machine that reaches Debian's mirrors and npm but no registry of images:
 * the same release and libraries as the pinned ones, not the same bytes. The build base trusts the certificates that
 * this machine trusts, and has its npm.
 * @param folder gets an OCI layout a base
 * @throws OperatorError
 */
export async function makeStandInBases(
  root: string,
  env: NodeJS.ProcessEnv,
  folder: string,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<Bases> {
  if (process.getuid?.() !== 0) {
    throw new OperatorError(
      'Only root can make bases: debootstrap installs Debian into a folder as its owner.',
      'Run it as root, or name bases of a registry: BUILD_BASE and RUNTIME_BASE.',
    );
  }
  const run = ({ command, args }: Pick<Command, 'command' | 'args'>) =>
    runCommand({ command, args, cwd: root, env }, say, signal);
  const npm = npmFolder(env);
  const scratch = mkdtempSync(join(tmpdir(), 'gospelib-bases-'));
  try {
    const debian = join(scratch, 'build');
    const include = `--include=${buildPackages.join(',')}`;
    await run({ command: 'debootstrap', args: ['--variant=minbase', include, SUITE, debian] });
    const runtime = join(scratch, 'runtime');
    layOutRuntime(debian, runtime);
    layOutBuild(root, debian, npm);
    const [build, lean] = [join(folder, 'build'), join(folder, 'runtime')];
    const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
    const NODE_EXTRA_CA_CERTS = CERTIFICATES;
    const ofBuild = await writeBase(
      build,
      { tree: debian, env: { PATH, NODE_EXTRA_CA_CERTS } },
      run,
    );
    const SSL_CERT_FILE = CERTIFICATES;
    const ofRuntime = await writeBase(lean, { tree: runtime, env: { PATH, SSL_CERT_FILE } }, run);
    return {
      BUILD_BASE: `oci-layout://${build}@${ofBuild}`,
      RUNTIME_BASE: `oci-layout://${lean}@${ofRuntime}`,
    };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Where the npm of this machine lies. Its own `root` tells of the Node that runs it, which is the workspace's here. */
function npmFolder({ PATH = '' }: NodeJS.ProcessEnv): string {
  const program = PATH.split(delimiter)
    .map((folder) => join(folder, 'npm'))
    .find((path) => existsSync(path));
  // …/npm/bin/npm-cli.js
  if (program !== undefined) return dirname(dirname(realpathSync(program)));
  throw new OperatorError(
    'There is no npm on the PATH, which the base to build on takes along.',
    'Install npm.',
  );
}

const CERTIFICATES = '/etc/ssl/certs/ca-certificates.crt';

/** What differs from run to run, or that no build reads. */
const unneeded = [
  'dev',
  'proc',
  'run',
  'sys',
  'usr/share/doc',
  'usr/share/locale',
  'usr/share/man',
];
const volatile = ['etc/machine-id', 'var/cache', 'var/lib/apt/lists', 'var/log'];

function layOutBuild(root: string, debian: string, npm: string): void {
  for (const path of [...unneeded, ...volatile]) {
    rmSync(join(debian, path), { recursive: true, force: true });
  }
  for (const path of ['dev', 'proc', 'run', 'sys', 'var/cache', 'var/log']) {
    mkdirSync(join(debian, path));
  }
  const bin = join(debian, 'usr/local/bin');
  cpSync(join(root, 'node_modules/node/bin/node'), join(bin, 'node'));
  cpSync(npm, join(debian, 'usr/local/lib/node_modules/npm'), { recursive: true });
  const program = '#!/bin/sh\nexec node /usr/local/lib/node_modules/npm/bin/npm-cli.js "$@"\n';
  writeFileSync(join(bin, 'npm'), program, { mode: 0o755 });
  if (!existsSync(CERTIFICATES)) return;
  mkdirSync(dirname(join(debian, CERTIFICATES)), { recursive: true });
  writeFileSync(join(debian, CERTIFICATES), readFileSync(CERTIFICATES));
}
