import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { namespaceObjects, warningEvents } from '../kube/kube.objects.ts';
import { describeNamespace, lastWords } from './cluster.status.ts';

/** As a Kubernetes 1.35 answered about a namespace where most of it was broken on purpose. */
const recorded = (name: string): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../testing/recorded', name), 'utf8'));
const { items } = namespaceObjects.parse(recorded('workloads.json'));
const { items: events } = warningEvents.parse(recorded('events.json'));
const now = Date.parse('2026-11-28T06:26:00Z');
const memory = new Map(
  items.flatMap(({ kind, metadata }) =>
    kind === 'Pod' && metadata.name.includes('gateway') ? [[metadata.name, 50]] : [],
  ),
);
const { workloads, jobs } = describeNamespace(items, events, memory, now);
const of = (name: string) => workloads.find((one) => one.name === name);

test('what is ready tells how many of it are, since when, and their memory together', () => {
  expect(of('gateway')).toEqual({
    name: 'gateway',
    state: 'ready',
    instances: { ready: 2, wanted: 2 },
    restarts: 0,
    uptime: 132,
    memory: 100,
  });
});

test.each([
  [
    'accounts',
    'not ready',
    /^its image registry\.example.*@sha256:7032\w+ cannot be pulled: not found$/,
  ],
  ['study', 'not ready', /^it ends with exit code 1, started again \d times$/],
  ['auditor', 'not ready', /^no node takes it: 0\/1 nodes are available: 1 Insufficient memory$/],
  ['reader', 'not ready', /more memory than its limit.*OOMKilled/],
])('%s is %s, and why is told', (name, state, reason) => {
  expect(of(name)).toMatchObject({ state, reason: expect.stringMatching(reason) });
});

test('whose last words tell more is named: of a container that falls', () => {
  const named = workloads.flatMap(({ name, fallen }) => (fallen ? [[name, fallen.container]] : []));
  expect(named).toEqual([
    ['study', 'study'],
    ['reader', 'reader'],
  ]);
});

test('a store outside the namespace is external, a service that is not there is missing', () => {
  expect(of('postgresql')?.state).toBe('external');
  const fewer = items.filter(({ metadata }) => !metadata.name.startsWith('gospelib-gateway'));
  const found = describeNamespace(fewer, [], new Map(), now).workloads;
  expect(found.find(({ name }) => name === 'gateway')).toMatchObject({
    state: 'stopped',
    reason: 'the namespace has no such Deployment',
  });
});

test('a job that failed is told with its run', () => {
  expect(jobs).toEqual([
    {
      name: 'migrate',
      state: 'failed',
      restarts: 0,
      reason: 'Job has reached the specified backoff limit',
      failedRun: 'gospelib-migrate',
    },
  ]);
});

test('of a stack, the words of the fault are told', () => {
  const log = `Error: Cannot find module '/migrate.js'
    at Module._resolveFilename (node:internal/modules/cjs/loader:1420:15) {
  code: 'MODULE_NOT_FOUND',
  requireStack: []
}

Node.js v24.21.0
`;
  expect(lastWords(log)).toBe(
    "Error: Cannot find module '/migrate.js' | code: 'MODULE_NOT_FOUND', | requireStack: []",
  );
  expect(lastWords('\n\n')).toBe('');
});

test('an empty namespace has no processes at all', () => {
  expect(describeNamespace([], [], new Map(), now)).toEqual({ workloads: [], jobs: [] });
});
