import type { Environment, ProcessStatus } from '@gospelib/environment';
import { expect, test } from 'vitest';
import { probeServices } from './service.probe.ts';

/** An environment of these processes, none of which answers. */
function environmentOf(...processes: ProcessStatus[]): Environment {
  return {
    place: 'a test',
    status: async () => ({ running: true, ready: false, processes }),
    releases: async () => [],
    ask: () => Promise.reject(new Error('nobody')),
  } as unknown as Environment;
}

test('a job that did its work is not away, one that failed is worth knowing', async () => {
  const environment = environmentOf(
    { name: 'backup-graph', state: 'completed', restarts: 0 },
    { name: 'ingest-e5f4-default', state: 'running', restarts: 0 },
    { name: 'migrations-study', state: 'failed', restarts: 0, reason: 'column x exists' },
    { name: 'study', state: 'not ready', restarts: 3, reason: 'no node takes it' },
  );
  const { findings } = await probeServices(environment, () => {});
  expect(findings.map(({ kind, level, text }) => [kind, level, text])).toEqual([
    ['process-away', 'fault', 'study is not ready: no node takes it.'],
    ['job-failed', 'warning', 'The job migrations-study failed: column x exists.'],
  ]);
});
