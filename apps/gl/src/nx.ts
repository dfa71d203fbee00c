import { join } from 'node:path';
import type { Config } from './config.ts';

/** How to call the workspace's Nx: without daemon and terminal interface, its cache in the workspace. */
export function nxCommand(
  config: Config,
  args: readonly string[],
): { command: string; args: readonly string[]; cwd: string; env: NodeJS.ProcessEnv } {
  return {
    command: join(config.root, 'node_modules/.bin/nx'),
    args,
    cwd: config.root,
    env: {
      ...withoutTask(config.env),
      NX_DAEMON: 'false',
      NX_TUI: 'false',
      NX_NO_CLOUD: 'true',
      NX_ISOLATE_PLUGINS: 'false', // no worker processes that could outlive it
      NX_CACHE_DIRECTORY: config.nxCacheDir,
    },
  };
}

/** Within an Nx task (the whole-system tests call `gl`), Nx is told nothing of that task. */
function withoutTask(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (env.NX_TASK_TARGET_PROJECT === undefined) return env;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('NX_')));
}
