import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrate } from '@gospelib/database';
import type { Service } from '@gospelib/service-kit';
import { startTestPostgres } from '@gospelib/testkit';
import { vi } from 'vitest';
import './cheap.passwords.ts';
import { buildApp } from '../app.ts';
import { type AccountsConfig, readConfig } from '../config.ts';
import { Browser } from './browser.ts';

export const migrations = {
  schema: 'accounts',
  folder: fileURLToPath(new URL('../../migrations', import.meta.url)),
};

export const origin = 'http://localhost:8080';
export const internalSecret = 'internal-secret-of-the-tests-0123456789';
export const goodPassword = 'liahona compass 71';

export const servicePassword = 'service-password-of-the-tests';

/** The address as the service's own role. */
function asService(ownerUrl: string): string {
  const url = new URL(ownerUrl);
  url.username = 'accounts_service';
  url.password = servicePassword;
  return url.href;
}

/** The environment of the service, with mails in a folder. */
export function accountsEnv(ownerUrl: string, outbox: string): Record<string, string> {
  return {
    PORT: '26000',
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
    DATABASE_URL: asService(ownerUrl),
    PUBLIC_URL: origin,
    AUTH_SECRETS: '1:a-secret-for-tests-only-4f8a0c92d1e7b365',
    INTERNAL_SECRET: internalSecret,
    MAIL_OUTBOX_DIR: outbox,
  };
}

export interface MailFile {
  at: string;
  to: string;
  subject: string;
  text: string;
}

export interface Harness {
  app: Service;
  ownerUrl: string;
  /** The process of the store. */
  storePid: number;
  config: AccountsConfig;
  /** The mails to an address, oldest first, once there are at least `atLeast`. */
  mails(to: string, atLeast?: number): Promise<MailFile[]>;
  browser(address?: string): Browser;
  /** Creates an account, confirms it and signs in. */
  signedIn(email: string, address?: string): Promise<Browser>;
  /** Another instance of the service on the same store. */
  another(change?: Record<string, string>): Promise<Service>;
  close(): Promise<void>;
}

/** The real service on a real PostgreSQL, with mails in a folder. */
export async function startHarness(change: Record<string, string> = {}): Promise<Harness> {
  const store = await startTestPostgres();
  const outbox = mkdtempSync(join(tmpdir(), 'accounts-outbox-'));
  await migrate({ ...migrations, url: store.url, role: { password: servicePassword } });
  const env = { ...accountsEnv(store.url, outbox), ...change };
  const config = readConfig(env);
  const others: Service[] = [];
  const app = await buildApp(config);
  await app.ready();

  const harness: Harness = {
    app,
    ownerUrl: store.url,
    storePid: store.pid,
    config,
    async mails(to, atLeast = 1) {
      const found = () => readOutbox(outbox).filter((mail) => mail.to === to);
      await vi.waitUntil(() => found().length >= atLeast, { timeout: 60_000, interval: 20 });
      return found();
    },
    browser: (address = '127.0.0.1') => new Browser(app, origin, address),
    async signedIn(email, address) {
      const browser = harness.browser(address);
      const body = { email, password: goodPassword, name: 'Somebody' };
      const before = readOutbox(outbox).filter((mail) => mail.to === email).length;
      await browser.post('/api/v1/auth/sign-up/email', body, 200);
      const mail = (await harness.mails(email, before + 1)).at(-1);
      const proof = { token: tokenIn(mail), password: goodPassword };
      await browser.post('/api/v1/auth/verify-email', proof, 204);
      await browser.post('/api/v1/auth/sign-in/email', { email, password: goodPassword }, 200);
      return browser;
    },
    async another(more = {}) {
      const other = await buildApp(readConfig({ ...env, ...more }));
      others.push(other);
      await other.ready();
      return other;
    },
    async close() {
      for (const one of [app, ...others]) await one.close();
      await store.stop();
      rmSync(outbox, { recursive: true, force: true });
    },
  };
  return harness;
}

/** The link of a mail. */
function linkIn(mail: MailFile | undefined): string {
  const link = /https?:\/\/\S+/.exec(mail?.text ?? '')?.[0];
  if (link === undefined) throw new Error('The mail holds no link.');
  return link;
}

/** The token of a link to confirm an address or to choose a password. */
export function tokenIn(mail: MailFile | undefined): string {
  return linkIn(mail).split('#token=')[1] ?? '';
}

function readOutbox(folder: string): MailFile[] {
  const names = readdirSync(folder).filter((name) => !name.startsWith('.'));
  return names.sort().map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
}
