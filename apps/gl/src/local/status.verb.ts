import { setTimeout as sleep } from 'node:timers/promises';
import {
  exitCodes,
  formatAge,
  formatDuration,
  formatMegabytes,
  printResult,
  renderTable,
} from '@gospelib/cli-kit';
import type { Environment, EnvironmentStatus, ProcessStatus } from '@gospelib/environment';
import colors from 'picocolors';
import { z } from 'zod';
import type { PrintOptions, Verb } from '../verb.ts';

const BACKUPS_TIMEOUT_MS = 2_000;

const corpusAnswer = z.object({ version: z.string() });

interface Shown extends EnvironmentStatus {
  environment: string;
  /** The active version; null when there is none or it cannot be asked for. */
  corpus: string | null;
  /** When the last verified backup was taken, ISO 8601; null when there is none or they cannot be asked for. */
  backups: Record<'database' | 'graph', string | null>;
}

/** Shows each process. Exit code 0 when all is ready, 3 when not. */
export const status: Verb = (program, run) =>
  program
    .command('status')
    .description(
      'show each process: state, port, uptime, memory; exit code 3 when not all is ready',
    )
    .option('--json', 'as JSON')
    .action(
      run(async ({ environment }, { json }: PrintOptions) => {
        const shown = await readStatus(environment);
        printResult(json, shown, () => render(shown));
        return shown.ready ? exitCodes.well : exitCodes.repairable;
      }),
    );

async function readStatus(environment: Environment): Promise<Shown> {
  const [found, backups] = await Promise.all([environment.status(), lastBackups(environment)]);
  const corpus = found.running ? await activeVersion(environment) : null;
  return { environment: environment.name, ...found, corpus, backups };
}

/** As content serves it: asking the store itself takes longer than all the rest. */
async function activeVersion(environment: Environment): Promise<string | null> {
  try {
    const response = await environment.ask('content', '/api/v1/corpus');
    return response.ok ? corpusAnswer.parse(await response.json()).version : null;
  } catch {
    return null; // its state says what is wrong with content
  }
}

/** Whatever is wrong with where they lie, the rest of the status is told: `./gl db backups` says what it is. */
async function lastBackups(environment: Environment): Promise<Shown['backups']> {
  try {
    const [{ lastVerified }, { openBackups }] = await Promise.all([
      import('@gospelib/backup'),
      import('@gospelib/data-ops'),
    ]);
    const late = sleep(BACKUPS_TIMEOUT_MS, undefined, { ref: false });
    const listing = openBackups(environment).list();
    const list = (await Promise.race([listing, late])) ?? [];
    const of = (kind: 'database' | 'graph') => lastVerified(list, kind)?.createdAt ?? null;
    return { database: of('database'), graph: of('graph') };
  } catch {
    return { database: null, graph: null };
  }
}

function render({ running, ready, origin, corpus, backups, processes }: Shown): string {
  if (!running && processes.length === 0) return 'Nothing runs. `./gl up` starts it.';
  const table = renderTable(
    [
      { head: 'process' },
      { head: 'state' },
      { head: 'pid', align: 'right' },
      { head: 'port', align: 'right' },
      { head: 'up', align: 'right' },
      { head: 'memory', align: 'right' },
      { head: 'restarts', align: 'right' },
    ],
    processes.map(row),
  );
  const state = ready ? colors.green('ready') : colors.yellow('not ready');
  const head = running
    ? `${colors.bold(origin ?? '')}  ${state}  corpus ${corpus ?? 'unknown'}`
    : 'The supervisor is gone. `./gl down` ends what it left running, `./gl up` too.';
  const memory = processes.reduce((sum, one) => sum + (one.memory ?? 0), 0);
  return [
    head,
    table,
    `${formatMegabytes(memory)} resident together`,
    `last verified backup: database ${ageOf(backups.database)}, graph ${ageOf(backups.graph)}`,
  ].join('\n');
}

function row({ name, state, pid, port, uptime, memory, restarts }: ProcessStatus): string[] {
  const colour = state === 'ready' || state === 'external' ? colors.green : colors.yellow;
  return [
    name,
    colour(state),
    String(pid ?? ''),
    String(port ?? ''),
    uptime === undefined ? '' : formatDuration(uptime),
    memory === undefined ? '' : formatMegabytes(memory),
    String(restarts),
  ];
}

function ageOf(time: string | null): string {
  return time === null ? colors.yellow('none') : `${formatAge(time)} ago`;
}
