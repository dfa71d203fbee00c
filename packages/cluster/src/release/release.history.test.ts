import type { Release } from '@gospelib/environment';
import { releaseBefore } from '@gospelib/environment';
import { expect, test } from 'vitest';
import { type ReplicaSet, replicaSet, type Workload, workload } from '../kube/kube.objects.ts';
import { imagesOf, releaseHistory } from './release.history.ts';

const deployment = (name: string, reason: string, lastUpdateTime = ''): Workload =>
  workload.parse({
    kind: 'Deployment',
    metadata: { name, creationTimestamp: '2026-01-01T00:00:00Z' },
    spec: { selector: { matchLabels: {} }, template: { spec: { containers: [] } } },
    status: { conditions: [{ type: 'Progressing', status: 'True', reason, lastUpdateTime }] },
  });

const revision = (name: string, number: number, at: string, readyReplicas = 0): ReplicaSet =>
  replicaSet.parse({
    kind: 'ReplicaSet',
    metadata: {
      name: `${name}-${number}`,
      creationTimestamp: at,
      annotations: { 'deployment.kubernetes.io/revision': String(number) },
      ownerReferences: [{ kind: 'Deployment', name }],
    },
    spec: { template: { spec: { containers: [{ name: 'main', image: `${name}@${at}` }] } } },
    status: { readyReplicas },
  });

const first = '2026-01-01T00:00:00Z';
const second = '2026-01-02T00:00:00Z';
const roots = (releases: readonly Release[]) => releases.map(({ root }) => root);

test('Deployments that change together are one release; what does not change belongs to both', () => {
  const releases = releaseHistory(
    [deployment('a', 'NewReplicaSetAvailable'), deployment('b', 'NewReplicaSetAvailable')],
    [
      revision('a', 1, first),
      revision('b', 1, '2026-01-01T00:00:30Z', 1),
      revision('a', 2, second, 1),
    ],
  );
  expect(roots(releases)).toEqual([
    `a=a@${second} b=b@2026-01-01T00:00:30Z`,
    `a=a@${first} b=b@2026-01-01T00:00:30Z`,
  ]);
  expect(releases.map(({ cameUp }) => cameUp)).toEqual([true, false]);
  expect(imagesOf(releases[0] as Release)).toEqual({
    a: `a@${second}`,
    b: 'b@2026-01-01T00:00:30Z',
  });
});

test('of a release that never becomes ready, the one before is known to answer by its pods', () => {
  const releases = releaseHistory(
    [deployment('a', 'ProgressDeadlineExceeded')],
    [revision('a', 1, first, 1), revision('a', 2, second)],
  );
  expect(releases.map(({ cameUp }) => cameUp)).toEqual([false, true]);
  expect(releaseBefore(releases)?.root).toBe(`a=a@${first}`);
});

test('a return to an older image is the newest release, at its own time', () => {
  const third = '2026-01-03T00:00:00Z';
  const releases = releaseHistory(
    [deployment('a', 'NewReplicaSetAvailable', third)],
    [revision('a', 3, first, 1), revision('a', 2, second)],
  );
  expect(releases[0]).toMatchObject({ at: '2026-01-03T00:00:00.000Z', root: `a=a@${first}` });
});
