import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { type Account, openAccounts } from '../account.ts';
import { generousEnvironment } from '../generous.environment.ts';
import { repository, type StartedPlatform, startPlatform } from '../platform.ts';
import { atMost, type Figure } from './figure.ts';
import { percentile } from './load.ts';

const run = promisify(execFile);

/** Migrations, a backup and a restore over so many notes, with readers and writers on them. */
export async function benchDatabase(count: number): Promise<Figure[]> {
  const what = `${count.toLocaleString('en')} notes`;
  const platform = await startPlatform({
    env: { ...generousEnvironment, GOSPELIB_BACKUP_HOURS: '0' },
  });
  try {
    const ownerUrl = await ownerUrlOf(platform);
    const people = await openAccounts(platform.place, 6);
    for (const person of people) await write(person, 200);
    return [
      ...(await benchMigration(ownerUrl, count, what)),
      ...(await benchBackup(platform, people, what)),
      await benchRollback(platform, what),
      ...(await benchRestore(platform, ownerUrl, what)),
    ];
  } finally {
    await platform.stop();
  }
}

async function ownerUrlOf(platform: StartedPlatform): Promise<string> {
  const { port } = await platform.process('postgresql');
  const secret = await readFile(join(platform.place.data, 'stores/postgresql/secret'), 'utf8');
  return `postgresql://gospelib:${secret.trim()}@127.0.0.1:${port}/gospelib`;
}

