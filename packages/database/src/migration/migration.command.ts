import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import {
  type MigrationTarget,
  migrate,
  migrationStatus,
  rollback,
  type SchemaSource,
} from './migrate.ts';
import { MigrationLockedError } from './migration.error.ts';

const usage = `usage: migrate status | migrate | rollback --to <migration|0> [--accept-data-loss]
  --dry-run   say what would be done
  --expand-only  refuse migrations that take away what the release that serves may use
  --wait <s>  how long another run of migrations, or a backup, is waited for; default: not at all
  --json      machine-readable
environment: MIGRATION_DATABASE_URL (the owner's), SERVICE_DATABASE_PASSWORD (given to the service's role; optional)`;

const LOCK_POLL_MS = 250;

/** The arguments of a command, its environment and its output. */
export interface CommandInput {
  args: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
  write: (line: string) => void;
  writeError: (line: string) => void;
}

/**
 * What a service's `migrate.main.ts` does: a cluster's job and `./gl db` run it.
 * @returns the exit code: 0 done, 1 failed, 2 wrong use
 */
export async function runMigrationCommand(
  source: SchemaSource,
  input: CommandInput = {
    args: process.argv.slice(2),
    env: process.env,
    write: (line) => process.stdout.write(`${line}\n`),
    writeError: (line) => process.stderr.write(`${line}\n`),
  },
): Promise<0 | 1 | 2> {
  const { env, write, writeError } = input;
  const words = parse(input.args);
  const url = env.MIGRATION_DATABASE_URL;
  if (words === undefined || !url) {
    writeError(words === undefined ? usage : 'MIGRATION_DATABASE_URL is required.');
    return 2;
  }
  try {
    const target = { ...source, url };
    const answer = await whenUnlocked(words.waitSeconds, () =>
      perform(target, words, env.SERVICE_DATABASE_PASSWORD),
    );
    write(words.json ? JSON.stringify(answer) : describe(answer));
    return 0;
  } catch (error) {
    const { name, message } = error as Error;
    if (words.json) write(JSON.stringify({ error: name, message }));
    else writeError(message);
    return 1;
  }
}

/** The schemas' jobs of a cluster start together, and share one lock with backups. */
async function whenUnlocked<T>(seconds: number, work: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof MigrationLockedError) || performance.now() >= deadline) throw error;
      await sleep(LOCK_POLL_MS);
    }
  }
}

interface Words {
  verb: 'status' | 'migrate' | 'rollback';
  to: string;
  acceptDataLoss: boolean;
  dryRun: boolean;
  expandOnly: boolean;
  json: boolean;
  waitSeconds: number;
}

function parse(args: readonly string[]): Words | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        to: { type: 'string' },
        'accept-data-loss': { type: 'boolean', default: false },
        'dry-run': { type: 'boolean', default: false },
        'expand-only': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        wait: { type: 'string', default: '0' },
      },
    });
    const [verb, ...rest] = positionals;
    if (rest.length > 0 || (verb !== 'status' && verb !== 'migrate' && verb !== 'rollback')) return;
    if ((verb === 'rollback') !== (values.to !== undefined)) return;
    if (!/^\d{1,4}$/.test(values.wait)) return;
    return {
      verb,
      to: values.to ?? '',
      acceptDataLoss: values['accept-data-loss'],
      dryRun: values['dry-run'],
      expandOnly: values['expand-only'],
      json: values.json,
      waitSeconds: Number(values.wait),
    };
  } catch {
    return undefined;
  }
}

type Answer = Awaited<ReturnType<typeof perform>>;

async function perform(target: MigrationTarget, words: Words, password: string | undefined) {
  const { verb, to, acceptDataLoss, dryRun, expandOnly } = words;
  if (verb === 'migrate') {
    return migrate({ ...target, dryRun, expandOnly, ...(password && { role: { password } }) });
  }
  if (verb === 'rollback') return rollback({ ...target, to, acceptDataLoss, dryRun });
  return { schema: target.schema, migrations: await migrationStatus(target) };
}

function describe(answer: Answer): string {
  if ('direction' in answer) {
    const { schema, direction, dryRun, migrations } = answer;
    if (migrations.length === 0) return `${schema}: nothing to do.`;
    const head = `${schema}: ${dryRun ? 'would go' : 'went'} ${direction}`;
    return [head, ...migrations.map((name) => `  ${name}`)].join('\n');
  }
  const lines = answer.migrations.map(({ name, state, reversible, loses }) => {
    const down = reversible === false ? 'no way back' : loses ? `down loses ${loses}` : '';
    return `  ${state.padEnd(8)} ${name}${down && `  (${down})`}`;
  });
  return [`${answer.schema}:`, ...lines].join('\n');
}
