import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** What a release has that the present one has not. */
export interface ReleaseChange {
  /** Files by their paths: their text, or how to change the one that is there. */
  files: Readonly<Record<string, string | ((text: string) => string)>>;
}

/**
 * A further release in a folder of its own: this code with some changes. Packages are those that are installed here.
 * @throws Error when a change changes nothing
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
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const project of projectsOf(folder)) {
    for (const name of ['node_modules', 'dist']) {
      const from = join(root, project, name);
      if (existsSync(from)) {
        cpSync(from, join(folder, project, name), { recursive: true, verbatimSymlinks: true });
      }
    }
  }
  for (const [path, change] of Object.entries(files)) {
    const target = join(folder, path);
    const before = existsSync(target) ? readFileSync(target, 'utf8') : '';
    const after = typeof change === 'string' ? change : change(before);
    if (after === before) throw new Error(`${path} would not differ.`);
    writeFileSync(target, after);
  }
}

function projectsOf(root: string): string[] {
  return ['apps', 'services', 'packages'].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => join(folder, name)),
  );
}
