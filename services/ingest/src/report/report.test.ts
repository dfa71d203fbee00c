import { expect, it, vi } from 'vitest';
import { ConfigError, readConfig } from '../config.ts';
import type { IngestReport } from './ingest.report.ts';
import { progressOutput } from './progress.output.ts';
import { reportTable } from './report.table.ts';
import { StageRecorder } from './stage.recorder.ts';

const report: IngestReport = {
  outcome: 'ingested',
  version: '0123456789ab-default',
  edition: 'default',
  reason: 'There are no SWORD modules.',
  stages: [{ stage: 'crossref', records: 386_550, edges: 386_473, rejects: 77, seconds: 0.25 }],
  mends: [{ rule: 'references-to-self', records: 45, note: 'Dropped.' }],
  sources: [],
  counts: { nodes: {}, edges: {} },
  totals: { nodes: 60_235, edges: 776_278 },
  checksum: 'f'.repeat(64),
  checksums: { nodes: {}, edges: {}, books: {} },
  seconds: 5.5,
  bulkSeconds: 0.75,
  peakMemoryMb: 500,
  storeMemoryMb: 250,
  dropped: [],
};

it('shows a person stages, repairs and totals', () => {
  const table = reportTable(report);
  for (const text of [
    'crossref',
    '386,550',
    '77',
    'references-to-self',
    '60,235 nodes',
    '0.75 s of it in GRAPH.BULK',
    'verified and active',
  ]) {
    expect(table).toContain(text);
  }
});

it('records what a stage counted and tells its progress', async () => {
  const events: string[] = [];
  const recorder = new StageRecorder(({ stage, done, total }) =>
    events.push(`${stage} ${done}/${total}`),
  );
  const result = await recorder.run(
    'names',
    (progress) => {
      progress(2, 4);
      return [1, 2, 3];
    },
    ({ length }) => ({ records: length, rejects: 1 }),
  );
  expect(result).toEqual([1, 2, 3]);
  expect(recorder.stages).toEqual([
    { stage: 'names', records: 3, edges: 0, rejects: 1, seconds: expect.any(Number) },
  ]);
  expect(events).toEqual(['names 0/1', 'names 2/4', 'names 1/1']);
});

it('writes progress as lines of JSON', () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  progressOutput('ndjson').show({ stage: 'load', done: 1, total: 2 });
  expect(log).toHaveBeenCalledWith('{"event":"progress","stage":"load","done":1,"total":2}');
  log.mockRestore();
});

it('reads the environment and names its faults without their values', () => {
  expect(readConfig({ FALKORDB_URL: 'redis://:s@127.0.0.1:6379', GOSPELIB_SWORD: '' })).toEqual({
    FALKORDB_URL: 'redis://:s@127.0.0.1:6379',
  });
  const read = () => readConfig({ FALKORDB_URL: 'http://secret@example.org' });
  expect(read).toThrow(ConfigError);
  expect(read).toThrow(/FALKORDB_URL must be an address/);
  expect(read).not.toThrow(/secret/);
});
