import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BackupManifest } from '@gospelib/backup';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SampleDatabase } from '../testing/sample.database.ts';
import { contentsOf, type SampleServer, startSampleServer } from '../testing/sample.database.ts';
import type { DatabaseBackupContent } from './backup.content.ts';
import { takeDatabaseBackup } from './database.backup.ts';
import { restoreDatabase } from './database.restore.ts';

let server: SampleServer;
let sample: SampleDatabase;
let taken: BackupManifest;
let live: string[];
let planted: string;

beforeAll(async () => {
  server = await startSampleServer();
  sample = await server.openSample();
  live = await contentsOf(sample);
  taken = await takeDatabaseBackup(sample.source, sample.backups);
  planted = join(sample.folder, 'planted');
});
afterAll(async () => {
  sample.close();
  await server.stop();
});

type Migrations = DatabaseBackupContent['schemas'][number]['migrations'];
const head = '-- @reversible no: x\n';
const command = () => `COPY (SELECT 1) TO PROGRAM 'touch ${planted}';`;

/** A manifest whose migrations somebody altered. */
function altered(manifest: BackupManifest, change: (migrations: Migrations) => Migrations) {
  const content = structuredClone(manifest.content) as DatabaseBackupContent;
  for (const schema of content.schemas) schema.migrations = change(schema.migrations);
  return { ...manifest, content };
}

/** Whoever can write to the place, but has no key. */
function alter(change: (migrations: Migrations) => Migrations, signed: boolean): string {
  const path = join(sample.folder, 'backups', taken.id, 'manifest.json');
  const { signature, ...rest } = altered(taken, change);
  writeFileSync(path, JSON.stringify(signed ? { ...rest, signature } : rest));
  return taken.id;
}

/** Whoever has the key. */
async function sign(change: (migrations: Migrations) => Migrations): Promise<string> {
  const path = join(sample.folder, 'backups', taken.id, 'manifest.json');
  writeFileSync(path, JSON.stringify(taken));
  const backup = await sample.backups.open(taken.id);
  const draft = await sample.backups.create('database');
  for (const { name } of taken.files) await draft.write(name, await backup.read(name));
  const { content, engine, seconds } = altered(taken, change);
  return (await draft.finish({ content, engine, seconds })).id;
}

const restore = (id: string, into: string, acceptUnproven = false, said: string[] = []) =>
  restoreDatabase(sample.source, sample.backups, id, {
    into,
    acceptUnproven,
    onStep: (step) => said.push(step),
  });

const runs = (migrations: Migrations): Migrations =>
  migrations.map((one) => ({ ...one, up: `${one.up}\n${command()}` }));
const brings = (migrations: Migrations): Migrations => [
  ...migrations,
  { name: '0003_more', up: `${head}${command()}` },
];

it('altered by whoever has no key it is refused before anything is made', async () => {
  const id = alter(runs, true);
  await expect(restore(id, 'a')).rejects.toThrow('altered after it was signed');
  await expect(restore(id, 'a', true)).rejects.toThrow('altered after it was signed');
  alter(runs, false);
  await expect(restore(id, 'a')).rejects.toThrow('is not signed');
});

it('accepted without a signature, only the release’s own SQL is run, and what it lacks is refused', async () => {
  const said: string[] = [];
  await restore(alter(runs, false), 'accepted', true, said);
  expect(said.join('\n')).toContain('0001_shelves of library has other SQL in the backup');
  const { url } = sample;
  expect(await contentsOf(sample, url.replace(/[^/]+$/, 'accepted'))).toEqual(live);
  await expect(restore(alter(brings, false), 'b', true)).rejects.toThrow(
    /brings SQL that this release does not have \(0003_more of library\)/,
  );
});

it.each(['../../0003_more', '0003_more/../../x'])(
  'the name %j is refused, whoever signed it',
  async (name) => {
    const id = await sign((migrations) => [...migrations, { name, up: `${head}SELECT 1;` }]);
    await expect(restore(id, 'c')).rejects.toMatchObject({
      name: 'RestoreRefusedError',
      message: expect.stringContaining('schemas.0.migrations.2.name'),
    });
  },
);

it('signed by us and newer than this release, its SQL is run and told, but without any right to files', async () => {
  const said: string[] = [];
  await expect(restore(await sign(brings), 'd', false, said)).rejects.toThrow(/COPY|permission/);
  expect(said.join('\n')).toMatch(/does not have 0003_more of library: the SQL comes from the/);
  const grows = (migrations: Migrations): Migrations => [
    ...migrations,
    { name: '0003_more', up: `${head}SELECT 1;` },
  ];
  await restore(await sign(grows), 'e');
});

it('and after all of it nothing was run, and what is live is as it was', async () => {
  expect(existsSync(planted)).toBe(false);
  expect(readFileSync(join(sample.folder, 'migrations/0001_shelves.up.sql'), 'utf8')).not.toContain(
    'PROGRAM',
  );
  expect(await contentsOf(sample)).toEqual(live);
});
