import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openBackups, schemaSource } from '@gospelib/data-ops';
import { databaseBackupContent, migrationStatus } from '@gospelib/database';
import { backUpDatabase } from '@gospelib/recovery';
import { alterBackup, editManifest, listBackups, newestBackup } from './damage/backup.damage.ts';
import { sql } from './damage/database.damage.ts';
import { schemaFaults } from './damage/schema.faults.ts';
import type { Drill } from './drill.ts';
import { makeRelease } from './stack/altered.release.ts';
import { expectOk, type Stack, startGl } from './stack/stack.ts';

const MIGRATIONS = 'services/study/migrations';
const LAST = '0006_mood';

const goesBack = {
  [`${MIGRATIONS}/${LAST}.up.sql`]:
    '-- Moods of notes.\n-- @reversible yes\n-- @down-loses nothing\nALTER TABLE notes ADD COLUMN mood text;\nCREATE INDEX notes_mood ON notes (user_id, mood, updated_at);\n',
  [`${MIGRATIONS}/${LAST}.down.sql`]: 'ALTER TABLE notes DROP COLUMN mood;\n',
};

/** Every note that is made fails. */
const badCode = {
  'services/study/src/items/item.service.ts': (text: string) =>
    text.replace(
      /(\n {2}async create\([^{]*\{\n)/,
      "$1    if (userId !== '') throw new TypeError('a mistake');\n",
    ),
};

const usual = {
  outcome: 'recovered',
  page: '< 10 min',
  targetSeconds: 60,
  readersKeepReading: false,
  faults: schemaFaults,
} as const;

async function backUp({ environment }: Stack): Promise<void> {
  await backUpDatabase({ environment, say: () => undefined, acceptDataLoss: false }, 'database');
}

/** What was committed later is not in the newest backup that is sound. */
async function newestSnapshot(stack: Stack): Promise<Date> {
  const { content } = await newestBackup(stack, 'database');
  return new Date(databaseBackupContent.parse(content).snapshotAt);
}

/** Puts a further release on the stack, as somebody does who did not know what is in it. */
async function deploy(
  stack: Stack,
  name: string,
  files: Parameters<typeof makeRelease>[2]['files'],
): Promise<string> {
  const folder = join(stack.config.dataDir, 'releases', name);
  makeRelease(stack.config.root, folder, { files });
  await expectOk(stack.gl(['down']));
  return folder;
}

export const databaseDrills: readonly Drill[] = [
  {
    ...usual,
    name: 'table-dropped',
    breaks: 'The table of notes is dropped by hand while somebody writes',
    expects: ['schema-damaged'],
    page: 'not named',
    readersKeepReading: true,
    prepare: backUp,
    break: async (stack) => {
      await sql(stack, 'DROP TABLE study.notes CASCADE');
    },
    losesWritesSince: newestSnapshot,
  },
  {
    ...usual,
    name: 'newest-backup-rotten',
    breaks: 'A table is dropped, and a byte of the newest backup has flipped',
    expects: ['schema-damaged'],
    says: /is rotten: .*was altered.*is the newest that is sound/,
    page: 'not named',
    readersKeepReading: true,
    prepare: async (stack) => {
      await backUp(stack);
      await backUp(stack);
    },
    break: async (stack) => {
      alterBackup(stack, await newestBackup(stack, 'database'), 'study.notes.copy.zst');
      await sql(stack, 'DROP TABLE study.notes CASCADE');
    },
    // Of what is sound: the rotten one counts no more.
    losesWritesSince: newestSnapshot,
    restore: async ({ environment }) => {
      const backups = openBackups(environment);
      for (const { id } of (await backups.survey()).damaged) await backups.remove(id);
    },
  },
  {
    ...usual,
    name: 'role-password',
    breaks:
      'The password of the role of study is changed in PostgreSQL, and study is started again',
    expects: ['role-refused'],
    page: 'not named',
    targetSeconds: 20,
    readersKeepReading: true,
    break: async (stack) => {
      await sql(stack, "ALTER ROLE study_service PASSWORD 'another'");
      const { processes } = await stack.environment.status();
      const study = processes.find(({ name }) => name === 'study');
      if (study?.pid === undefined) throw new Error('study has no process.');
      process.kill(study.pid, 'SIGKILL');
    },
  },
  {
    ...usual,
    name: 'backups-too-old',
    breaks: 'The last backups of graph and database are forty days old',
    expects: ['backup-old'],
    page: 'not named',
    targetSeconds: 45,
    readersKeepReading: true,
    break: async (stack) => {
      const createdAt = new Date(Date.now() - 40 * 24 * 60 * 60 * 1000).toISOString();
      for (const kind of ['graph', 'database'] as const) {
        for (const one of await listBackups(stack, kind)) {
          await editManifest(stack, one, (manifest) => ({ ...manifest, createdAt }));
        }
      }
    },
  },
  {
    ...usual,
    name: 'bad-release',
    breaks: 'A release with a migration that goes back fails at every note',
    expects: ['service-fails'],
    says: /Rolled back in study: 0006_mood/,
    break: async (stack) => {
      const folder = await deploy(stack, 'bad', { ...goesBack, ...badCode });
      await expectOk(stack.gl(['up', '--detach'], folder));
      await sleep(3_000);
    },
  },
  {
    ...usual,
    name: 'migration-fails',
    breaks: 'A release whose second migration fails half-way: its index is left unfinished',
    expects: ['nothing-runs'],
    break: async (stack) => {
      const twice = `INSERT INTO study.bookmarks SELECT user_id, gen_random_uuid(), version, created_at, updated_at, 'alma.32', 1, 1, 'twice', '{}' FROM study.notes LIMIT 2`;
      await sql(stack, twice);
      const folder = await deploy(stack, 'failing', {
        [`${MIGRATIONS}/0006_once.up.sql`]:
          '-- One bookmark a place.\n-- @reversible yes\n-- @down-loses nothing\n-- @transaction no\nCREATE UNIQUE INDEX CONCURRENTLY bookmarks_once ON bookmarks (passage);\n',
        [`${MIGRATIONS}/0006_once.down.sql`]: 'DROP INDEX bookmarks_once;\n',
      });
      const failed = await stack.gl(['up', '--detach'], folder);
      if (failed.code === 0 || !failed.stderr.includes('could not be migrated')) {
        throw new Error(`That release was to fail at its migration:\n${failed.stderr}`);
      }
    },
    restore: async (stack) => {
      await sql(stack, "DELETE FROM study.bookmarks WHERE label = 'twice'");
    },
  },
  {
    ...usual,
    name: 'migration-killed',
    breaks: 'A release is killed in the middle of its migration, and with it its supervisor',
    expects: ['nothing-runs'],
    break: async (stack) => {
      const folder = await deploy(stack, 'killed', {
        ...goesBack,
        [`${MIGRATIONS}/${LAST}.up.sql`]: `${goesBack[`${MIGRATIONS}/${LAST}.up.sql`]}SELECT pg_sleep(20);\n`,
      });
      const up = startGl(stack, ['up', '--detach'], folder);
      const running = `SELECT 1 FROM pg_stat_activity WHERE query LIKE '%pg_sleep%' AND pid <> pg_backend_pid()`;
      while ((await sql(stack, running).catch(() => [])).length === 0) await sleep(100);
      const supervisor = (await stack.environment.status()).supervisor;
      if (supervisor === undefined) throw new Error('That release has no supervisor.');
      process.kill(supervisor, 'SIGKILL');
      await up.ended;
    },
  },
  {
    ...usual,
    name: 'irreversible',
    breaks: 'A release with a migration that cannot go back fails at every note',
    expects: ['service-fails'],
    outcome: 'refused',
    says: /Fix forward/,
    break: async (stack) => {
      const folder = await deploy(stack, 'irreversible', {
        ...badCode,
        [`${MIGRATIONS}/0006_merged.up.sql`]:
          '-- @reversible no: the tags of notes and highlights are merged\nALTER TABLE notes ADD COLUMN merged boolean;\n',
      });
      await expectOk(stack.gl(['up', '--detach'], folder));
      await sleep(3_000);
    },
    // Nothing must have been changed: what is applied stays, what runs goes on.
    faults: async (stack) => {
      const target = {
        ...(await schemaSource(stack.environment, 'study')),
        url: await stack.environment.storeAddress('postgresql'),
      };
      const last = (await migrationStatus(target)).at(-1);
      const stands = last?.name === '0006_merged' && last.state === 'unknown';
      return stands ? [] : [`The schema stands at ${last?.name} (${last?.state}).`];
    },
  },
];
