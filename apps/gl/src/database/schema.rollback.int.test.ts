import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectDatabase } from '@gospelib/database';
import { type RunningStore, startPostgres } from '@gospelib/stores';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Config, readConfig } from '../config.ts';
import { migrateAll } from '../supervisor/migration.job.ts';
import { schemaNames } from '../supervisor/schemas.ts';
import { cli } from '../testing/cli.ts';
import { followRollback, planRollback } from './schema.rollback.ts';
import { readSchemas } from './schema.status.ts';

const folder = mkdtempSync(join(tmpdir(), 'gospelib-gl-'));
let store: RunningStore;
let config: Config;

beforeAll(async () => {
  store = await startPostgres({ dataDir: join(folder, 'postgresql'), persistence: false });
  const real = readConfig({ data: folder }, { DATABASE_URL: store.url });
  config = { ...real, root: join(folder, 'release') };
  for (const name of schemaNames) {
    const migrations = join('services', name, 'migrations');
    cpSync(join(real.root, migrations), join(config.root, migrations), { recursive: true });
  }
});
afterAll(async () => {
  await store.stop();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  await migrateAll(config, store.url, () => undefined);
});

const gl = (...args: string[]) => cli([...args, '--data', folder], { DATABASE_URL: store.url });
const stands = async () => (await readSchemas(config, store.url)).map(({ at }) => at);
const newest = ['0003_deletions', '0004_note_mentions_fill'];

it('finds the schema and the migration by name or number, or asks which', async () => {
  const plan = (goal: Parameters<typeof planRollback>[2]) => planRollback(config, store.url, goal);
  expect(await plan({ to: '0002_reading' })).toEqual({
    schema: 'study',
    to: '0002_reading',
    migrations: ['0004_note_mentions_fill', '0003_note_mentions'],
    losses: [],
  });
  expect(await plan({ to: '2', schema: 'accounts' })).toMatchObject({
    to: '0002_security',
    losses: [{ migration: '0003_deletions', loses: expect.stringContaining('deletions') }],
  });
  expect(await plan({ steps: 4, schema: 'study' })).toMatchObject({ to: '0' });
  await expect(plan({ to: '2' })).rejects.toThrow('say which by --service');
  await expect(plan({ to: '0' })).rejects.toThrow('say which by --service');
  await expect(plan({ to: '0009_x' })).rejects.toThrow('no applied migration 0009_x');
  await expect(plan({ steps: 5, schema: 'study' })).rejects.toThrow('5 cannot be taken back');
  expect(await stands()).toEqual(newest);
});

it('follows its plan, and no other', async () => {
  const plan = await planRollback(config, store.url, { to: '0002_reading' });
  await followRollback(config, store.url, plan);
  expect(await stands()).toEqual(['0003_deletions', '0002_reading']);
  await migrateAll(config, store.url, () => undefined);
  const stale = { ...plan, migrations: plan.migrations.slice(0, 1) };
  await expect(followRollback(config, store.url, stale)).rejects.toThrow('has moved since');
  expect(await stands()).toEqual(newest);
});

it('refuses what cannot be undone, and says what helps instead', async () => {
  const file = join(config.root, 'services/study/migrations/0005_stuck.up.sql');
  writeFileSync(file, '-- @reversible no: the texts are merged\nSELECT 1;');
  await migrateAll(config, store.url, () => undefined);
  await expect(
    planRollback(config, store.url, { to: '0002_reading', schema: 'study' }),
  ).rejects.toMatchObject({
    name: 'StoreError',
    message: expect.stringMatching(/0005_stuck cannot be undone \(the texts are merged\)/),
    hint: expect.stringMatching(
      /the next migration in services\/study\/migrations[\s\S]*--into NAME/,
    ),
  });
  expect(await stands()).toEqual(['0003_deletions', '0005_stuck']);
  // The command, whose release has no such migration, tells that it is of another one.
  const status = await gl('db', 'status', '--service', 'study', '--json');
  expect(JSON.parse(status.stdout)[0].migrations.at(-1)).toMatchObject({
    name: '0005_stuck',
    state: 'unknown',
  });
  const refused = await gl('db', 'rollback', '--steps', '1', '--service', 'study');
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('not part of') });
  await connected((database) =>
    database.query('undo', "DELETE FROM migrations WHERE name = '0005_stuck'"),
  );
  rmSync(file);
});

it('loses nothing unless somebody says so, by a flag where nobody can type', async () => {
  await connected((database) =>
    database.query('fill', "INSERT INTO history VALUES ('ann', 'alma.32', 1, now())"),
  );
  const back = ['db', 'rollback', '--to', '0001_marks', '--json'];
  const dry = await gl(...back, '--dry-run');
  expect(JSON.parse(dry.stdout)).toMatchObject({
    dryRun: true,
    losses: [{ migration: '0002_reading', loses: expect.stringContaining('reading history') }],
  });
  const refused = await gl(...back);
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toMatch(/loses every collection[\s\S]*nothing was changed/);
  expect(await stands()).toEqual(newest);
  const done = await gl(...back, '--accept-data-loss');
  expect(JSON.parse(done.stdout)).toMatchObject({ dryRun: false, to: '0001_marks' });
  expect(await stands()).toEqual(['0003_deletions', '0001_marks']);
  const up = await gl('db', 'migrate', '--json');
  expect(JSON.parse(up.stdout)).toMatchObject([
    { schema: 'accounts', migrations: [] },
    {
      schema: 'study',
      migrations: ['0002_reading', '0003_note_mentions', '0004_note_mentions_fill'],
    },
  ]);
});

it.each([
  [['rollback'], '--to MIGRATION, or --steps N'],
  [['rollback', '--to', '2', '--steps', '1'], '--to MIGRATION, or --steps N'],
  [['rollback', '--steps', '1'], '--steps needs --service'],
  [['status', '--service', 'content'], '--service is one of accounts, study'],
])('db %j is wrong use', async (args, text) => {
  expect(await gl('db', ...args)).toMatchObject({ code: 2, stderr: expect.stringContaining(text) });
});

async function connected<T>(work: (database: ReturnType<typeof connectDatabase>) => Promise<T>) {
  const database = connectDatabase({ url: store.url, schema: 'study', application: 'test' });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}
