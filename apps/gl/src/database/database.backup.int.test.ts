import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openBackups } from '../backups.ts';
import { migrateAll } from '../supervisor/migration.job.ts';
import { type DatabaseWorld, openDatabaseWorld } from '../testing/database.world.ts';
import { takeBackup } from './database.backup.ts';
import { followRestore, planRestore } from './database.restore.ts';
import { followRollback, planRollback } from './schema.rollback.ts';

// Each backup starts a PostgreSQL to verify it: a busy machine takes its time.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let world: DatabaseWorld;
const quiet = () => undefined;

beforeAll(async () => {
  world = await openDatabaseWorld();
  await world.up();
  await read('ann', 'alma.32');
});
afterAll(() => world.close());

const read = (user: string, chapter: string) =>
  world.study((database) =>
    database.query('read', 'INSERT INTO history VALUES ($1, $2, 1, now())', [user, chapter]),
  );
const chapters = () =>
  world.study(async (database) => {
    const sql = 'SELECT chapter FROM history ORDER BY 1';
    return (await database.query<{ chapter: string }>('read', sql)).map(({ chapter }) => chapter);
  });
const ids = async () => (await openBackups(world.config).list()).map(({ id }) => id);

it('says what a restore would lose, restores, and finds the way back', async () => {
  const { id } = (await takeBackup(world.config, world.url, quiet)).manifest;
  await read('ann', 'alma.33');
  const plan = await planRestore(world.config, world.url, 'latest');
  expect(plan).toMatchObject({ id, rows: 1 });
  expect(plan.losses).toEqual([{ table: 'study.history', backup: 1, now: 2, same: false }]);

  const refused = await world.gl('db', 'restore', id);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toMatch(/study\.history: 2 rows now, 1 in the backup[\s\S]*was changed/);
  expect(await chapters()).toEqual(['alma.32', 'alma.33']);

  const done = await followRestore(world.config, world.url, plan, quiet);
  expect(done).toMatchObject({ from: id, database: 'gospelib', rows: 1, pending: [] });
  expect(await chapters()).toEqual(['alma.32']);
  const back = ['db', 'aside', 'back', done.retained ?? '', '--accept-data-loss'];
  expect(await world.gl(...back)).toMatchObject({ code: 0 });
  expect(await chapters()).toEqual(['alma.32', 'alma.33']);
});

it('restores beside without asking, and says which migrations that lacks', async () => {
  const file = join(world.config.root, 'services/study/migrations/0005_more.up.sql');
  writeFileSync(
    file,
    '-- @reversible yes\n-- @down-loses nothing\nCREATE TABLE study.more (id int);',
  );
  writeFileSync(file.replace('.up.', '.down.'), 'DROP TABLE study.more;');
  const plan = await planRestore(world.config, world.url, 'latest', 'beside');
  expect(plan.losses).toEqual([]);
  const done = await followRestore(world.config, world.url, plan, quiet);
  expect(done).toMatchObject({
    database: 'beside',
    pending: [{ schema: 'study', migrations: ['0005_more'] }],
  });
  expect(done.retained).toBeUndefined();
});

it('backs up before a migration and before taking one back, and only then', async () => {
  const before = await ids();
  const said: string[] = [];
  const say = (line: string) => said.push(line);
  expect((await migrateAll(world.config, world.url, say))[1]?.migrations).toEqual(['0005_more']);
  const [first = '', ...others] = await ids();
  expect(others).toEqual(before);
  expect(said.join('\n')).toMatch(new RegExp(`backing up before migrating[^]*${first} is taken`));
  await migrateAll(world.config, world.url, say);
  expect(await ids()).toHaveLength(others.length + 1);

  const plan = await planRollback(world.config, world.url, { steps: 1, schema: 'study' });
  const done = await followRollback(world.config, world.url, plan, say);
  expect(done.migrations).toEqual(['0005_more']);
  expect((await ids())[0]).toBe(done.backup);
  expect(done.backup).not.toBe(first);
});

it('migrates nothing when no backup can be taken', async () => {
  writeFileSync(join(world.folder, 'full'), '');
  const nowhere = { ...world.config, backups: join(world.folder, 'full/backups') };
  await expect(migrateAll(nowhere, world.url, quiet)).rejects.toMatchObject({
    message: expect.stringMatching(/No backup could be taken before migrating, so nothing was/),
    hint: expect.stringContaining('--no-backup'),
  });
  const plan = await planRollback(world.config, world.url, { steps: 1, schema: 'study' });
  await expect(followRollback(nowhere, world.url, plan, quiet)).rejects.toThrow('No backup');
  expect((await planRollback(world.config, world.url, { steps: 1, schema: 'study' })).to).toBe(
    '0003_note_mentions',
  );
});

it('does not take a backup for one of whose tables somebody dropped', async () => {
  await world.study((database) => database.query('drop', 'DROP TABLE note_mentions CASCADE'));
  const refused = await world.gl('db', 'backup');
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toMatch(/note_mentions[\s\S]*What is live was not touched/);
  // And `latest` is none that was not verified.
  const { id } = await planRestore(world.config, world.url, 'latest');
  const latest = (await openBackups(world.config).list()).find((backup) => backup.id === id);
  expect(latest?.verified).toBeDefined();
});
