import { expect, test } from 'vitest';
import { podTrouble } from './release.pods.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const set = { 'gospelib-gateway': { repository: 'registry.test/gospelib-gateway', digest } };
const image = `registry.test/gospelib-gateway@${digest}`;

/** A pod as `kubectl get pods -o json` answers it. */
const pod = (state: object, { restartCount = 0, runs = image } = {}) => ({
  items: [
    {
      metadata: { name: 'gateway-1' },
      spec: { containers: [{ image: runs }] },
      status: { containerStatuses: [{ image: runs, restartCount, state }] },
    },
  ],
});
const waiting = (reason: string, message = '') => ({ waiting: { reason, message } });

test('a pod that runs, or starts, is no trouble', () => {
  for (const state of [{ running: {} }, waiting('ContainerCreating')]) {
    expect(podTrouble(pod(state), set)).toEqual({ falls: undefined, unpullable: undefined });
  }
});

test.each([
  ['ErrImagePull', `failed to resolve reference "${image}": ${image}: not found`, false],
  ['ImagePullBackOff', `Back-off pulling image: failed to authorize: 403 Forbidden`, false],
  ['ErrImagePull', 'dial tcp 10.0.0.1:5000: connect: connection refused', true],
  ['ErrImagePull', 'dial tcp: lookup registry.test: no such host', true],
  ['ErrImagePull', 'unexpected status from HEAD request to https://registry.test/v2/: 503 ', true],
])('%s: %s', (reason, words, isRegistryAway) => {
  expect(podTrouble(pod(waiting(reason, words)), set).unpullable).toEqual({
    words: `gateway-1: ${words.trim()}`,
    isRegistryAway,
  });
});

test('a pod that falls again and again is told, one that fell once is not', () => {
  const fell = { terminated: { exitCode: 1 } };
  expect(podTrouble(pod(fell), set).falls).toBeUndefined();
  expect(podTrouble(pod(fell, { restartCount: 2 }), set).falls).toContain('2 times');
  expect(podTrouble(pod(waiting('CrashLoopBackOff'), { restartCount: 3 }), set).falls).toContain(
    '3',
  );
});

test('pods of other images are not looked at', () => {
  const other = pod(waiting('CrashLoopBackOff'), { runs: 'registry.test/other@sha256:b' });
  expect(podTrouble(other, set)).toEqual({ falls: undefined, unpullable: undefined });
});
