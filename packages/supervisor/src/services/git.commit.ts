import { execFileSync } from 'node:child_process';

/** The commit that is checked out in a folder; undefined for a copy without its history. */
export function commitOf(root: string): string | undefined {
  try {
    return execFileSync('git', ['-C', root, 'rev-parse', 'HEAD'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return undefined;
  }
}
