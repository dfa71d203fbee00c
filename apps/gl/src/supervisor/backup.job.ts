import { join } from 'node:path';
import type { BackupKind } from '@gospelib/backup';
import { OperatorError } from '@gospelib/cli-kit';
import { hasRows } from '@gospelib/database';
import { spawnChild } from '@gospelib/processes';
import { openBackups } from '../backups.ts';
import type { Config } from '../config.ts';
import { readActiveVersion } from '../corpus.ts';
import { ownerUrl, storeUrl } from '../store.address.ts';
import type { BackupWork } from './backup.schedule.ts';

const verbs: Readonly<Record<BackupKind, string>> = { database: 'db', graph: 'graph' };

/** What the schedule does with the platform that runs here. */
export function backupWork(config: Config, say: (line: string) => void): BackupWork {
  return {
    hours: config.backupHours,
    list: () => openBackups(config).list(),
    holds: async (kind) =>
      kind === 'database'
        ? holdsWritings(ownerUrl(config))
        : (await readActiveVersion(storeUrl(config, 'falkordb'))) !== undefined,
    take: (kind, signal) => takeInBackground(config, kind, signal),
    say,
  };
}

/** Keys and counts are there from the first start on, and are made anew: a backup begins with the first reader. */
async function holdsWritings(url: string): Promise<boolean> {
  return (await hasRows(url, 'accounts', 'users')) || (await hasRows(url, 'study'));
}

/** In a process of its own that gives way to everybody else, with the store in which it verifies. */
async function takeInBackground(
  config: Config,
  kind: BackupKind,
  signal: AbortSignal,
): Promise<void> {
  const lines: string[] = [];
  const job = await spawnChild({
    command: process.execPath,
    args: [
      join(import.meta.dirname, '../main.ts'),
      '--data',
      config.dataDir,
      verbs[kind],
      'backup',
    ],
    wrapper: ['nice', '-n', '15'],
    env: config.env,
    log: (line) => lines.push(line),
  });
  const stop = () => void job.stop();
  signal.addEventListener('abort', stop, { once: true });
  const { code } = await job.exited;
  signal.removeEventListener('abort', stop);
  if (code !== 0) throw new OperatorError(lines.slice(-4).join('\n') || 'it was ended');
}
