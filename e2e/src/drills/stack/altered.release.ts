import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What a release has that the present one has not. */
export interface ReleaseChange {
  /** Files by their paths: their text, or how to change the one that is there. */
  files: Readonly<Record<string, string | ((text: string) => string)>>;
}

/**
 * A further release in a folder of its own: this code with some changes, installed for itself. Nothing is shared with
 * this folder but pnpm's store: an installation that two folders share is soon one that neither can use.
 * @throws Error when a change changes nothing, or it cannot be installed
 */
export function makeRelease(root: string, folder: string, { files }: ReleaseChange): void {
  const list = execFileSync('git', ['-C', root, 'ls-files', '-z', '-co', '--exclude-standard'], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  for (const path of list.split('\0').filter((one) => one !== '' && existsSync(join(root, one)))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(root, path), join(folder, path));
  }
  execFileSync('pnpm', ['--dir', folder, 'install', '--frozen-lockfile', '--prefer-offline'], {
    stdio: 'pipe',
  });
  for (const [path, change] of Object.entries(files)) {
    const target = join(folder, path);
    const before = existsSync(target) ? readFileSync(target, 'utf8') : '';
    const after = typeof change === 'string' ? change : change(before);
    if (after === before) throw new Error(`${path} would not differ.`);
    writeFileSync(target, after);
  }
}
