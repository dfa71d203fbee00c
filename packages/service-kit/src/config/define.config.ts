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

/**
 * Reads a service's configuration once, at start.
 * An empty variable counts as unset, so that `X=` means the default.
 * @throws {ConfigError} naming every fault, never a value
 */
export function defineConfig<S extends z.ZodObject>(
  schema: S,
  env: Readonly<Record<string, string | undefined>>,
): z.output<S> {
  const set = Object.fromEntries(
    Object.keys(schema.shape).flatMap((name) => {
      const value = env[name];
      return value === undefined || value === '' ? [] : [[name, value]];
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
