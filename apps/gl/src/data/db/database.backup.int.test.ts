import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  followRestore,
  followRollback,
  migrateAll,
  openBackups,
  planRestore,
  planRollback,
  takeBackup,
  takeUnverified,
} from '@gospelib/data-ops';
import { LocalEnvironment, readLocalConfig } from '@gospelib/supervisor';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type DatabaseHarness, openDatabaseHarness } from '../../testing/database.harness.ts';

// Each backup starts a PostgreSQL to verify it: a busy machine takes its time.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let harness: DatabaseHarness;
const quiet = () => undefined;

beforeAll(async () => {
  harness = await openDatabaseHarness();
  await harness.up();
  await read('ann', 'alma.32');
});
afterAll(() => harness.close());

const read = (user: string, chapter: string) =>
  harness.study((database) =>
    database.query('read', 'INSERT INTO history VALUES ($1, $2, 1, now())', [user, chapter]),
  );
const chapters = () =>
  harness.study(async (database) => {
    const sql = 'SELECT chapter FROM history ORDER BY 1';
    return (await database.query<{ chapter: string }>('read', sql)).map(({ chapter }) => chapter);
  });
const ids = async () => (await openBackups(harness.environment).list()).map(({ id }) => id);

it('says what a restore would lose, restores, and finds the way back', async () => {
  const { id } = (await takeBackup(harness.environment, harness.url, quiet)).manifest;
  await read('ann', 'alma.33');
  const plan = await planRestore(harness.environment, harness.url, 'latest');
  expect(plan).toMatchObject({ id, rows: 1 });
  expect(plan.losses).toEqual([{ table: 'study.history', backup: 1, now: 2, same: false }]);

  const refused = await harness.gl('db', 'restore', id);
  expect(refused.code).toBe(4);
  expect(refused.stderr).toMatch(/study\.history: 2 rows now, 1 in the backup[\s\S]*was changed/);
  expect(await chapters()).toEqual(['alma.32', 'alma.33']);

  const done = await followRestore(harness.environment, harness.url, plan, quiet);
  expect(done).toMatchObject({ from: id, database: 'gospelib', rows: 1, pending: [] });
  expect(await chapters()).toEqual(['alma.32']);
  const back = ['db', 'retained', 'reinstate', done.retained ?? '', '--accept-data-loss'];
  expect(await harness.gl(...back)).toMatchObject({ code: 0 });
  expect(await chapters()).toEqual(['alma.32', 'alma.33']);
});

it('restores on a machine that has nothing but the backups and their key, and nothing without the key', async () => {
  const elsewhere = (env: NodeJS.ProcessEnv) => {
    const config = readLocalConfig(harness.root, { data: join(harness.folder, 'elsewhere') }, env);
    return new LocalEnvironment({ ...config, backups: harness.environment.config.backups });
  };
  const url = harness.url.replace(/[^/]+$/, 'elsewhere');
  await expect(planRestore(elsewhere({}), url, 'latest')).rejects.toMatchObject({
    what: expect.stringMatching(/signed by the key [0-9a-f]{8}, which is not here.*nothing was/),
    remedy: expect.stringMatching(/BACKUP_SIGNING_KEYS.*backup-signing.*--accept-unsigned/),
  });
  const key = readFileSync(join(harness.folder, 'secrets/backup-signing'), 'utf8');
  // As in a pod, which is told no password of the services.
  const rotated = elsewhere({
    BACKUP_SIGNING_KEYS: `${'n'.repeat(40)},${key}`,
    GOSPELIB_SECRETS: harness.root,
  });
  const plan = await planRestore(rotated, url, 'latest');
  const told = followRestore(rotated, url, plan, quiet);
  await expect(told).rejects.toThrow('There is no secret accounts-database');
  const done = await followRestore(rotated, url, plan, quiet, true);
  expect(done).toMatchObject({ database: 'elsewhere', rows: 1, pending: [] });
});

it('restores one that a release before signatures took only when that is asked for', async () => {
  const [id = ''] = await ids();
  const path = join(harness.folder, 'backups', id, 'manifest.json');
  const signed = readFileSync(path, 'utf8');
  const { signature: _, ...manifest } = JSON.parse(signed);
  writeFileSync(path, JSON.stringify(manifest));
  const listed = await harness.gl('db', 'backups');
  expect(listed.stdout).toMatch(new RegExp(`unproven.*${id} is not signed`));
  const refused = await harness.gl('db', 'restore', id, '--into', 'unsigned');
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toMatch(/is not signed[\s\S]*nothing was changed[\s\S]*--accept-unsigned/);
  const accepted = await harness.gl('db', 'restore', id, '--into', 'unsigned', '--accept-unsigned');
  expect(accepted.stderr).toContain(`Nothing proves that ${id} is ours`);
  expect(accepted).toMatchObject({ code: 0, stdout: expect.stringContaining('unsigned') });
  writeFileSync(path, signed);
});

