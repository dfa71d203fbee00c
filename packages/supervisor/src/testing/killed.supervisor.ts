/**
 * A supervisor that will be killed: takes a data folder, starts a real store and a child that does
 * not die with it, notes both as `up` does, prints their ids and waits. For tests.
 */
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { acquireLock, identify, ownIdentity } from '@gospelib/processes';
import { startRedis } from '@gospelib/stores';
import { folders, originOf, readLocalConfig } from '../config/local.config.ts';
import { lockFile, writeRunState } from '../platform/run.state.ts';
import { repositoryRoot } from './repository.ts';

const config = readLocalConfig(repositoryRoot, { data: process.argv[2] ?? '' });
mkdirSync(folders.run(config), { recursive: true });
await acquireLock(lockFile(config), 'The data folder');
const redis = await startRedis({ dataDir: folders.store(config, 'redis') });
const child = spawn('sleep', ['300'], { detached: true, stdio: 'ignore' });
const since = new Date().toISOString();
const record = (name: string, pid: number) => {
  const process = identify(pid);
  if (process === undefined) throw new Error(`${name} does not run`);
  return { name, state: 'running' as const, process, since, restarts: 0 };
};
writeRunState(config, {
  supervisor: ownIdentity(),
  origin: originOf(config),
  ready: true,
  processes: [record('redis', redis.pid), record('content', child.pid ?? 0)],
});
console.log(JSON.stringify([redis.pid, child.pid]));
setInterval(() => {}, 1_000);
