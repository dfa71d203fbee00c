import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { releaseRepository } from '../testing/release.repository.ts';
import { releaseSets } from './release.set.ts';

const hasKubectl = spawnSync('kubectl', ['version', '--client']).status === 0;
if (!hasKubectl) console.warn('SKIPPED: sets are not compared, since kubectl is missing.');

const BASE = 'infra/k8s/base/deployment.yaml';
const STAGING = 'infra/k8s/overlays/staging/kustomization.yaml';
const deployment = (replicas: number, limit: number) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: content}\nspec:\n  replicas: ${replicas}\n  limit: ${limit}\n`;
const parity = { differences: [{ paths: ['Deployment/content spec.replicas'], why: 'one node' }] };

test.skipIf(!hasKubectl)(
  'a set is what is rendered, but for what may differ between environments; and migrations',
  async () => {
    const { root, push } = releaseRepository();
    const commit = (path: string, text: string) => push('stage', 'feat: more', { [path]: text });
    push('stage', 'feat: parity', { 'infra/parity.json': JSON.stringify(parity) });
    push('stage', 'feat: a base', {
      'infra/k8s/base/kustomization.yaml': 'resources: [deployment.yaml]\n',
    });
    push('stage', 'feat: an overlay', { [STAGING]: 'resources: [../../base]\n' });
    const first = commit(BASE, deployment(1, 1));
    const same = [
      commit(BASE, deployment(2, 1)),
      commit(BASE, `# Why.\n${deployment(3, 1)}`),
      commit('infra/k8s/overlays/production/extra.yaml', 'limit: 3\n'),
      commit('README.md', 'two\n'),
    ];
    const others = [
      commit(BASE, deployment(3, 2)),
      commit(STAGING, 'resources: [../../base]\nnamePrefix: new-\n'),
      commit('services/study/migrations/0002_tags.up.sql', '-- @reversible yes\n'),
    ];
    const setOf = await releaseSets(root, [first, ...same, ...others, 'f'.repeat(40)], 'staging');
    expect(setOf(first)).toMatch(/^[0-9a-f]{16}$/);
    for (const one of same) expect(setOf(one)).toBe(setOf(first));
    expect(new Set([first, ...others].map(setOf)).size).toBe(4);
    expect(setOf('f'.repeat(40))).toBeUndefined();
  },
);
