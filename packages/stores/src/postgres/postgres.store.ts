import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { OperatorError } from '@gospelib/cli-kit';
import { onPort, type RunningChild, spawnChild } from '@gospelib/processes';
import { type DataFolder, openDataFolder } from '../data/data.folder.ts';
import type { RunningStore, StoreOptions } from '../store.types.ts';
import { postgresAnswers } from './postgres.answer.ts';
import { ensureCluster, own, ROLE } from './postgres.cluster.ts';
import { ensureDatabase } from './postgres.database.ts';
import {
  choosePostgresUser,
  findPostgresProgram,
  type PostgresProgram,
  type PostgresUser,
} from './postgres.program.ts';

const HOST = '127.0.0.1';
const DATABASE = 'gospelib';
/** Recovery after a crash replays at most max_wal_size; the timeout allows for slow disks. */
const START_TIMEOUT_MS = 60_000;

const PORT_HINT =
  'Choose another with POSTGRES_PORT or --port-base, or set DATABASE_URL to use a running PostgreSQL.';

/** Small, because a graph, a cache and the services run on the same machine. */
const SETTINGS = {
  listen_addresses: HOST,
  unix_socket_directories: '',
  shared_buffers: '32MB',
  max_connections: '50',
  max_wal_size: '256MB',
  io_method: 'sync', // no separate I/O workers to keep resident
  timezone: 'UTC',
  log_timezone: 'UTC',
};

const WITHOUT_PERSISTENCE = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/**
 * Starts PostgreSQL with a database `gospelib`, and creates the cluster the first time. Every connection needs a
 * password (SCRAM), also from this machine.
 */
export async function startPostgres(options: StoreOptions): Promise<RunningStore> {
  const program = findPostgresProgram();
  const user = choosePostgresUser();
  // PostgreSQL marks its own files with the major version and refuses those of another one.
  const folder = await openDataFolder(options.dataDir, 'postgresql');
  try {
    const cluster = await ensureCluster(folder, program, user);
    return await onPort(options.port, PORT_HINT, (port) =>
      startCluster(cluster, port, { program, user, folder, options }),
    );
  } catch (error) {
    folder.close();
    throw error;
  }
}

interface Context {
  program: PostgresProgram;
  user: PostgresUser;
  folder: DataFolder;
  options: StoreOptions;
}

async function startCluster(
  cluster: string,
  port: number,
  context: Context,
): Promise<RunningStore> {
  const { program, user, folder, options } = context;
  const settings = {
    ...SETTINGS,
    ...((options.persistence ?? true) ? {} : WITHOUT_PERSISTENCE),
    port: String(port),
  };
  own(folder.path, user);
  const lastLines: string[] = [];
  const child = await spawnChild({
    command: program.postgres,
    args: ['-D', cluster, ...Object.entries(settings).flatMap(([k, v]) => ['-c', `${k}=${v}`])],
    ...user,
    stopSignal: 'SIGINT', // "fast": ends sessions, then shuts down cleanly
    log: (line) => {
      lastLines.push(line);
      if (lastLines.length > 20) lastLines.shift();
      options.log?.(line);
    },
  });
  folder.record(child.identity);
  const server = `postgresql://${ROLE}:${folder.secret}@${HOST}:${port}`;
  try {
    await untilReady(join(cluster, 'postmaster.pid'), child, lastLines);
    await ensureDatabase(server, DATABASE, cluster);
  } catch (error) {
    await child.stop();
    throw error;
  }
  const exited = child.exited.then((exit) => {
    folder.close();
    return exit;
  });
  return {
    url: `${server}/${DATABASE}`,
    port,
    pid: child.identity.pid,
    dataDir: folder.path,
    exited,
    answers: (timeoutMs) => postgresAnswers(`${server}/${DATABASE}`, timeoutMs),
    stop: async () => {
      await child.stop();
      await exited;
    },
  };
}

/** postmaster.pid names the process in its first line and its state in its eighth. */
async function untilReady(
  pidFile: string,
  child: RunningChild,
  lastLines: string[],
): Promise<void> {
  let gone = false;
  void child.exited.then(() => {
    gone = true;
  });
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (gone) {
      throw new OperatorError(
        `PostgreSQL ended while starting. Its last lines:\n${lastLines.join('\n')}`,
      );
    }
    const lines = existsSync(pidFile) ? readFileSync(pidFile, 'utf8').split('\n') : [];
    if (Number(lines[0]) === child.identity.pid && lines[7]?.trim() === 'ready') return;
    await sleep(15);
  }
  throw new OperatorError(`PostgreSQL was not ready within ${START_TIMEOUT_MS / 1000} s.`);
}
