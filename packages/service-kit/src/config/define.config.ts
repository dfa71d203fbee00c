import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';

/** The environment does not satisfy a schema: names every fault at once, but never a value. */
export class ConfigError extends Error {
  readonly faults: readonly ConfigFault[];

  constructor(faults: readonly ConfigFault[]) {
    super(`Bad configuration: ${faults.map((f) => `${f.name}: ${f.reason}`).join('; ')}`);
    this.name = 'ConfigError';
    this.faults = faults;
  }
}

export interface ConfigFault {
  /** The variable's name. */
  name: string;
  reason: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * A setting: its variable, or else the file of its name in the folder SECRETS_DIR, where a cluster mounts secrets. Read
 * anew at each call, since the cluster writes a rotated secret into that file. Undefined when it is in neither.
 */
export function readSetting(env: Environment, name: string): string | undefined {
  if (env[name]) return env[name];
  if (!env.SECRETS_DIR) return undefined;
  try {
    return readFileSync(join(env.SECRETS_DIR, name), 'utf8').trimEnd() || undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * A setting as it is at each call: a cluster changes the password in it while the service runs.
 * @param atStart what it was when the configuration was read
 */
export function currentSetting(env: Environment, name: string, atStart: string): () => string {
  return () => readSetting(env, name) ?? atStart;
}

/**
 * Reads a service's configuration once, at start, from the environment and from SECRETS_DIR.
 * An empty variable counts as unset, so that `X=` means the default.
 * @throws {ConfigError} naming every fault, never a value
 */
export function defineConfig<S extends z.ZodObject>(schema: S, env: Environment): z.output<S> {
  const set = Object.fromEntries(
    Object.keys(schema.shape).flatMap((name) => {
      const value = readSetting(env, name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
  const parsed = schema.safeParse(set);
  if (parsed.success) return parsed.data;
  throw new ConfigError(
    parsed.error.issues.map((issue) => {
      const name = issue.path.map(String).join('.') || '(all)';
      return { name, reason: name in set || name === '(all)' ? issue.message : 'is required' };
    }),
  );
}
