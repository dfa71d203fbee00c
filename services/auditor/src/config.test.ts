import { expect, it } from 'vitest';
import { readConfig } from './config.ts';

it('checks every five seconds and goes round in a minute, when not told otherwise', () => {
  const config = readConfig({ FALKORDB_URL: 'redis://127.0.0.1:6379' });
  expect(config).toMatchObject({ PORT: 8400, GRAPH_CHECK_MS: 5_000, GRAPH_ROUND_MS: 60_000 });
});

it('names every fault of its settings', () => {
  expect(() => readConfig({ GRAPH_CHECK_MS: '1', GRAPH_ROUND_MS: 'soon' })).toThrow(
    /FALKORDB_URL[\s\S]*GRAPH_CHECK_MS[\s\S]*GRAPH_ROUND_MS/,
  );
});
