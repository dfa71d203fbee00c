import { chownSync, existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { OperatorError } from '@gospelib/cli-kit';
import { spawnChild } from '@gospelib/processes';
import type { DataFolder } from '../data/data.folder.ts';
import type { PostgresProgram, PostgresUser } from './postgres.program.ts';

/** The role that owns everything, and is no superuser once `relieveSuperuser` is done. */
export const ROLE = 'gospelib';

/**
 * The path of the database cluster in a store's folder, created on first use. It is created under a temporary name and
 * then renamed, so that a kill in between leaves no incomplete cluster.
 */
export async function ensureCluster(
  folder: DataFolder,
  program: PostgresProgram,
  user: PostgresUser,
): Promise<string> {
  const cluster = join(folder.path, 'cluster');
  if (existsSync(cluster)) return cluster;
  const draft = join(folder.path, 'cluster.new');
  rmSync(draft, { recursive: true, force: true });
  own(folder.path, user);
  const lines: string[] = [];
  const child = await spawnChild({
    command: program.initdb,
    args: [
      `--pgdata=${draft}`,
      `--username=${ROLE}`,
      `--pwfile=${join(folder.path, 'secret')}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // The same on every machine, whatever locales it has.
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-instructions',
    ],
    ...user,
    log: (line) => lines.push(line),
  });
  folder.record(child.identity);
  const { code } = await child.exited;
  if (code !== 0) {
    throw new OperatorError(
      `initdb failed (exit ${code}):\n${lines.slice(-12).join('\n')}`,
      user.uid === undefined
        ? undefined
        : `It ran as user ${user.uid}, who must be able to reach ${folder.path}. Choose another place with GOSPELIB_DATA, or set DATABASE_URL to a running PostgreSQL.`,
    );
  }
  renameSync(draft, cluster);
  return cluster;
}

/** Gives a store's folder to the user PostgreSQL runs as, if that is another user. */
export function own(path: string, { uid, gid }: PostgresUser): void {
  if (uid === undefined || gid === undefined) return;
  chownSync(path, uid, gid);
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    if (entry.isDirectory()) own(join(path, entry.name), { uid, gid });
    else chownSync(join(path, entry.name), uid, gid);
  }
}