async function query(ownerUrl: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(ownerUrl);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** A thousand readers, each with many notes of some 240 characters that name a verse. */
async function addNotes(ownerUrl: string, count: number): Promise<void> {
  await query(
    ownerUrl,
    `INSERT INTO study.notes (user_id, id, version, created_at, updated_at, passage, starts_at, ends_at, body, tags, mentions)
     SELECT 'reader-' || n % 1000, gen_random_uuid(), n, now(), now(), 'alma.32.21', 1000 * (n % 1500) + 21, 1000 * (n % 1500) + 21,
       'Note ' || n || ': faith is not to have a perfect knowledge of things; therefore if ye have faith ye hope for things which are not seen, which are true. Compare what is said of hope elsewhere, and ask what it would take to plant such a word.',
       ARRAY['faith', 'tag' || n % 50],
       jsonb_build_array(jsonb_build_object('start', 0, 'end', 4, 'passage', 'heb.11.1', 'startsAt', 1200001, 'endsAt', 1200001))
     FROM generate_series(1, ${count}) n`,
  );
  await query(ownerUrl, 'VACUUM ANALYZE study.notes');
}

/** What a cluster's job runs: no backup is part of it. */
async function benchMigration(ownerUrl: string, count: number, what: string): Promise<Figure[]> {
  const job = join(repository, 'services/study/src/migrate.main.ts');
  const timed = async (...args: string[]): Promise<number> => {
    const env = { ...process.env, MIGRATION_DATABASE_URL: ownerUrl };
    const start = performance.now();
    await run(process.execPath, [job, ...args], { env });
    return (performance.now() - start) / 1000;
  };
  // Filled as it stood before the two migrations, as a running service's tables are.
  await timed('rollback', '--to', '0002_reading');
  await addNotes(ownerUrl, count);
  const up = await timed('migrate');
  const down = await timed('rollback', '--to', '0002_reading');
  await timed('migrate');
  const [rows] = await query(ownerUrl, 'SELECT count(*)::int AS n FROM study.note_mentions');
  const note = `0003 and 0004 of study; ${Number(rows?.n).toLocaleString('en')} mentions indexed`;
  return [
    { name: `${what}: two migrations applied`, value: up, unit: 's', note },
    atMost('  … and taken back', down, 's', 60),
  ];
}

interface Taken {
  id: string;
  seconds: number;
  files: { bytes: number }[];
  verified?: { seconds: number };
}

async function benchBackup(
  platform: StartedPlatform,
  people: readonly Account[],
  what: string,
): Promise<Figure[]> {
  await loadWhile(people, () => sleep(5_000));
  const without = await loadWhile(people, () => sleep(20_000));
  const start = performance.now();
  const during = await loadWhile(people, () => platform.gl('db', 'backup', '--json'));
  const whole = (performance.now() - start) / 1000;
  const taken = JSON.parse(during.result) as Taken;
  const megabytes = taken.files.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6;
  const verified = taken.verified?.seconds ?? Number.NaN;
  const note = `${megabytes.toFixed(0)} MB; restored and compared in ${verified.toFixed(1)} s more, ${whole.toFixed(1)} s in all, under load`;
  const compared = (kind: 'reads' | 'writes', limit?: number): Figure => {
    const [before, beside] = [percentile(without[kind], 0.99), percentile(during[kind], 0.99)];
    const told = `p99 ${beside.toFixed(1)} ms beside ${before.toFixed(1)} ms without; ${during[kind].length} of them during the backup and its verification`;
    const name = `  p99 of ${kind} meanwhile, as a multiple`;
    if (limit === undefined) return { name, value: beside / before, unit: '×', note: told };
    return atMost(name, beside / before, '×', limit, told);
  };
  return [
    atMost(`${what}: backup`, taken.seconds, 's', 30, note),
    compared('reads', 2),
    compared('writes'),
    atMost('  requests that failed meanwhile', during.failures, '', 0),
  ];
}

/** As a person does it: a backup is taken first, and verified when the migrations are taken back. */
async function benchRollback(platform: StartedPlatform, what: string): Promise<Figure> {
  const start = performance.now();
  const back = ['db', 'rollback', '--service', 'study', '--to', '0002_reading', '--json'];
  const { seconds } = JSON.parse(await platform.gl(...back)) as { seconds: number };
  const whole = (performance.now() - start) / 1000;
  await platform.gl('db', 'migrate', '--no-backup');
  const note = `a backup of everything included; ${whole.toFixed(1)} s with its verification`;
  return atMost(`${what}: two migrations taken back by ./gl db rollback`, seconds, 's', 60, note);
}

async function benchRestore(
  platform: StartedPlatform,
  ownerUrl: string,
  what: string,
): Promise<Figure[]> {
  const list = JSON.parse(await platform.gl('db', 'backups', '--json')) as { backups: Taken[] };
  const id = list.backups[0]?.id ?? '';
  await query(ownerUrl, "DELETE FROM study.notes WHERE user_id < 'reader-2'");
  const start = performance.now();
  const text = await platform.gl('db', 'restore', id, '--accept-data-loss', '--json');
  const seconds = (performance.now() - start) / 1000;
  const restored = JSON.parse(text) as { rows: number; unavailableMs: number };
  return [
    {
      name: `${what}: restored, verified and live`,
      value: seconds,
      unit: 's',
      note: `${restored.rows.toLocaleString('en')} rows`,
    },
    atMost('  nobody could connect for', restored.unavailableMs, 'ms', 2_000),
  ];
}

interface Loaded<T> {
  result: T;
  /** Milliseconds, ascending. */
  reads: number[];
  writes: number[];
  failures: number;
}

/** Six people who read a chapter's marks ten times a second and save a note twice a second, while `work` lasts. */
async function loadWhile<T>(
  people: readonly Account[],
  work: () => Promise<T>,
): Promise<Loaded<T>> {
  const done = new AbortController();
  const loaded = { reads: [] as number[], writes: [] as number[], failures: 0 };
  const repeat = async (list: number[], everyMs: number, request: () => Promise<number>) => {
    while (!done.signal.aborted) {
      const start = performance.now();
      const status = await request().catch(() => 0);
      list.push(performance.now() - start);
      if (status < 200 || status > 299) loaded.failures += 1;
      await sleep(Math.max(0, everyMs - (performance.now() - start)));
    }
  };
  const users = people.flatMap((person) => [
    repeat(loaded.reads, 100, async () => {
      return (await person.ask('/api/v1/study/chapters/alma.32/marks')).status;
    }),
    repeat(loaded.writes, 500, () => write(person, 1)),
  ]);
  const result = await work().finally(() => done.abort());
  await Promise.all(users);
  const ascending = (a: number, b: number) => a - b;
  loaded.reads.sort(ascending);
  loaded.writes.sort(ascending);
  return { ...loaded, result };
}

async function write(person: Account, count: number): Promise<number> {
  let status = 0;
  for (let n = 0; n < count; n += 1) {
    const answer = await person.ask('/api/v1/study/notes', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
      body: JSON.stringify({
        passage: `alma.32.${(n % 40) + 1}`,
        body: 'Faith is not a perfect knowledge: see Heb. 11:1.',
        tags: ['faith'],
      }),
    });
    status = answer.status;
  }
  return status;
}
