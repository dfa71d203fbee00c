import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** The environment of this package, which is read here only. */
export interface EngineConfig {
  /** A FalkorDB module of the system, for machines for which no package provides one. */
  falkorModule: string | undefined;
  /** The redis-server (or valkey-server) of the system to use. */
  redisServer: string | undefined;
  /** For files that can be downloaded again. */
  cacheDir: string;
}

export function readEngineConfig(env: NodeJS.ProcessEnv = process.env): EngineConfig {
  return {
    falkorModule: env.FALKORDB_MODULE || undefined,
    redisServer: env.REDIS_SERVER || undefined,
    cacheDir: env.GOSPELIB_CACHE_DIR || join(userCache(env), 'gospelib'),
  };
}

/** XDG Base Directory: a relative XDG_CACHE_HOME must be ignored. */
function userCache(env: NodeJS.ProcessEnv): string {
  const xdg = env.XDG_CACHE_HOME;
  return xdg !== undefined && isAbsolute(xdg) ? xdg : join(homedir(), '.cache');
}
