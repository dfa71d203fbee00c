import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { OperatorError } from '@gospelib/cli-kit';
import { withDatabase } from '@gospelib/data-ops';
import { platform, service } from '@gospelib/platform';
import { z } from 'zod';
import type { Context } from '../../verb.ts';

/** A key as the job tells of it; times are ISO 8601. */
const key = z.object({ id: z.string(), createdAt: z.string(), activatesAt: z.string() });
export type Key = z.output<typeof key>;

export const keyList = z.object({ keys: z.array(key) });
export const keyChange = z.object({ added: z.array(z.string()), removed: z.array(z.string()) });

const job = promisify(execFile);
const TIMEOUT_MS = 30_000;

/** Runs the job of accounts that looks after keys, told what the service is told. @throws OperatorError with its words */
export function runKeyJob<T>(
  { config, environment }: Context,
  verb: 'status' | 'rotate' | 'replace',
  answer: z.ZodType<T>,
): Promise<T> {
  const folder = join(config.root, service(platform, 'accounts').folder);
  const source = join(folder, 'src/keys.main.ts');
  // An image has only what was built.
  const main = existsSync(source) ? source : join(folder, 'dist/keys.js');
  return withDatabase(environment, async () => {
    const env = await environment.serviceEnvironment('accounts');
    try {
      const { stdout } = await job(process.execPath, [main, verb], { env, timeout: TIMEOUT_MS });
      return answer.parse(JSON.parse(stdout));
    } catch (error) {
      const { stderr } = error as { stderr?: string };
      throw new OperatorError(
        `The keys could not be reached: ${stderr?.trim() || (error as Error).message}`,
        'They are kept in PostgreSQL: `./gl db status` shows whether its schemas are there.',
        { cause: error },
      );
    }
  });
}
