/**
 * A supervisor that will be killed: takes a data folder, starts a real store and a child that does
 * not die with it, notes both as `up` does, prints their ids and waits. For tests.
 */
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { acquireLock, identify, ownIdentity } from '@gospelib/processes';
import { startRedis } from '@gospelib/stores';
import { originOf, readConfig, runFolder, storeFolder } from '../config.ts';
import { lockFile, writeRunState } from '../supervisor/run.state.ts';

const config = readConfig({ data: process.argv[2] ?? '' });
mkdirSync(runFolder(config), { recursive: true });
await acquireLock(lockFile(config), 'The data folder');
const redis = await startRedis({ dataDir: storeFolder(config, 'redis') });
const child = spawn('sleep', ['300'], { detached: true, stdio: 'ignore' });
const since = new Date().toISOString();
const part = (name: 'redis' | 'content', pid: number) => {
  const process = identify(pid);
  if (process === undefined) throw new Error(`${name} does not run`);
  return { name, state: 'running' as const, process, since, restarts: 0 };
};
writeRunState(config, {
  supervisor: ownIdentity(),
  origin: originOf(config),
  ready: true,
  parts: [part('redis', redis.pid), part('content', child.pid ?? 0)],
});
console.log(JSON.stringify([redis.pid, child.pid]));
setInterval(() => {}, 1_000);
