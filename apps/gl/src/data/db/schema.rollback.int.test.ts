import { readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  followRollback,
  openBackups,
  planRollback,
  type RollbackGoal,
  readSchemas,
} from '@gospelib/data-ops';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { type DatabaseHarness, openDatabaseHarness } from '../../testing/database.harness.ts';

// Commands are processes of their own, and some take a backup: a busy machine takes its time.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let harness: DatabaseHarness;

beforeAll(async () => {
  harness = await openDatabaseHarness();
});
afterAll(() => harness.close());
beforeEach(() => harness.up());

const plan = (goal: RollbackGoal) => planRollback(harness.environment, harness.url, goal);
const stands = async () =>
  (await readSchemas(harness.environment, harness.url)).map(({ at }) => at);
const backups = async () => openBackups(harness.environment).list();
const newest = ['0004_revoked_sessions', '0005_rebuild_note_mentions'];

it('finds the schema and the migration by name or number, or asks which', async () => {
  expect(await plan({ to: '0002_reading' })).toEqual({
    schema: 'study',
    to: '0002_reading',
    migrations: ['0005_rebuild_note_mentions', '0004_note_mentions_fill', '0003_note_mentions'],
    losses: [],
  });
  expect(await plan({ to: '2', schema: 'accounts' })).toMatchObject({
    to: '0002_security',
    losses: [
      { migration: '0004_revoked_sessions', loses: expect.stringContaining('sessions') },
      { migration: '0003_deletions', loses: expect.stringContaining('deletions') },
    ],
  });
  expect(await plan({ steps: 5, schema: 'study' })).toMatchObject({ to: '0' });
  await expect(plan({ to: '2' })).rejects.toThrow('say which by --service');
  await expect(plan({ to: '0' })).rejects.toThrow('say which by --service');
  await expect(plan({ to: '0009_x' })).rejects.toThrow('no applied migration 0009_x');
  await expect(plan({ steps: 6, schema: 'study' })).rejects.toThrow('6 cannot be taken back');
  expect(await stands()).toEqual(newest);
});

it('follows its plan, and no other', async () => {
  const chosen = await plan({ to: '0002_reading' });
  const said: string[] = [];
  const done = await followRollback(harness.environment, harness.url, chosen, (line) =>
    said.push(line),
  );
  // Nothing is there yet that could be lost.
  expect([done.backup, said]).toEqual([null, []]);
  expect(await stands()).toEqual(['0004_revoked_sessions', '0002_reading']);
  await harness.up();
  const stale = { ...chosen, migrations: chosen.migrations.slice(0, 1) };
  await expect(
    followRollback(harness.environment, harness.url, stale, () => undefined),
  ).rejects.toThrow('has moved since');
  expect(await stands()).toEqual(newest);
});

it('waits for a backup that is being taken, and says so', async () => {
  const said: string[] = [];
  const chosen = await plan({ to: '0002_reading' });
  const running = await harness.study((database) =>
    database.transaction('backup', async (held) => {
      await held.query('hold', 'SELECT pg_advisory_xact_lock_shared(5278141303716102)');
      const started = followRollback(harness.environment, harness.url, chosen, (line) =>
        said.push(line),
      );
      await expect.poll(() => said.at(-1)).toMatch(/^waiting for a backup/);
      expect(await stands()).toEqual(newest);
      return { started };
    }),
  );
  await running.started;
  expect(await stands()).toEqual(['0004_revoked_sessions', '0002_reading']);
  await harness.up();
});

