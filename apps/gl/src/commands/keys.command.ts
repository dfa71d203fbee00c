import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { OperatorError } from '@gospelib/cli-kit';
import Table from 'cli-table3';
import type { Config } from '../config.ts';
import { withDatabase } from '../database/database.session.ts';
import { environmentOf } from '../supervisor/services.ts';

export interface KeysOptions {
  json?: boolean;
  dryRun?: boolean;
}

/** A key as the job tells of it; times are ISO 8601. */
interface Key {
  id: string;
  createdAt: string;
  activatesAt: string;
}

const job = promisify(execFile);
const LIMIT_MS = 30_000;

/** Shows the published keys, the oldest first. */
export async function keysList(config: Config, { json }: KeysOptions): Promise<number> {
  const answer = await runJob<{ keys: Key[] }>(config, 'status');
  console.log(json === true ? JSON.stringify(answer, null, 2) : render(answer.keys));
  return 0;
}

/** Publishes the next key; the present one goes on signing until every verifier has heard of it. */
export async function keysRotate(config: Config, options: KeysOptions): Promise<number> {
  return change(config, 'rotate', options, ({ added }) =>
    [
      `Published ${added.join(', ')}.`,
      'It signs in ten minutes; until then, and for tokens it has signed, the one before holds. Nobody notices.',
    ].join('\n'),
  );
}

/** Takes every key away and puts a new one in their place. */
export async function keysReplace(config: Config, options: KeysOptions): Promise<number> {
  return change(config, 'replace', options, ({ added, removed }) =>
    [
      `Published ${added.join(', ')}, removed ${removed.join(', ')}.`,
      'Within a minute no token of before is taken any more. Sessions stay: pages fetch new tokens by themselves.',
    ].join('\n'),
  );
}

async function change(
  config: Config,
  verb: 'rotate' | 'replace',
  { json, dryRun }: KeysOptions,
  tell: (rotation: { added: string[]; removed: string[] }) => string,
): Promise<number> {
  if (dryRun === true) {
    const { keys } = await runJob<{ keys: Key[] }>(config, 'status');
    const removed = verb === 'replace' ? keys.map(({ id }) => id) : [];
    const gone = removed.length === 0 ? 'none' : removed.join(', ');
    const plan = `Would publish a new key and remove ${gone}. Nothing was changed.`;
    console.log(json === true ? JSON.stringify({ dryRun: true, removed }, null, 2) : plan);
    return 0;
  }
  const rotation = await runJob<{ added: string[]; removed: string[] }>(config, verb);
  console.log(json === true ? JSON.stringify(rotation, null, 2) : tell(rotation));
  return 0;
}

/** The job of accounts, told what the service is told. @throws OperatorError with its words */
function runJob<T>(config: Config, verb: string): Promise<T> {
  const main = join(config.root, 'services/accounts/src/keys.main.ts');
  return withDatabase(config, async (postgresql) => {
    const env = environmentOf(config, 'accounts', { postgresql });
    try {
      const { stdout } = await job(process.execPath, [main, verb], { env, timeout: LIMIT_MS });
      return JSON.parse(stdout) as T;
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

function render(keys: readonly Key[]): string {
  const table = new Table({
    head: ['key', 'published', 'signs from', ''],
    style: { head: [], border: [], compact: true },
  });
  const now = new Date().toISOString();
  const signing = keys.findLast(({ activatesAt }) => activatesAt <= now)?.id;
  for (const { id, createdAt, activatesAt } of keys) {
    const state = id === signing ? 'signs' : activatesAt > now ? 'waits' : 'has signed';
    table.push([id, createdAt, activatesAt, state]);
  }
  return table.toString();
}
