import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { baseConfig } from './base.config.ts';
import { ConfigError, defineConfig, readSetting } from './define.config.ts';
import { flagField, listField, redisUrlField } from './fields.config.ts';

function faultsOf(run: () => unknown): readonly { name: string; reason: string }[] {
  try {
    run();
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

describe('defineConfig', () => {
  it('fills in the defaults', () => {
    expect(defineConfig(baseConfig, { PORT: '8100' })).toMatchObject({
      HOST: '127.0.0.1',
      PORT: 8100,
      LOG_LEVEL: 'info',
      OTEL_TRACES_SAMPLER_ARG: 0.1,
    });
  });

  it('reports all faults together, by name', () => {
    const faults = faultsOf(() =>
      defineConfig(baseConfig, { LOG_LEVEL: 'loud', OTEL_TRACES_SAMPLER_ARG: '2' }),
    );
    expect(faults.map((fault) => fault.name).sort()).toEqual([
      'LOG_LEVEL',
      'OTEL_TRACES_SAMPLER_ARG',
      'PORT',
    ]);
    expect(faults.find((fault) => fault.name === 'PORT')?.reason).toBe('is required');
  });

  it('never shows a value', () => {
    const schema = baseConfig.extend({ REDIS_URL: redisUrlField, TOKEN: z.string().length(64) });
    const secrets = { PORT: 'p-secret', REDIS_URL: 'http://:r-secret@h', TOKEN: 't-secret' };
    const faults = faultsOf(() => defineConfig(schema, secrets));
    expect(faults).toHaveLength(3);
    expect(JSON.stringify(faults)).not.toContain('secret');
  });

  it('takes an empty variable as not set and ignores the rest of the environment', () => {
    const config = defineConfig(baseConfig, { PORT: '1', LOG_LEVEL: '', HOME: '/root' });
    expect(config.LOG_LEVEL).toBe('info');
    expect(config).not.toHaveProperty('HOME');
  });

  it('reads lists and flags', () => {
    const schema = z.object({ ORIGINS: listField.default([]), TRUST: flagField.default(false) });
    expect(
      defineConfig(schema, { ORIGINS: 'https://a.example, ,https://b.example', TRUST: 'yes' }),
    ).toEqual({
      ORIGINS: ['https://a.example', 'https://b.example'],
      TRUST: true,
    });
    expect(defineConfig(schema, {})).toEqual({ ORIGINS: [], TRUST: false });
  });

  it('reads what is a file in SECRETS_DIR, anew each time; a variable comes first', () => {
    const folder = mkdtempSync(join(tmpdir(), 'secrets-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const schema = z.object({ REDIS_URL: redisUrlField, TOKEN: z.string() });
    const env = { SECRETS_DIR: folder, TOKEN: 'of the environment' };
    expect(faultsOf(() => defineConfig(schema, env))).toEqual([
      { name: 'REDIS_URL', reason: 'is required' },
    ]);
    writeFileSync(join(folder, 'REDIS_URL'), 'redis://one\n');
    writeFileSync(join(folder, 'TOKEN'), 'of the file');
    expect(defineConfig(schema, env)).toEqual({
      REDIS_URL: 'redis://one',
      TOKEN: 'of the environment',
    });
    writeFileSync(join(folder, 'REDIS_URL'), 'redis://two');
    expect(readSetting(env, 'REDIS_URL')).toBe('redis://two');
  });
});
