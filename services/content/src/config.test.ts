import { ConfigError } from '@gospelib/service-kit';
import { expect, it } from 'vitest';
import { readConfig } from './config.ts';

it('needs only the address of the store', () => {
  expect(readConfig({ FALKORDB_URL: 'redis://127.0.0.1:6379' })).toMatchObject({
    HOST: '127.0.0.1',
    PORT: 8100,
    CORPUS_POLL_MS: 200,
  });
});

it('names every fault and no value', () => {
  const read = () =>
    readConfig({ FALKORDB_URL: 'http://secret@host', PORT: '99999', CORPUS_POLL_MS: '1' });
  expect(read).toThrow(ConfigError);
  expect(read).toThrow(/PORT.*FALKORDB_URL.*CORPUS_POLL_MS|FALKORDB_URL.*PORT.*CORPUS_POLL_MS/);
  expect(read).not.toThrow(/secret/);
});
