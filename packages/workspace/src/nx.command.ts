import { join } from 'node:path';

/** This clone, as Nx is called in it. */
export interface Workspace {
  /** The repository. */
  root: string;
  nxCacheDir: string;
  /** What children inherit. */
  env: NodeJS.ProcessEnv;
}

/** How to call the workspace's Nx: without daemon and terminal interface, its cache in the workspace. */
export function nxCommand(
  { root, nxCacheDir, env }: Workspace,
  args: readonly string[],
): { command: string; args: readonly string[]; cwd: string; env: NodeJS.ProcessEnv } {
  return {
    command: join(root, 'node_modules/.bin/nx'),
    args,
    cwd: root,
    env: {
      ...withoutTask(env),
      NX_DAEMON: 'false',
      NX_TUI: 'false',
      NX_NO_CLOUD: 'true',
      NX_ISOLATE_PLUGINS: 'false', // no worker processes that could outlive it
      NX_CACHE_DIRECTORY: nxCacheDir,
    },
  };
}

/** Within an Nx task (the whole-system tests call `gl`), Nx is told nothing of that task. */
function withoutTask(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (env.NX_TASK_TARGET_PROJECT === undefined) return env;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('NX_')));
}
