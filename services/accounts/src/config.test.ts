import { ConfigError } from '@gospelib/service-kit';
import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';

const good = {
  DATABASE_URL: 'postgresql://accounts_service:x@127.0.0.1:5432/gospelib',
  PUBLIC_URL: 'http://localhost:8080',
  AUTH_SECRETS: `2:${'b'.repeat(40)},1:${'a'.repeat(40)}`,
  INTERNAL_SECRET: 'i'.repeat(40),
  MAIL_OUTBOX_DIR: 'outbox',
};

function faultsOf(change: Record<string, string | undefined>): string[] {
  try {
    readConfig({ ...good, ...change });
  } catch (error) {
    if (error instanceof ConfigError) return error.faults.map(({ name }) => name);
    throw error;
  }
  return [];
}

describe('readConfig', () => {
  it('reads what is needed and fills in the rest', () => {
    const config = readConfig(good);
    expect(config).toMatchObject({
      PORT: 8200,
      TOKEN_LIFETIME_SECONDS: 300,
      MAIL_OUTBOX_DAYS: 7,
      mail: { outboxDir: 'outbox' },
      oidc: undefined,
    });
    expect(config.AUTH_SECRETS.map(({ version }) => version)).toEqual([2, 1]);
  });

  it('has no default secret', () => {
    const names = ['AUTH_SECRETS', 'DATABASE_URL', 'INTERNAL_SECRET', 'PUBLIC_URL'];
    const unset = Object.fromEntries(names.map((name) => [name, undefined]));
    expect(faultsOf(unset).sort()).toEqual(names);
  });

  it.each([
    [{ AUTH_SECRETS: 'x'.repeat(40) }, 'AUTH_SECRETS'],
    [{ AUTH_SECRETS: '1:short' }, 'AUTH_SECRETS'],
    [{ AUTH_SECRETS: `1:${'a'.repeat(40)},1:${'b'.repeat(40)}` }, 'AUTH_SECRETS'],
    [{ INTERNAL_SECRET: 'short' }, 'INTERNAL_SECRET'],
    [{ PUBLIC_URL: 'http://localhost:8080/' }, 'PUBLIC_URL'],
    [{ PUBLIC_URL: 'localhost' }, 'PUBLIC_URL'],
    [{ TRUSTED_ORIGINS: 'http://a.example/path' }, 'TRUSTED_ORIGINS'],
    [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL'],
    [{ TOKEN_LIFETIME_SECONDS: '601' }, 'TOKEN_LIFETIME_SECONDS'],
    [{ MAIL_OUTBOX_DIR: undefined }, 'SMTP_URL'],
    [{ SMTP_URL: 'smtp://localhost' }, 'SMTP_URL'],
    [{ OIDC_CLIENT_ID: 'gospelib' }, 'OIDC_CLIENT_ID'],
  ])('refuses %j', (change, name) => {
    expect(new Set(faultsOf(change))).toEqual(new Set([name]));
  });
});
