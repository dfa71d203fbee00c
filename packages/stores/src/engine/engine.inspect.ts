import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { choosePostgresUser, findPostgresProgram } from '../postgres/postgres.program.ts';
import { findDistribution, findMirrors } from './distribution.ts';
import { type EngineConfig, readEngineConfig } from './engine.config.ts';
import { findLocalRedisProgram } from './redis.program.ts';
import { runtimeFolder } from './runtime-libs.ts';

/** Whether a store's programs can run here; found out without downloading anything. */
export interface EngineFinding {
  part: 'falkordb' | 'redis' | 'postgresql' | 'cache';
  ok: boolean;
  text: string;
}

/** What starting the embedded stores would find on this machine. */
export async function inspectEngines(
  config: EngineConfig = readEngineConfig(),
): Promise<EngineFinding[]> {
  return [...(await inspectRedis(config)), inspectPostgres(), inspectCache(config)];
}

async function inspectRedis(config: EngineConfig): Promise<EngineFinding[]> {
  try {
    const program = await findLocalRedisProgram(config);
    if (program === undefined) return [await inspectFetch(config)];
    const redis: EngineFinding = { part: 'redis', ok: true, text: `${program.version}` };
    const ok = program.falkorModule !== undefined;
    const text = ok ? program.version : 'no FalkorDB module; set FALKORDB_MODULE or FALKORDB_URL';
    return [redis, { part: 'falkordb', ok, text }];
  } catch (error) {
    return [{ part: 'redis', ok: false, text: (error as Error).message }];
  }
}

/** Whether the newer libraries that the bundled server needs are here or can be downloaded. */
async function inspectFetch(config: EngineConfig): Promise<EngineFinding> {
  const distribution = findDistribution();
  if (distribution === undefined) {
    const text =
      'the bundled redis-server needs glibc 2.38 and OpenSSL 3; set FALKORDB_URL and REDIS_URL, or use a newer system';
    return { part: 'falkordb', ok: false, text };
  }
  const release = `${distribution.id} ${distribution.suite}`;
  if (existsSync(runtimeFolder(config.cacheDir, distribution))) {
    return { part: 'falkordb', ok: true, text: `runs on cached libraries of ${release}` };
  }
  const [mirror] = await findMirrors(distribution);
  return mirror === undefined
    ? { part: 'falkordb', ok: false, text: "apt's sources name no mirror to fetch libraries from" }
    : { part: 'falkordb', ok: true, text: `will fetch libraries of ${release} from ${mirror}` };
}

function inspectPostgres(): EngineFinding {
  try {
    findPostgresProgram();
    const { wrapper, uid } = choosePostgresUser();
    const own = uid === undefined ? 'this user' : `user ${uid}`;
    const as = wrapper === undefined ? own : 'nobody in a user namespace';
    return { part: 'postgresql', ok: true, text: `runs as ${as}` };
  } catch (error) {
    return { part: 'postgresql', ok: false, text: (error as Error).message };
  }
}

function inspectCache({ cacheDir }: EngineConfig): EngineFinding {
  try {
    mkdirSync(cacheDir, { recursive: true });
    accessSync(cacheDir, constants.W_OK);
    return { part: 'cache', ok: true, text: cacheDir };
  } catch {
    return {
      part: 'cache',
      ok: false,
      text: `${cacheDir} cannot be written; set GOSPELIB_CACHE_DIR`,
    };
  }
}
