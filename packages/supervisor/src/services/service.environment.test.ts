import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { platform, serviceNames } from '@gospelib/platform';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { folders, type LocalConfig } from '../config/local.config.ts';
import { localConfig } from '../testing/repository.ts';
import { noteAgent } from './agent.note.ts';
import { serviceEnvironment } from './service.environment.ts';

const stores = {
  falkordb: 'redis://:graph-secret@127.0.0.1:1',
  redis: 'redis://:cache-secret@127.0.0.1:2',
  postgresql: 'postgresql://owner:owner-secret@127.0.0.1:3/gospelib?sslmode=disable',
};

let folder: string;
let config: LocalConfig;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gospelib-services-'));
  const env = { SMTP_URL: 'smtp://mail-secret@mail', AWS_SECRET_ACCESS_KEY: 's3-secret' };
  config = localConfig({ data: folder }, { ...env, PATH: '/bin' });
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const environmentOf = (name: string, of = config) => serviceEnvironment(of, name, stores);

test.each(serviceNames(platform))('%s is told no secret but its own', (name) => {
  const told = JSON.stringify(environmentOf(name));
  const own: Readonly<Record<string, readonly string[]>> = {
    'owner-secret': [],
    'graph-secret': ['content', 'auditor'],
    'cache-secret': ['gateway', 'accounts', 'study'],
    'mail-secret': ['accounts'],
    's3-secret': [],
  };
  for (const [secret, owners] of Object.entries(own)) {
    expect(told.includes(secret), `${secret} in ${name}`).toBe(owners.includes(name));
  }
  expect('AUTH_SECRETS' in environmentOf(name)).toBe(name === 'accounts');
  expect('INTERNAL_SECRET' in environmentOf(name)).toBe(['accounts', 'study'].includes(name));
});

test('a service reaches PostgreSQL with its own role and password, not with another’s', () => {
  const [accounts, study] = (['accounts', 'study'] as const).map(
    (name) => new URL(environmentOf(name).DATABASE_URL ?? ''),
  );
  expect(accounts?.username).toBe('accounts_service');
  expect(study?.username).toBe('study_service');
  expect(study?.password).not.toBe(accounts?.password);
  expect(study?.search).toBe('?sslmode=disable');
});

test('secrets are made once, and only their owner can read them', () => {
  const first = environmentOf('accounts').AUTH_SECRETS;
  expect(first).toMatch(/^1:[\w-]{43}$/);
  expect(environmentOf('accounts').AUTH_SECRETS).toBe(first);
  const secrets = folders.secrets(config);
  const files = readdirSync(secrets).map((name) => join(secrets, name));
  expect(files.length).toBeGreaterThan(2);
  for (const file of files) expect(statSync(file).mode & 0o077).toBe(0);
  expect(statSync(secrets).mode & 0o077).toBe(0);
});

test('mail goes to the server of the environment, else into a folder', () => {
  expect(environmentOf('accounts')).toMatchObject({ SMTP_URL: 'smtp://mail-secret@mail' });
  const alone = environmentOf('accounts', localConfig({ data: folder }, {}));
  expect(alone.MAIL_OUTBOX_DIR).toBe(join(folder, 'mail'));
  expect('SMTP_URL' in alone).toBe(false);
});

test('a service is told which commit it was built from, as the operator says or as git knows', () => {
  expect(environmentOf('content').GOSPELIB_REVISION).toMatch(/^[0-9a-f]{40}$/);
  const told = localConfig({ data: folder }, { GOSPELIB_REVISION: 'release-7' });
  expect(environmentOf('content', told).GOSPELIB_REVISION).toBe('release-7');
});

test('services send to the agent of this machine while there is one, and to another where the operator says so', () => {
  const sentTo = (of = config) => environmentOf('gateway', of).OTEL_EXPORTER_OTLP_ENDPOINT;
  expect(sentTo()).toBeUndefined();
  noteAgent(config, {
    otlp: 'http://localhost:4318',
    faro: 'http://localhost:12347/collect',
    jobs: 'http://localhost:9091',
    profiles: 'http://localhost:4040',
  });
  expect(sentTo()).toBe('http://localhost:4318');
  expect(environmentOf('reader').FARO_URL).toBe('http://localhost:12347/collect');
  const chosen = { OTEL_EXPORTER_OTLP_ENDPOINT: 'https://elsewhere.example' };
  expect(sentTo({ ...config, env: { ...config.env, ...chosen } })).toBe(
    'https://elsewhere.example',
  );
  noteAgent(config, undefined);
  expect(sentTo()).toBeUndefined();
});
