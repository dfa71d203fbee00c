import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { imagesPath } from '../ship/image.set.ts';

const services = ['content', 'gateway', 'study'] as const;

/** A digest that is easily told from another one. */
export const digest = (character: string): string => `sha256:${character.repeat(64)}`;
export const image = (name: string, character: string) => ({
  repository: `registry.test/gospelib-${name}`,
  digest: digest(character),
});

/** A clone, its remote, and what a person does in it. */
export interface ReleaseRepository {
  /** The clone. */
  root: string;
  remote: string;
  git(...args: string[]): string;
  /** Writes files, commits and pushes them to a branch; the commit. */
  push(branch: string, message: string, files: Readonly<Record<string, string>>): string;
}

/** `infra/k8s/overlays/<environment>/images`, with one digest for all. */
export function imagesFile(character: string): string {
  const entries = services.map(
    (name) =>
      `  - name: gospelib-${name}\n    newName: registry.test/gospelib-${name}\n    digest: ${digest(character)}\n`,
  );
  return `# The one file of a release.\napiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nimages:\n${entries.join('')}`;
}

/** A bare repository with the branches main and stage, and a clone of it; both go with the test. */
export function releaseRepository(): ReleaseRepository {
  const folder = mkdtempSync(join(tmpdir(), 'gospelib-release-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [root, remote] = [join(folder, 'clone'), join(folder, 'remote.git')];
  const identity = ['-c', 'user.name=t', '-c', 'user.email=t@t', '-c', 'commit.gpgsign=false'];
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', root, ...identity, ...args], {
      encoding: 'utf8',
      stdio: 'pipe',
    }).trim();
  execFileSync('git', ['init', '-q', '--bare', '-b', 'main', remote]);
  execFileSync('git', ['init', '-q', '-b', 'main', root]);
  git('remote', 'add', 'origin', remote);
  const push = (branch: string, message: string, files: Readonly<Record<string, string>>) => {
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
  writeFileSync(join(root, 'README.md'), 'one\n');
  git('add', '-A');
  git('commit', '-qm', 'docs: one');
  push('main', 'feat: a platform', {
    [imagesPath('staging')]: imagesFile('0'),
    [imagesPath('production')]: imagesFile('0'),
    'infra/k8s/base/limit.yaml': 'limit: 1\n',
    'services/study/migrations/0001_marks.up.sql': '-- @reversible yes\n-- @down-loses nothing\n',
  });
  git('branch', 'stage');
  git('push', '-q', 'origin', 'stage');
  return { root, remote, git, push };
}
