import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { BackupKind, BackupSurvey } from '@gospelib/backup';

/** What is known of the backups of a kind. Times are seconds since 1970; absent where there is none. */
interface KindState {
  /** When the newest that counts was taken. */
  newest?: number;
  /** When one was last restored and verified. */
  verified?: number;
  /** How many are damaged. */
  damaged: number;
}

/** Leaves what the auditor shows as metrics: `<file>` is read whole or not at all. */
export function writeBackupState(file: string, survey: BackupSurvey): void {
  const state = stateOfBackups(survey);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.new`, `${JSON.stringify(state)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** What is known of the backups of each kind. */
export function stateOfBackups(survey: BackupSurvey): Readonly<Record<BackupKind, KindState>> {
  return { database: stateOf('database', survey), graph: stateOf('graph', survey) };
}

function stateOf(kind: BackupKind, { whole, damaged }: BackupSurvey): KindState {
  const verified = whole.filter((one) => one.kind === kind && one.verified !== undefined);
  const latest = (times: readonly string[]) =>
    Math.max(...times.map((at) => Date.parse(at) / 1000));
  return {
    ...(verified.length > 0 && {
      newest: latest(verified.map(({ createdAt }) => createdAt)),
      verified: latest(verified.map((one) => one.verified?.at ?? one.createdAt)),
    }),
    damaged: damaged.filter(({ id }) => id.startsWith(`${kind}-`)).length,
  };
}
