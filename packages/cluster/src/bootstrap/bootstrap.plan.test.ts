import { expect, test } from 'vitest';
import { judge } from './application.health.ts';
import { planSteps } from './bootstrap.plan.ts';

const wanted = {
  argocdVersion: 'v3.2.11',
  applications: [
    { name: 'cluster', version: 'main' },
    { name: 'cert-manager', version: 'v1.19.1' },
  ],
};

test.each([
  ['an empty cluster of nodes with an identity', false, [], ['argo cd', 'applications']],
  ['an empty one without', false, ['a', 'b'], ['provider key', 'argo cd', 'applications']],
  ['one that Argo CD looks after', true, [], []],
  ['one that lost the key', true, ['a'], ['provider key']],
])('%s', (_what, handedOver, withoutKey, steps) => {
  expect(planSteps({ handedOver, withoutKey }, wanted).map(({ name }) => name)).toEqual(steps);
});

test('a plan names namespaces and versions', () => {
  const said = planSteps({ handedOver: false, withoutKey: ['a', 'b'] }, wanted).map(
    ({ does }) => does,
  );
  expect(said).toEqual([
    'write the key of the provider into a, b',
    'install Argo CD v3.2.11, and wait until it runs',
    'hand over to it: cluster main, cert-manager v1.19.1',
  ]);
});

const sync = { status: 'Synced' };
const health = { status: 'Healthy' };
test.each([
  [undefined, false, 'Argo CD has not looked at it yet'],
  [{ sync, health, conditions: [] }, true, 'Synced, Healthy'],
  [{ sync, health: { status: 'Progressing' }, conditions: [] }, false, 'Synced, Progressing'],
  [
    {
      sync: { status: 'Unknown' },
      health,
      conditions: [{ type: 'ComparisonError', message: 'no such host' }],
    },
    false,
    'Unknown, Healthy: no such host',
  ],
  [
    {
      sync: { status: 'OutOfSync' },
      health: { status: 'Missing' },
      conditions: [],
      operationState: { phase: 'Failed', message: 'one or more objects failed to apply' },
    },
    false,
    'OutOfSync, Missing: one or more objects failed to apply',
  ],
])('of %j is told %s, %s', (status, ready, state) => {
  expect(judge(status)).toEqual({ ready, state });
});