it('passes over a newest one that is rotten, says so, and remembers it', async () => {
  const [older = ''] = await ids();
  const store = openBackups(harness.environment);
  const { id } = await takeUnverified(harness.environment, harness.url);
  const at = new Date().toISOString();
  const { files } = await store.markVerified(id, { at, seconds: 1, engine: 'postgresql' });
  const [{ name } = { name: '' }] = files;
  const path = join(harness.folder, 'backups', id, name);
  const bytes = readFileSync(path);
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
  writeFileSync(path, bytes);

  const plan = await planRestore(harness.environment, harness.url, 'latest', { into: 'older' });
  const reason = expect.stringContaining(`${id}/${name} was altered`);
  expect(plan).toMatchObject({ id: older, skipped: [{ id, reason }] });
  expect((await store.survey()).damaged).toEqual([{ id, reason }]);
  await expect(planRestore(harness.environment, harness.url, id)).rejects.toMatchObject({
    what: expect.stringContaining(`The backup ${id} is damaged`),
    remedy: expect.stringContaining(`./gl db restore ${older}`),
  });
  await store.remove(id);
});

it('restores beside without asking, and says which migrations that lacks', async () => {
  const file = join(harness.root, 'services/study/migrations/9001_more.up.sql');
  writeFileSync(
    file,
    '-- @reversible yes\n-- @down-loses nothing\nCREATE TABLE study.more (id int);',
  );
  writeFileSync(file.replace('.up.', '.down.'), 'DROP TABLE study.more;');
  const plan = await planRestore(harness.environment, harness.url, 'latest', { into: 'beside' });
  expect(plan.losses).toEqual([]);
  const done = await followRestore(harness.environment, harness.url, plan, quiet);
  expect(done).toMatchObject({
    database: 'beside',
    pending: [{ schema: 'study', migrations: ['9001_more'] }],
  });
  expect(done.retained).toBeUndefined();
});

it('backs up before a migration and before taking one back, and only then', async () => {
  const before = await ids();
  const said: string[] = [];
  const say = (line: string) => said.push(line);
  expect((await migrateAll(harness.environment, harness.url, say))[1]?.migrations).toEqual([
    '9001_more',
  ]);
  const [first = '', ...others] = await ids();
  expect(others).toEqual(before);
  expect(said.join('\n')).toMatch(new RegExp(`backing up before migrating[^]*${first} is taken`));
  await migrateAll(harness.environment, harness.url, say);
  expect(await ids()).toHaveLength(others.length + 1);

  const plan = await planRollback(harness.environment, harness.url, { steps: 1, schema: 'study' });
  const done = await followRollback(harness.environment, harness.url, plan, say);
  expect(done.migrations).toEqual(['9001_more']);
  expect((await ids())[0]).toBe(done.backup);
  expect(done.backup).not.toBe(first);
});

it('migrates nothing when no backup can be taken', async () => {
  writeFileSync(join(harness.folder, 'full'), '');
  const backups = join(harness.folder, 'full/backups');
  const nowhere = new LocalEnvironment({ ...harness.environment.config, backups });
  await expect(migrateAll(nowhere, harness.url, quiet)).rejects.toMatchObject({
    message: expect.stringMatching(/No backup could be taken before migrating, so nothing was/),
    remedy: expect.stringContaining('--no-backup'),
  });
  const plan = await planRollback(harness.environment, harness.url, { steps: 1, schema: 'study' });
  await expect(followRollback(nowhere, harness.url, plan, quiet)).rejects.toThrow('No backup');
  expect(
    await planRollback(harness.environment, harness.url, { steps: 1, schema: 'study' }),
  ).toEqual(plan);
});

it('does not take a backup for one of whose tables somebody dropped', async () => {
  await harness.study((database) => database.query('drop', 'DROP TABLE note_mentions CASCADE'));
  const refused = await harness.gl('db', 'backup');
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toMatch(/note_mentions[\s\S]*What is live was not touched/);
  // And `latest` is none that was not verified.
  const { id } = await planRestore(harness.environment, harness.url, 'latest');
  const latest = (await openBackups(harness.environment).list()).find((backup) => backup.id === id);
  expect(latest?.verified).toBeDefined();
});
