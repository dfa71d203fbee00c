import {
  chmodSync,
  chownSync,
  cpSync,
  globSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** What the pinned runtime base, Debian's distroless `cc`, is made of: libraries, certificates, time zones. */
export const runtimePackages = [
  'libc6',
  'libgcc-s1',
  'libgomp1',
  'libssl3t64',
  'libstdc++6',
  'libzstd1',
  'netbase',
  'tzdata',
  'zlib1g',
];

const accounts = [
  [
    'etc/passwd',
    'root:x:0:0:root:/root:/sbin/nologin\nnonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin\n',
  ],
  ['etc/group', 'root:x:0:\nnonroot:x:65532:\n'],
] as const;
const CERTIFICATES = 'etc/ssl/certs/ca-certificates.crt';

/** Neither read by a program of ours, nor small. */
const unneeded = /^\/usr\/share\/(doc|man|lintian|bug)(\/|$)|\/gconv(\/|$)/;

/** Copies what a program needs to run, and nothing that could be called by hand, out of a Debian. */
export function layOutRuntime(debian: string, out: string): void {
  mkdirSync(join(out, 'tmp'), { recursive: true });
  chmodSync(join(out, 'tmp'), 0o1777);
  for (const link of ['lib', 'lib64']) symlinkSync(`usr/${link}`, join(out, link));
  for (const name of runtimePackages) {
    for (const path of filesOf(debian, name)) copy(debian, out, path);
  }
  for (const path of [
    '/etc/os-release',
    '/usr/lib/os-release',
    '/etc/nsswitch.conf',
    `/${CERTIFICATES}`,
  ]) {
    copy(debian, out, path);
  }
  for (const [path, text] of accounts) writeFileSync(join(out, path), text);
  mkdirSync(join(out, 'home/nonroot'), { recursive: true });
  chownSync(join(out, 'home/nonroot'), 65532, 65532);
}

/** As dpkg lists them. @throws Error where the package is not installed */
function filesOf(debian: string, name: string): readonly string[] {
  const [list] = globSync(`var/lib/dpkg/info/${name}{,:amd64}.list`, { cwd: debian });
  if (list === undefined) throw new Error(`${name} is not installed in ${debian}`);
  return readFileSync(join(debian, list), 'utf8')
    .split('\n')
    .filter(
      (path) => path.length > 2 && !/^\/(bin|sbin|usr\/s?bin)\//.test(path) && !unneeded.test(path),
    );
}

function copy(debian: string, out: string, path: string): void {
  // Packages may name a folder by its old place; both are one.
  const real = path.replace(/^\/(lib|lib64)\//, '/usr/$1/');
  const from = join(debian, real);
  if (lstatSync(from).isDirectory()) return;
  mkdirSync(dirname(join(out, real)), { recursive: true });
  cpSync(from, join(out, real), { verbatimSymlinks: true });
}
