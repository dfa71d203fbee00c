import { type BackupManifest, type DamagedBackup, firstSound } from '@gospelib/backup';
import { openBackups } from '@gospelib/data-ops';
import { databaseBackupContent } from '@gospelib/database';
import type { Environment } from '@gospelib/environment';
import type { Finding } from './finding.ts';
import type { Answer } from './probe.answer.ts';
import type { BackupSnapshot, StoredDatabase } from './snapshot.types.ts';

/** How old the last verified backup may be, in hours. The graph can be made anew from its sources; what people wrote cannot. */
const oldest = { graph: 7 * 24, database: 24 } as const;

const HOUR_MS = 60 * 60 * 1000;

export async function probeBackups(
  environment: Environment,
  say: (line: string) => void,
  now = new Date(),
): Promise<Answer<BackupSnapshot>> {
  say('looking at the backups …');
  const store = openBackups(environment);
  const { whole, damaged, unproven } = await store.survey();
  const rotten: DamagedBackup[] = [];
  const sound = async (kind: BackupManifest['kind']) => {
    const verified = whole.filter((one) => one.kind === kind && one.verified !== undefined);
    // The one that a step would restore is read whole: a byte that flipped is found before anything is planned on it.
    const { rotten: found } = await firstSound(store, verified);
    rotten.push(...found);
    return verified.slice(found.length);
  };
  const counting = { graph: await sound('graph'), database: await sound('database') };
  const of = (kind: BackupManifest['kind']) => counting[kind];
  const newest = whole.find(({ kind }) => kind === 'database');
  const unverified = newest?.verified === undefined ? newest : undefined;
  return {
    snapshot: {
      graph: of('graph').map(({ id, createdAt, content }) => ({
        id,
        createdAt,
        version: String(content.version),
        digest: String(content.digest),
      })),
      database: of('database').map(tellDatabase),
      unverified: unverified?.id,
    },
    findings: [
      ...(['graph', 'database'] as const).flatMap((kind) => {
        const strange = unproven.filter(({ manifest }) => manifest.kind === kind).length;
        return tellAge(kind, of(kind)[0], { place: store.place, strange }, now);
      }),
      ...(unverified === undefined ? [] : [tellUnverified(unverified)]),
      ...damaged.map(({ id, reason }) => tellDamaged(id, reason)),
      ...rotten.map(({ id, reason }) => {
        const [next] = of(id.startsWith('graph-') ? 'graph' : 'database');
        const instead =
          next === undefined
            ? 'there is no other'
            : `${next.id} of ${next.createdAt} is the newest that is sound`;
        return tellDamaged(
          id,
          `The backup ${id} is rotten: ${reason} It counts no more; ${instead}.`,
        );
      }),
    ],
  };
}

function tellDamaged(subject: string, text: string): Finding {
  return { kind: 'backup-damaged', level: 'warning', subject, text };
}

function tellDatabase({ id, createdAt, content }: BackupManifest): StoredDatabase {
  const { schemas } = databaseBackupContent.parse(content);
  const made = schemas.filter(({ tables }) => tables.length > 0);
  const rows = Object.fromEntries(
    schemas.flatMap(({ schema, tables }) =>
      tables.map((one): [string, number] => [`${schema}.${one.table}`, one.rows]),
    ),
  );
  return { id, createdAt, schemas: made.map(({ schema }) => schema), rows };
}

function tellUnverified({ id }: BackupManifest): Finding {
  const text = `The newest backup of the database (${id}) is not verified yet: it does not count.`;
  return { kind: 'backup-unverified', level: 'warning', subject: id, text };
}

function tellAge(
  kind: 'graph' | 'database',
  newest: BackupManifest | undefined,
  { place, strange }: { place: string; strange: number },
  now: Date,
): Finding[] {
  if (newest === undefined) {
    const unsigned =
      strange === 0 ? '' : ` Of ${strange} that lie there nothing proves that they are ours.`;
    const text = `There is no verified backup of the ${kind} in ${place}.${unsigned}`;
    return [{ kind: 'backup-none', level: 'warning', subject: kind, text }];
  }
  const hours = (now.getTime() - Date.parse(newest.createdAt)) / HOUR_MS;
  if (hours <= oldest[kind]) return [];
  const text = `The newest verified backup of the ${kind} (${newest.id}) is ${Math.round(hours)} hours old; it should not be older than ${oldest[kind]}.`;
  return [{ kind: 'backup-old', level: 'warning', subject: kind, text }];
}
