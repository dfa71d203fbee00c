import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BackupStore, openBackupStore } from '@gospelib/backup';
import { startTestPostgres } from '@gospelib/testkit';
import pg from 'pg';
import type { DatabaseSource } from '../backup/database.backup.ts';
import type { ScratchDatabase } from '../backup/database.load.ts';
import { withDatabase } from '../backup/database.names.ts';
import { type MigrationTarget, migrate } from '../migration/migrate.ts';
import { withOwner } from '../migration/migration.session.ts';

const shelves = `-- @reversible yes
-- @down-loses every shelf and book
CREATE TABLE shelves (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, label text NOT NULL);
CREATE TABLE books (
  id bigint PRIMARY KEY,
  shelf int NOT NULL REFERENCES shelves,
  title text,
  price double precision,
  added_at timestamptz NOT NULL DEFAULT now(),
  tags text[] NOT NULL DEFAULT '{}',
  cover bytea,
  about jsonb,
  search tsvector GENERATED ALWAYS AS (to_tsvector('english', coalesce(title, ''))) STORED
);
CREATE INDEX books_price ON books (price) WHERE price > 1;
-- Depends on the primary key: without it these columns would have to be grouped by.
CREATE VIEW labels AS SELECT s.id, s.label FROM shelves s GROUP BY s.id;
CREATE TABLE archive (book bigint NOT NULL, title text);
CREATE FUNCTION archive_book() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN INSERT INTO archive VALUES (NEW.id, NEW.title); RETURN NULL; END $$;
CREATE TRIGGER book_added AFTER INSERT ON books FOR EACH ROW EXECUTE FUNCTION archive_book();
ALTER TABLE books ENABLE ROW LEVEL SECURITY;
CREATE POLICY cheap ON books USING (price < 100);
REVOKE UPDATE, DELETE ON archive FROM library_service;
`;
const tags = `-- @reversible yes
-- @down-loses nothing
ALTER TABLE shelves ADD colour text;
`;

/**
 * A database with everything that is awkward to copy: generated columns, identities, a trigger, row security, foreign
 * keys, grants, a view that depends on a key.
 */
export interface SampleDatabase {
  url: string;
  source: DatabaseSource;
  /** Its one schema. */
  target: MigrationTarget;
  backups: BackupStore;
  folder: string;
  /** Runs as the owner, on the live database unless another is given. */
  query(sql: string, values?: unknown[], url?: string): Promise<Record<string, unknown>[]>;
  /** The number of rows. @param table with a condition where not all count: `books WHERE id > 9` */
  count(table: string): Promise<number>;
  /** The address with the service's own role. */
  serviceUrl: string;
  close(): void;
}

export const servicePassword = 'a service’s secret';

/** A server for several samples, each in its own database; `scratch` makes an empty one. */
export interface SampleServer {
  openSample(): Promise<SampleDatabase>;
  scratch: ScratchDatabase;
  stop(): Promise<void>;
}

export async function startSampleServer(): Promise<SampleServer> {
  const store = await startTestPostgres();
  let number = 0;
  const makeDatabase = async (name: string, template = 'template1'): Promise<string> => {
    const sql = `CREATE DATABASE ${name} TEMPLATE ${template}`;
    await withOwner(store.url, (client) => client.query(sql));
    return withDatabase(store.url, name);
  };
  const nextDatabase = (template?: string) => makeDatabase(`trial${++number}`, template);
  // Migrated and filled once, then copied.
  let model: Promise<string> | undefined;
  const makeModel = async (): Promise<string> => {
    const sample = await openSample(await makeDatabase('model'));
    await fill(sample);
    sample.close();
    return 'model';
  };
  return {
    openSample: async () => {
      model ??= makeModel();
      return openSample(await nextDatabase(await model));
    },
    scratch: async () => ({ url: await nextDatabase(), stop: async () => undefined }),
    stop: () => store.stop(),
  };
}

async function openSample(url: string): Promise<SampleDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'gospelib-sample-'));
  const migrations = join(folder, 'migrations');
  mkdirSync(migrations);
  writeFileSync(join(migrations, '0001_shelves.up.sql'), shelves);
  writeFileSync(
    join(migrations, '0001_shelves.down.sql'),
    'DROP TABLE archive, books, shelves; DROP FUNCTION archive_book();',
  );
  writeFileSync(join(migrations, '0002_colour.up.sql'), tags);
  writeFileSync(join(migrations, '0002_colour.down.sql'), 'ALTER TABLE shelves DROP colour;');
  const schema = { schema: 'library', folder: migrations };
  await migrate({ ...schema, url, role: { password: servicePassword } });
  const query: SampleDatabase['query'] = async (sql, values = [], at = url) => {
    const client = new pg.Client({ connectionString: at, options: '-c search_path=library' });
    await client.connect();
    try {
      return (await client.query(sql, values)).rows;
    } finally {
      await client.end();
    }
  };
  const serviceUrl = new URL(url);
  serviceUrl.username = 'library_service';
  serviceUrl.password = servicePassword;
  return {
    url,
    serviceUrl: serviceUrl.href,
    source: { url, schemas: [schema] },
    target: { ...schema, url },
    backups: openBackupStore(join(folder, 'backups'), async () => ({
      signing: ['a key of tests, which signs their backups'],
      identities: ['AGE-SECRET-KEY-1TKZDF2TGA6ZQWMVAXNDWAQANMTHN34WGA5M260YPQFG3PGDDF6FSAEGXM3'],
    })),
    folder,
    query,
    count: async (table) => Number((await query(`SELECT count(*) AS n FROM ${table}`))[0]?.n),
    close: () => rmSync(folder, { recursive: true }),
  };
}

async function fill({ query }: SampleDatabase): Promise<void> {
  await query(`INSERT INTO shelves (label) SELECT 'shelf ' || n FROM generate_series(1, 20) n`);
  await query(`INSERT INTO books (id, shelf, title, price, tags, cover, about)
    SELECT n, n % 20 + 1, CASE WHEN n % 7 > 0 THEN E'Faith\\t\\\\N line\\n' || n END, n / 3.0,
      ARRAY['a,b', '"c"', NULL], decode(md5(n::text), 'hex'), jsonb_build_object('ἀγάπη', n)
    FROM generate_series(1, 3000) n`);
}

/** Every row of every table, as text. */
export async function contentsOf(sample: SampleDatabase, url = sample.url): Promise<string[]> {
  const tables = ['shelves', 'books', 'archive'];
  const parts = tables.map((table) =>
    sample.query(`SELECT t::text FROM ${table} t ORDER BY 1`, [], url),
  );
  return (await Promise.all(parts)).flat().map(({ t }) => String(t));
}
