import type { BackupManifest } from '@gospelib/backup';
import { openBackups } from '@gospelib/data-ops';
import type { Environment } from '@gospelib/environment';
import type { Finding } from './finding.ts';
import type { Answer } from './probe.answer.ts';
import type { BackupSnapshot } from './snapshot.types.ts';

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
  const { whole, damaged } = await store.survey();
  const verified = whole.filter((backup) => backup.verified !== undefined);
  const of = (kind: BackupManifest['kind']) => verified.filter((backup) => backup.kind === kind);
  const newest = whole.find(({ kind }) => kind === 'database');
  const unverified = newest?.verified === undefined ? newest : undefined;
  return {
    snapshot: {
      graph: of('graph').map(({ id, createdAt, content }) => ({
        id,
        createdAt,
        version: String(content.version),
      })),
      database: of('database').map(({ id, createdAt }) => ({ id, createdAt })),
      unverified: unverified?.id,
    },
    findings: [
      ...tellAge('graph', of('graph')[0], store.place, now),
      ...tellAge('database', of('database')[0], store.place, now),
      ...(unverified === undefined ? [] : [tellUnverified(unverified)]),
      ...damaged.map(
        ({ id, reason }): Finding => ({
          kind: 'backup-damaged',
          level: 'warning',
          subject: id,
          text: reason,
        }),
      ),
    ],
  };
}

function tellUnverified({ id }: BackupManifest): Finding {
  const text = `The newest backup of the database (${id}) is not verified yet: it does not count.`;
  return { kind: 'backup-unverified', level: 'warning', subject: id, text };
}

function tellAge(
  kind: 'graph' | 'database',
  newest: BackupManifest | undefined,
  place: string,
  now: Date,
): Finding[] {
  if (newest === undefined) {
    const text = `There is no verified backup of the ${kind} in ${place}.`;
    return [{ kind: 'backup-none', level: 'warning', subject: kind, text }];
  }
  const hours = (now.getTime() - Date.parse(newest.createdAt)) / HOUR_MS;
  if (hours <= oldest[kind]) return [];
  const text = `The newest verified backup of the ${kind} (${newest.id}) is ${Math.round(hours)} hours old; it should not be older than ${oldest[kind]}.`;
  return [{ kind: 'backup-old', level: 'warning', subject: kind, text }];
}
