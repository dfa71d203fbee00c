import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { imagesPath } from '../ship/image.set.ts';
import { type PersonClone, personClone } from './person.clone.ts';

const services = ['content', 'gateway', 'study'] as const;

/** A digest that is easily told from another one. */
export const digest = (character: string): string => `sha256:${character.repeat(64)}`;
export const image = (name: string, character: string) => ({
  repository: `registry.test/gospelib-${name}`,
  digest: digest(character),
});

export interface ReleaseRepository extends PersonClone {
  /** The clone. */
  root: string;
  remote: string;
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
  const { git, push } = personClone(root, remote);
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
