import { ConfigError } from '@gospelib/service-kit';
import { expect, it } from 'vitest';
import { readConfig } from './config.ts';

const env = {
  DATABASE_URL: 'postgresql://study_service:pw-hidden@127.0.0.1/gospelib',
  PUBLIC_URL: 'https://gospelib.example',
  ACCOUNTS_URL: 'http://127.0.0.1:8200',
  INTERNAL_SECRET: 'x'.repeat(32),
};

it('listens on 8300 unless told otherwise', () => {
  expect(readConfig(env)).toMatchObject({
    PORT: 8300,
    HOST: '127.0.0.1',
    DATABASE_CONNECTIONS: 16,
  });
});

it.each(Object.keys(env))('has no default for %s', (name) => {
  expect(() => readConfig({ ...env, [name]: undefined })).toThrow(ConfigError);
});

it('names every fault and shows no value', () => {
  try {
    readConfig({ ...env, DATABASE_URL: 'mysql://hidden', INTERNAL_SECRET: 'hidden', PORT: '0' });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    expect(error.faults.map(({ name }) => name).sort()).toEqual([
      'DATABASE_URL',
      'INTERNAL_SECRET',
      'PORT',
    ]);
    expect(JSON.stringify(error.faults)).not.toContain('hidden');
    return;
  }
  throw new Error('the configuration was accepted');
});
