import { randomUUID, randomUUIDv7 } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { type MigrationTarget, migrate } from '@gospelib/database';
import type { Service } from '@gospelib/service-kit';
import { startTestPostgres } from '@gospelib/testkit';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { type AppOptions, buildApp } from '../app.ts';
import { readConfig } from '../config.ts';
import { type AccountsDouble, internalSecret, issuer, startAccounts } from './accounts.double.ts';

export const migrationsFolder: string = fileURLToPath(new URL('../../migrations', import.meta.url));
export const servicePassword = 'for-tests-only';

/** The study schema of a PostgreSQL, as its owner connects to it. */
export function schemaOf(ownerUrl: string): MigrationTarget {
  return { url: ownerUrl, schema: 'study', folder: migrationsFolder };
}

/** The address with the service's own role. */
export function serviceUrl(ownerUrl: string): string {
  const url = new URL(ownerUrl);
  url.username = 'study_service';
  url.password = servicePassword;
  return url.href;
}

/** Migrates the schema and sets the password of the service's role. */
export async function prepareSchema(ownerUrl: string): Promise<void> {
  await migrate({ ...schemaOf(ownerUrl), role: { password: servicePassword } });
}

export function studyEnv(ownerUrl: string, accountsUrl: string): Record<string, string> {
  return {
    PORT: '27300',
    LOG_LEVEL: 'silent',
    DATABASE_URL: serviceUrl(ownerUrl),
    PUBLIC_URL: issuer,
    ACCOUNTS_URL: accountsUrl,
    INTERNAL_SECRET: internalSecret,
    DELETIONS_POLL_MS: '3600000',
  };
}

/** Sends requests as one reader. */
export type Reader = (
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<LightMyRequestResponse>;

export interface World {
  app: Service;
  accounts: AccountsDouble;
  ownerUrl: string;
  /** A reader with a new or given id; POST gets a new idempotency key unless one is given. */
  reader(userId?: string): Promise<Reader>;
  close(): Promise<void>;
}

/** The service on a real PostgreSQL, its replies checked against their schemas. */
export async function startWorld(options: AppOptions = {}): Promise<World> {
  const postgres = await startTestPostgres();
  const accounts = await startAccounts();
  await prepareSchema(postgres.url);
  const config = readConfig(studyEnv(postgres.url, accounts.url));
  const app = await buildApp(config, { validateReplies: true, ...options });
  await app.ready();
  return {
    app,
    accounts,
    ownerUrl: postgres.url,
    reader: async (userId = `user-${randomUUID()}`) => readerOf(app, await accounts.token(userId)),
    async close() {
      await app.close();
      await accounts.close();
      await postgres.stop();
    },
  };
}

/** A reader with this token. */
export function readerOf(app: Service, token: string): Reader {
  return (method, path, body, headers = {}) => {
    const options: InjectOptions = {
      method,
      url: `/api/v1/study${path}`,
      headers: {
        authorization: `Bearer ${token}`,
        ...(method === 'POST' && { 'idempotency-key': randomUUIDv7() }),
        ...headers,
      },
      ...(body !== undefined && { payload: body as NonNullable<InjectOptions['payload']> }),
    };
    return app.inject(options);
  };
}
