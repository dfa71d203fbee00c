import { databaseBackupContent } from '@gospelib/database';
import { backUpDatabase } from '@gospelib/recovery';
import { newestBackup } from './damage/backup.damage.ts';
import { fillNotes, sql } from './damage/database.damage.ts';
import { mentionFaults, schemaFaults } from './damage/schema.faults.ts';
import type { Drill } from './drill.ts';
import type { Stack } from './stack/stack.ts';

/** Something that a migration defines is taken away by hand: the rows lie there still, and all of them must. */
const usual = {
  outcome: 'recovered',
  expects: ['schema-damaged'],
  page: 'not named',
  targetSeconds: 30,
  readersKeepReading: true,
  faults: schemaFaults,
} as const;

/** What is written from here on is in no backup. */
async function backUp({ environment }: Stack): Promise<void> {
  const context = { environment, say: () => undefined, acceptDataLoss: false };
  await backUpDatabase(context, 'database');
}

/** The backup that `notes-emptied` is mended from: the recovery takes a newer one, which has no rows. */
const emptied: { content?: unknown } = {};

function damage(name: string, breaks: string, statement: string, says: RegExp): Drill {
  return {
    ...usual,
    name,
    breaks,
    says,
    break: async (stack) => void (await sql(stack, statement)),
  };
}

export const schemaDrills: readonly Drill[] = [
  {
    ...damage(
      'column-dropped',
      'The column of tags is dropped from the notes while somebody writes',
      'ALTER TABLE study.notes DROP COLUMN tags',
      /study\.notes\.tags has the values of the backup/,
    ),
    prepare: backUp,
  },
  {
    ...damage(
      'schema-dropped',
      'The schema of study is dropped with all that is in it',
      'DROP SCHEMA study CASCADE',
      /study\.notes has the [\d,]+ rows? of the backup/,
    ),
    expects: ['schema-gone'],
    prepare: backUp,
    losesWritesSince: async (stack) => {
      const { content } = await newestBackup(stack, 'database');
      return new Date(databaseBackupContent.parse(content).snapshotAt);
    },
  },
  damage(
    'right-revoked',
    'The right to read notes is revoked from the service while somebody writes',
    'REVOKE SELECT ON study.notes FROM study_service',
    /role study_service may not read study\.notes/,
  ),
  damage(
    'schema-closed',
    'The service may not use its schema any more, while somebody writes',
    'REVOKE USAGE ON SCHEMA study FROM study_service',
    /role study_service may not use schema study/,
  ),
  damage(
    'row-security-off',
    'Row security of the notes is switched off, and everybody may read them',
    'DO $$BEGIN ALTER TABLE study.notes DISABLE ROW LEVEL SECURITY; GRANT SELECT ON study.notes TO PUBLIC; END$$',
    /row security of study\.notes is off; everybody may read study\.notes, which no migration grants/,
  ),
  {
    ...damage(
      'trigger-disabled',
      'The trigger that finds passages in notes is disabled while somebody writes',
      'ALTER TABLE study.notes DISABLE TRIGGER note_mentions_added',
      /trigger note_mentions_added on study\.notes is disabled.*study\.note_mentions was derived anew/,
    ),
    faults: async (stack) => [...(await schemaFaults(stack)), ...(await mentionFaults(stack))],
  },
  {
    ...damage(
      'notes-emptied',
      'The tables of notes are emptied by hand while somebody writes',
      'TRUNCATE study.notes CASCADE',
      /study\.notes has \d+ rows?, the backup of .* had [\d,]+[\s\S]*Back from the backup of/,
    ),
    expects: ['rows-gone'],
    flags: ['--accept-data-loss'],
    prepare: async (stack) => {
      await fillNotes(stack, 1000, () => undefined);
      await backUp(stack);
      emptied.content = (await newestBackup(stack, 'database')).content;
    },
    losesWritesSince: async () => new Date(databaseBackupContent.parse(emptied.content).snapshotAt),
    faults: async (stack) => [...(await schemaFaults(stack)), ...(await mentionFaults(stack))],
  },
];
