import {
  DataLossError,
  type MigrationTarget,
  migrate,
  readMigrations,
  replayDefinitions,
  rollback,
} from '@gospelib/database';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  migrationsFolder,
  type Reader,
  schemaOf,
  startWorld,
  type World,
} from '../testing/study.world.ts';
import { studyNeeds } from './study.needs.ts';

const names = readMigrations(migrationsFolder).map(({ name }) => name);

describe('over populated tables', () => {
  let world: World;
  let target: MigrationTarget;
  let owner: pg.Client;
  let maker: Reader;

  beforeAll(async () => {
    world = await startWorld();
    target = schemaOf(world.ownerUrl);
    owner = new pg.Client(world.ownerUrl);
    await owner.connect();
    maker = await world.reader('maker');
    const stranger = await world.reader('stranger');
    for (const reader of [maker, stranger]) {
      for (let n = 1; n <= 30; n += 1) {
        await reader('POST', '/notes', {
          passage: `alma.${n}`,
          body: `See Alma ${n}:1, 2`,
          tags: ['a'],
        });
        await reader('POST', '/highlights', { passage: `alma.${n}.1`, color: 'red' });
        await reader('PUT', `/history/alma.${n}`, { verse: 1 });
      }
      await reader('POST', '/bookmarks', { passage: 'alma.32', label: 'Here' });
      await reader('POST', '/collections', { title: 'Faith', items: [{ passage: 'alma.32' }] });
      await reader('PUT', '/palette/red', { label: 'Warnings' });
    }
  });
  afterAll(async () => {
    await owner?.end();
    await world?.close();
  });

  /** Every row of every table, by table. */
  async function everything(): Promise<Record<string, unknown[]>> {
    const tables = await owner.query(
      `SELECT tablename FROM pg_tables WHERE schemaname = 'study' AND tablename <> 'migrations' ORDER BY 1`,
    );
    const rows: Record<string, unknown[]> = {};
    for (const { tablename } of tables.rows) {
      const found = await owner.query(
        `SELECT to_jsonb(t) AS row FROM study.${tablename} t ORDER BY 1`,
      );
      rows[tablename] = found.rows.map(({ row }) => row);
    }
    return rows;
  }

  it('down and up again loses nothing where nothing may be lost', async () => {
    const before = await everything();
    expect(Object.keys(before)).toHaveLength(8);
    expect(before.note_mentions).toHaveLength(120);
    for (const to of ['0003_note_mentions', '0002_reading']) {
      await rollback({ ...target, to });
      const below = await everything();
      for (const [table, rows] of Object.entries(below)) expect(rows).toEqual(before[table]);
    }
    expect(Object.keys(await everything())).not.toContain('note_mentions');
    // The previous release goes on writing; what it writes is indexed once the schema is up again.
    await maker('PUT', '/palette/blue', { label: 'Promises' });
    const { id } = (await maker('POST', '/notes', { body: 'Heb. 11:1' })).json();
    await migrate(target);
    const { mentions } = (await maker('GET', '/chapters/heb.11/marks')).json();
    expect(mentions).toMatchObject([{ note: id, passage: 'heb.11.1' }]);
    await maker('DELETE', `/notes/${id}`);
    await maker('PUT', '/palette/blue', { label: null });
    const after = await everything();
    delete before.idempotency_keys;
    delete after.idempotency_keys;
    expect(after).toEqual(before);
  });

  it('knows again what notes name after writes that the triggers did not see', async () => {
    await owner.query('ALTER TABLE study.notes DISABLE TRIGGER USER');
    const { id } = (await maker('POST', '/notes', { body: 'Heb. 11:1' })).json();
    const unnamed = `UPDATE study.notes SET mentions = '[]' WHERE passage = 'alma.3' RETURNING id`;
    expect((await owner.query(unnamed)).rowCount).toBe(2);
    const marksOf = async (chapter: string) =>
      (await maker('GET', `/chapters/${chapter}/marks`)).json().mentions;
    expect([await marksOf('heb.11'), await marksOf('alma.3')]).toMatchObject([[], [{}, {}]]);

    // One is missing, four are too many.
    const { rebuilt, left } = await replayDefinitions(target);
    expect({ rebuilt, left }).toEqual({
      rebuilt: [{ table: 'study.note_mentions', rows: 5 }],
      left: [],
    });
    expect(await marksOf('heb.11')).toMatchObject([{ note: id, passage: 'heb.11.1' }]);
    expect(await marksOf('alma.3')).toEqual([]);
    expect((await replayDefinitions(target)).rebuilt).toEqual([]);
    await maker('DELETE', `/notes/${id}`);
  });

  it('refuses to lose reading lists unless that is accepted, and then loses only what it says', async () => {
    const before = await everything();
    await expect(rollback({ ...target, to: '0001_marks' })).rejects.toThrow(DataLossError);
    expect(await everything()).toEqual(before);
    await rollback({ ...target, to: '0001_marks', acceptDataLoss: true });
    await migrate(target);
    expect(await everything()).toEqual({ ...before, collections: [], history: [] });
  });

  it('grants what readiness asks for, and nothing else', async () => {
    const granted = await owner.query(
      `SELECT table_name AS name, array_agg(privilege_type::text ORDER BY privilege_type) AS rights
       FROM information_schema.role_table_grants
       WHERE table_schema = 'study' AND grantee = 'study_service' GROUP BY 1`,
    );
    const needed = Object.entries(studyNeeds.tables).map(([name, rights]) => ({
      name,
      rights: rights.toSorted(),
    }));
    expect(granted.rows).toEqual(expect.arrayContaining(needed));
    expect(granted.rows).toHaveLength(needed.length);
  });

  it('is told by readiness when a right or a policy is missing', async () => {
    // Readiness reuses a success for a moment.
    const told = async () => JSON.stringify((await world.app.inject('/ready')).json().errors);
    await owner.query('DROP POLICY own ON study.notes');
    await owner.query('REVOKE UPDATE ON study.highlights FROM study_service');
    await expect.poll(told).toContain('lacks: UPDATE on highlights, a policy on notes.');
    await owner.query('CREATE POLICY own ON study.notes USING (user_id = study.reader())');
    await owner.query('GRANT UPDATE ON study.highlights TO study_service');
    await expect.poll(async () => (await world.app.inject('/ready')).statusCode).toBe(200);
  });

  it('goes down to nothing and comes back to work', async () => {
    await rollback({ ...target, to: '0', acceptDataLoss: true });
    const left = await owner.query(
      `SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE n.nspname = 'study' AND relname NOT LIKE 'migrations%'
       UNION ALL SELECT proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
         WHERE n.nspname = 'study'`,
    );
    expect(left.rows).toEqual([]);
    await expect.poll(async () => (await world.app.inject('/ready')).statusCode).toBe(503);
    const early = await maker('POST', '/notes', { body: 'Too early' });
    expect(early.statusCode).toBe(503);
    expect(early.headers['retry-after']).toBeDefined();
    await migrate(target);
    await expect.poll(async () => (await world.app.inject('/ready')).statusCode).toBe(200);
    expect((await maker('POST', '/notes', { body: 'Again' })).statusCode).toBe(201);
  });
});

it('the service asks for a migration that there is; later ones may be there before it does', () => {
  expect(names).toContain(studyNeeds.migration);
});
