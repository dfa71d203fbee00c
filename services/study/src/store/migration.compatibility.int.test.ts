import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type MigrationTarget,
  migrate,
  migrationStatus,
  readMigrations,
  rollback,
} from '@gospelib/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../app.ts';
import { readConfig } from '../config.ts';
import { type Walk, walkEveryRoute } from '../testing/every.route.ts';
import {
  migrationsFolder,
  readerOf,
  schemaOf,
  startWorld,
  studyEnv,
  type World,
} from '../testing/study.world.ts';
import { studyNeeds } from './study.needs.ts';

/**
 * This release must work on the schema that the next one needs, since both run at the same time during a rollout. A
 * migration is merged before the code that requires it (docs/operations/database.md); until then it is in `ahead`, and
 * is tested here with the code that does not know it.
 */
const names = readMigrations(migrationsFolder).map(({ name }) => name);
const ahead = names.slice(names.indexOf(studyNeeds.migration));

let world: World;
let folder: string;

beforeAll(async () => {
  world = await startWorld();
  folder = mkdtempSync(join(tmpdir(), 'study-next-'));
  cpSync(migrationsFolder, folder, { recursive: true });
});
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true });
});

/** An instance that is running across the migration; each walk uses a new reader. */
const walkRunning = async (): Promise<Walk> => walkEveryRoute(await world.reader());

/** An instance started after it: fresh connections, no prepared statements. */
async function walkStarted(): Promise<Walk> {
  const app = await buildApp(readConfig(studyEnv(world.ownerUrl, world.accounts.url)), {
    validateReplies: true,
  });
  await app.ready();
  try {
    expect((await app.inject('/ready')).statusCode).toBe(200);
    return await walkEveryRoute(readerOf(app, await world.accounts.token(randomUUID())));
  } finally {
    await app.close();
  }
}

/** Runs `work` on the schema after one more migration, which is then rolled back. */
async function afterMigration<T>(up: string, down: string, work: () => Promise<T>): Promise<T> {
  const target: MigrationTarget = { ...schemaOf(world.ownerUrl), folder };
  const write = (direction: string, sql: string) =>
    writeFileSync(join(folder, `9999_next.${direction}.sql`), sql);
  write('up', `-- @reversible yes\n-- @down-loses nothing\n${up}`);
  write('down', down);
  await migrate(target);
  try {
    return await work();
  } finally {
    await rollback({ ...target, to: names.at(-1) ?? '0' });
  }
}

it('the walk leaves out nothing that the service does', async () => {
  const described = (await world.app.inject('/api/v1/study/openapi.json')).json();
  const operations = Object.entries<object>(described.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map(
      (method) => `${method.toUpperCase()} ${path.replace('/api/v1/study', '')}`,
    ),
  );
  expect(operations.length).toBeGreaterThan(20);
  const { called } = await walkRunning();
  expect(new Set(called)).toEqual(new Set(operations));
});

it.each(ahead)('works as the schema stands at %s', async (name) => {
  const target = schemaOf(world.ownerUrl);
  await rollback({ ...target, to: name, acceptDataLoss: true });
  expect((await walkRunning()).faults).toEqual([]);
  expect((await walkStarted()).faults).toEqual([]);
  await migrate(target);
  expect((await migrationStatus(target)).every(({ state }) => state === 'applied')).toBe(true);
});

describe('after a migration that only adds', () => {
  it.each([
    [
      'columns, an index and a table',
      `ALTER TABLE study.notes ADD pinned boolean NOT NULL DEFAULT false, ADD kind text;
       ALTER TABLE study.collections ADD cover text;
       ALTER TABLE study.history ADD device text;
       CREATE INDEX notes_pinned ON study.notes (user_id) WHERE pinned;
       CREATE TABLE study.plans (user_id text NOT NULL, id uuid NOT NULL, note_id uuid,
         PRIMARY KEY (user_id, id), FOREIGN KEY (user_id, note_id) REFERENCES study.notes ON DELETE CASCADE);`,
      `DROP TABLE study.plans; DROP INDEX study.notes_pinned;
       ALTER TABLE study.notes DROP pinned, DROP kind; ALTER TABLE study.collections DROP cover;
       ALTER TABLE study.history DROP device;`,
    ],
    [
      'a function, and a rule that what is there keeps',
      `CREATE FUNCTION study.newest(reader text) RETURNS timestamptz LANGUAGE sql STABLE
         AS $$ SELECT max(updated_at) FROM study.notes WHERE user_id = reader $$;
       ALTER TABLE study.notes ADD CONSTRAINT few CHECK (cardinality(tags) <= 1000) NOT VALID;`,
      'ALTER TABLE study.notes DROP CONSTRAINT few; DROP FUNCTION study.newest(text);',
    ],
  ])('%s', async (_, up, down) => {
    const walks = await afterMigration(up, down, async () => [
      await walkRunning(),
      await walkStarted(),
    ]);
    expect(walks.map(({ faults }) => faults)).toEqual([[], []]);
    expect((await walkRunning()).faults).toEqual([]);
  });
});

describe('a migration that breaks this release is found', () => {
  it.each([
    [
      'a column renamed',
      'ALTER TABLE study.notes RENAME body TO text;',
      'ALTER TABLE study.notes RENAME text TO body;',
    ],
    [
      'a column gone',
      'ALTER TABLE study.history DROP verse;',
      'ALTER TABLE study.history ADD verse smallint;',
    ],
    [
      'a new column that must be filled',
      `ALTER TABLE study.bookmarks ADD folder text NOT NULL DEFAULT '';
       ALTER TABLE study.bookmarks ALTER folder DROP DEFAULT;`,
      'ALTER TABLE study.bookmarks DROP folder;',
    ],
    [
      'a rule that what is written breaks',
      "ALTER TABLE study.highlights ADD CONSTRAINT calm CHECK (color <> 'red') NOT VALID;",
      'ALTER TABLE study.highlights DROP CONSTRAINT calm;',
    ],
    [
      'a right taken away',
      'REVOKE DELETE ON study.history FROM study_service;',
      'GRANT DELETE ON study.history TO study_service;',
    ],
    [
      'a trigger gone that keeps what is derived',
      'ALTER TABLE study.notes DISABLE TRIGGER USER;',
      'ALTER TABLE study.notes ENABLE TRIGGER USER;',
    ],
    [
      'a type changed under what is prepared',
      'ALTER TABLE study.history ALTER verse TYPE integer;',
      'ALTER TABLE study.history ALTER verse TYPE smallint;',
    ],
  ])('%s', async (_, up, down) => {
    expect((await walkRunning()).faults).toEqual([]);
    const { faults } = await afterMigration(up, down, walkRunning);
    expect(faults).not.toEqual([]);
  });
});
