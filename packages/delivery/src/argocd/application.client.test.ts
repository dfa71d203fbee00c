import { expect, test } from 'vitest';
import { parseApplication } from './application.client.ts';

const status = {
  sync: { status: 'Synced', revision: 'c0ffee' },
  health: { status: 'Healthy', lastTransitionTime: '2026-01-01T00:02:00Z' },
  operationState: {
    phase: 'Succeeded',
    message: 'successfully synced',
    finishedAt: '2026-01-01T00:01:00Z',
  },
};

test('an Application tells since when it is synced and healthy', () => {
  const spec = { source: { targetRevision: 'stage' } };
  expect(parseApplication({ metadata: {}, spec, status })).toEqual({
    revision: 'c0ffee',
    sync: 'Synced',
    syncedAt: '2026-01-01T00:01:00Z',
    health: 'Healthy',
    healthSince: '2026-01-01T00:02:00Z',
    isSyncing: false,
    isPaused: false,
    isAsked: false,
    follows: 'stage',
    complaint: undefined,
  });
});

test('a sync that retries, a pause and a fault are seen', () => {
  const failing = { ...status, operationState: { phase: 'Running', message: 'retrying' } };
  expect(parseApplication({ metadata: {}, operation: {}, status: failing }).isSyncing).toBe(true);
  const annotations = { 'argocd.argoproj.io/skip-reconcile': 'true' };
  const failed = { ...status, operationState: { phase: 'Failed', message: 'a job failed' } };
  expect(parseApplication({ metadata: { annotations }, status: failed })).toMatchObject({
    isPaused: true,
    complaint: 'a job failed',
  });
  expect(parseApplication({ metadata: {} })).toMatchObject({ sync: 'Unknown', health: 'Unknown' });
});
