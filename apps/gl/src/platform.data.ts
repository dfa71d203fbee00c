import { constants } from 'node:os';
import { join } from 'node:path';
import { OperatorError } from '@gospelib/cli-kit';
import {
  BackupSchedule,
  backupVerbs,
  holdsWorthKeeping,
  lastMigrations,
  migrateAll,
  openBackups,
  readActiveVersion,
  verifyVerbs,
  writeBackupState,
} from '@gospelib/data-ops';
import type { Environment } from '@gospelib/environment';
import { editionOf } from '@gospelib/graph';
import { glLauncher, spawnChild } from '@gospelib/processes';
import { folders, type LocalConfig, type PlatformData } from '@gospelib/supervisor';

/** What a supervisor of this machine does with data; here the packages meet. */
export async function platformData(
  environment: Environment,
  config: LocalConfig,
): Promise<PlatformData> {
  const migrations = await lastMigrations(environment);
  return {
    migrate: async (ownerUrl, say) => {
      await migrateAll(environment, ownerUrl, say);
    },
    lastMigrations: () => migrations,
    activeCorpus: async (url) => {
      const version = await readActiveVersion(url);
      return version === undefined ? undefined : { version, edition: editionOf(version) };
    },
    backups: (say) =>
      new BackupSchedule({
        hours: config.backupHours,
        survey: () => openBackups(environment).survey(),
        holds: (kind) => holdsWorthKeeping(environment, kind),
        take: (kind, signal) => runInBackground(config, backupVerbs[kind], signal),
        verify: (kind, id, signal) => runInBackground(config, [...verifyVerbs[kind], id], signal),
        note: (survey) =>
          writeBackupState(join(folders.operations(config), 'backups.json'), survey),
        say,
      }),
  };
}

/** In a process of its own that gives way to everybody else, with the store in which it verifies. */
async function runInBackground(
  config: LocalConfig,
  verb: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const lines: string[] = [];
  const job = await spawnChild({
    command: glLauncher(config.root),
    args: ['--data', config.dataDir, ...verb],
    wrapper: ['nice', '-n', String(constants.priority.PRIORITY_BELOW_NORMAL)],
    env: config.env,
    log: (line) => lines.push(line),
  });
  const stop = () => void job.stop();
  signal.addEventListener('abort', stop, { once: true });
  const { code } = await job.exited;
  signal.removeEventListener('abort', stop);
  if (code !== 0) throw new OperatorError(lines.slice(-4).join('\n') || 'it was ended');
}
