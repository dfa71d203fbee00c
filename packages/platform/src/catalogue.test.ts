import { expect, test } from 'vitest';
import { portOf, processNames, schemaNames, secretVariables, storesOf } from './catalogue.lists.ts';
import { platform } from './catalogue.ts';

const entries = [...Object.entries(platform.services), ...Object.entries(platform.jobs)];
const settings = entries.flatMap(([name, { environment }]) =>
  Object.entries(environment).map(([variable, setting]) => ({ name, variable, setting })),
);

test('ports, their variables and their offsets are told apart, and lie within a hundred', () => {
  const ports = processNames(platform).map((name) => portOf(platform, name));
  for (const field of ['variable', 'usual', 'offset'] as const) {
    expect(new Set(ports.map((port) => port[field])).size).toBe(ports.length);
  }
  expect(Math.max(...ports.map(({ offset }) => offset))).toBeLessThan(100);
});

test('what an entry refers to is in the catalogue', () => {
  const dangling = settings.filter(
    ({ setting }) =>
      (setting.from === 'service' && platform.services[setting.service] === undefined) ||
      (setting.from === 'secret' && platform.secrets[setting.secret] === undefined) ||
      (setting.from === 'store' && platform.stores[setting.store] === undefined),
  );
  expect(settings.length).toBeGreaterThan(10);
  expect(dangling).toEqual([]);
});

test('a store is told by the variable by which operators give its address', () => {
  const wrong = settings.filter(
    ({ variable, setting }) =>
      setting.from === 'store' && platform.stores[setting.store].addressVariable !== variable,
  );
  expect(wrong).toEqual([]);
});

test('who owns a schema is told where PostgreSQL is, has a password for it and a program that migrates it', () => {
  const owners = schemaNames(platform);
  expect(owners.length).toBeGreaterThan(0);
  for (const name of owners) {
    const entry = platform.services[name];
    expect(entry && storesOf(entry)).toContain('postgresql');
    expect(entry?.programs).toContain('migrate');
    expect(platform.secrets).toHaveProperty(`${name}-database`);
  }
});

test('addresses of stores and what carries secrets are known as secret; addresses of services are not', () => {
  const secret = secretVariables(platform);
  expect([...secret]).toEqual(
    expect.arrayContaining(['DATABASE_URL', 'AUTH_SECRETS', 'SMTP_URL', 'OIDC_CLIENT_SECRET']),
  );
  expect(secret.has('ACCOUNTS_URL')).toBe(false);
});

test('a limit of memory is no less than what is requested', () => {
  const wrong = [...entries, ...Object.entries(platform.stores)].filter(
    ([, { resources }]) => resources.memoryLimitMi < resources.memoryMi,
  );
  expect(wrong).toEqual([]);
});

test('nobody is told where the auditor is: its absence stops nothing', () => {
  expect(platform.services.auditor?.instances).toBe('one');
  expect(
    settings.filter(({ setting }) => setting.from === 'service' && setting.service === 'auditor'),
  ).toEqual([]);
});
