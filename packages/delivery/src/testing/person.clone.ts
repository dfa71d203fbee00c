import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A clone of a bare repository, and what a person does in it. */
export interface PersonClone {
  git(...args: string[]): string;
  /** Writes files, commits and pushes them to a branch; the commit. */
  push(branch: string, message: string, files: Readonly<Record<string, string>>): string;
}

/**
 * Makes the bare repository `remote` and its clone `root`, both with a branch main: empty, or what `of` has checked out.
 */
export function personClone(root: string, remote: string, of?: string): PersonClone {
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', root, ...args], { encoding: 'utf8', stdio: 'pipe' }).trim();
  execFileSync('git', ['init', '-q', '--bare', '-b', 'main', remote]);
  if (of === undefined) execFileSync('git', ['init', '-q', '-b', 'main', root]);
  else {
    execFileSync('git', ['-C', of, 'push', '-q', remote, 'HEAD:refs/heads/main']);
    execFileSync('git', ['clone', '-q', remote, root]);
  }
  // Of the clone, not of the machine: the code under test calls git there, too.
  git('config', 'user.name', 'Tester');
  git('config', 'user.email', 'tester@example.org');
  git('config', 'commit.gpgsign', 'false');
  if (of === undefined) git('remote', 'add', 'origin', remote);
  const push: PersonClone['push'] = (branch, message, files) => {
    git('checkout', '-q', branch);
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    git('add', '-A');
    git('commit', '-qm', message);
    git('push', '-q', 'origin', branch);
    return git('rev-parse', 'HEAD');
  };
  return { git, push };
}