it('refuses what cannot be undone, and says what helps instead', async () => {
  const file = join(harness.root, 'services/study/migrations/0006_stuck.up.sql');
  writeFileSync(file, '-- @reversible no: the texts are merged\nSELECT 1;');
  await harness.up();
  await expect(plan({ to: '0002_reading', schema: 'study' })).rejects.toMatchObject({
    name: 'OperatorError',
    message: expect.stringMatching(/0006_stuck cannot be undone \(the texts are merged\)/),
    remedy: expect.stringMatching(
      /the next migration in services\/study\/migrations[\s\S]*--into NAME/,
    ),
  });
  expect(await stands()).toEqual(['0004_revoked_sessions', '0006_stuck']);
  // The command, whose release has no such migration, tells that it is of another one.
  const status = await harness.gl('db', 'status', '--service', 'study', '--json');
  expect(JSON.parse(status.stdout).schemas[0].migrations.at(-1)).toMatchObject({
    name: '0006_stuck',
    state: 'unknown',
  });
  const refused = await harness.gl('db', 'rollback', '--steps', '1', '--service', 'study');
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('not part of') });
  await harness.study((database) =>
    database.query('undo', "DELETE FROM migrations WHERE name = '0006_stuck'"),
  );
  rmSync(file);
});

it('verifies the backup after going back where nothing is lost, and says when it does not count', async () => {
  await harness.study((database) =>
    database.query('fill', "INSERT INTO history VALUES ('reader-2', 'alma.32', 1, now())"),
  );
  const said: string[] = [];
  const follow = async () =>
    followRollback(harness.environment, harness.url, await plan({ to: '0002_reading' }), (line) => {
      said.push(line);
      // Between the backup and its verification nobody waits: that is when a disk may fail.
      if (line.startsWith('the migrations are taken back')) breakBackup?.();
    });
  let breakBackup: (() => void) | undefined;
  const done = await follow();
  expect(said.map((line) => line.replace(/^database-\S+|[\d.]+ s$/g, ''))).toEqual([
    'backing up before taking migrations back…',
    ' is taken, in ',
    'the migrations are taken back; verifying the backup that was taken before…',
  ]);
  expect(await backups()).toMatchObject([
    { id: done.backup, verified: { engine: expect.any(String) } },
  ]);
  await harness.up();
  breakBackup = () => {
    const folder = join(harness.folder, 'backups');
    const [newest = ''] = readdirSync(folder).sort().reverse();
    truncateSync(join(folder, newest, 'study.history.copy.zst'), 3);
  };
  await expect(follow()).rejects.toMatchObject({
    message: expect.stringMatching(/were taken back, which lost nothing, but .* does not count/),
    remedy: expect.stringContaining('./gl db backup'),
  });
  expect(await stands()).toEqual(['0004_revoked_sessions', '0002_reading']);
  await harness.study((database) => database.query('empty', 'DELETE FROM history'));
  rmSync(join(harness.folder, 'backups'), { recursive: true });
});

it('loses nothing unless somebody says so, by a flag where nobody can type', async () => {
  await harness.study((database) =>
    database.query('fill', "INSERT INTO history VALUES ('ann', 'alma.32', 1, now())"),
  );
  const back = ['db', 'rollback', '--to', '0001_marks', '--json'];
  const dry = await harness.gl(...back, '--dry-run');
  expect(JSON.parse(dry.stdout)).toMatchObject({
    dryRun: true,
    losses: [{ migration: '0002_reading', loses: expect.stringContaining('reading history') }],
  });
  const refused = await harness.gl(...back);
  expect(refused.code).toBe(4);
  expect(JSON.parse(refused.stdout).error.what).toContain('nothing was changed');
  expect(refused.stderr).toContain('loses every collection');
  expect(await stands()).toEqual(newest);
  const done = await harness.gl(...back, '--accept-data-loss');
  expect(JSON.parse(done.stdout)).toMatchObject({ dryRun: false, to: '0001_marks' });
  expect(await stands()).toEqual(['0004_revoked_sessions', '0001_marks']);
  const beforeLoss = await backups();
  expect(beforeLoss).toMatchObject([{ verified: { engine: expect.any(String) } }]);
  const up = await harness.gl('db', 'migrate', '--json');
  expect(JSON.parse(up.stdout).runs).toMatchObject([
    { schema: 'accounts', migrations: [] },
    {
      schema: 'study',
      migrations: [
        '0002_reading',
        '0003_note_mentions',
        '0004_note_mentions_fill',
        '0005_rebuild_note_mentions',
      ],
    },
  ]);
});
