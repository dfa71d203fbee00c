import { setTimeout as sleep } from 'node:timers/promises';
import {
  exitCodes,
  formatAge,
  formatDuration,
  formatMegabytes,
  OperatorError,
  printResult,
  renderTable,
} from '@gospelib/cli-kit';
import type { ProductionChain } from '@gospelib/delivery';
import type { Environment, EnvironmentStatus, ProcessStatus } from '@gospelib/environment';
import colors from 'picocolors';
import { z } from 'zod';
import { renderChain } from '../release/production.shown.ts';
import type { Context, PrintOptions, Verb } from '../verb.ts';

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
      run(async (context, { json }: PrintOptions) => {
        const [shown, released] = await Promise.all([
          readStatus(context.environment),
          readReleased(context),
        ]);
        printResult(json, { ...shown, ...(released && { released }) }, () =>
          [render(shown), ...(released ? [renderReleased(released)] : [])].join('\n'),
        );
        return shown.ready ? exitCodes.well : exitCodes.repairable;
      }),
    );

type Released = ProductionChain | { unknown: string };

/** Of production: which release it has, who agreed to it, and what each pod runs of it. */
async function readReleased(context: Context): Promise<Released | undefined> {
  if (!context.isCluster || context.environment.name !== 'production') return undefined;
  try {
    const { environmentKube } = await import('../ship/environment.kube.ts');
    const { readProductionChain } = await import('@gospelib/delivery');
    return await readProductionChain(context.config.root, environmentKube(context));
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    return { unknown: error.what };
  }
}

function renderReleased(released: Released): string {
  if ('unknown' in released) return `Which release it has is not known: ${released.unknown}`;
  return renderChain(released, 1);
}

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

function render(shown: Shown): string {
  const { environment, running, ready, origin, corpus, backups, processes } = shown;
  if (!running && processes.length === 0) {
    return environment === 'local'
      ? 'Nothing runs. `./gl up` starts it.'
      : `Nothing runs in ${environment}.`;
  }
  const columns = columnsOf(processes);
  const table = renderTable(
    columns.map(({ head, align }) => ({ head, ...(align && { align }) })),
    processes.map((one) => columns.map(({ cell }) => cell(one))),
  );
  const state = ready ? colors.green('ready') : colors.yellow('not ready');
  const head = running
    ? `${colors.bold(origin ?? '')}  ${state}  corpus ${corpus ?? 'unknown'}`
    : 'The supervisor is gone. `./gl down` ends what it left running, `./gl up` too.';
  const memory = processes.reduce((sum, one) => sum + (one.memory ?? 0), 0);
  const reasons = processes.flatMap(({ name, reason }) =>
    reason === undefined ? [] : [`${colors.yellow(name)}: ${reason}`],
  );
  return [
    head,
    table,
    ...reasons,
    ...(memory > 0 ? [`${formatMegabytes(memory)} resident together`] : []),
    `last verified backup: database ${ageOf(backups.database)}, graph ${ageOf(backups.graph)}`,
  ].join('\n');
}

interface StatusColumn {
  head: string;
  align?: 'right';
  cell(process: ProcessStatus): string;
}

const good: ReadonlySet<string> = new Set(['ready', 'external', 'completed']);

/** One machine tells pids and ports, a cluster how many of each are ready. */
function columnsOf(processes: readonly ProcessStatus[]): StatusColumn[] {
  const has = (field: keyof ProcessStatus) => processes.some((one) => one[field] !== undefined);
  const number = (head: 'pid' | 'port'): StatusColumn[] =>
    has(head) ? [{ head, align: 'right', cell: (one) => String(one[head] ?? '') }] : [];
  return [
    { head: 'process', cell: ({ name }) => name },
    {
      head: 'state',
      cell: ({ state }) => (good.has(state) ? colors.green : colors.yellow)(state),
    },
    ...(has('instances')
      ? [
          {
            head: 'ready',
            align: 'right' as const,
            cell: ({ instances }: ProcessStatus) =>
              instances === undefined ? '' : `${instances.ready}/${instances.wanted}`,
          },
        ]
      : []),
    ...number('pid'),
    ...number('port'),
    {
      head: 'up',
      align: 'right',
      cell: ({ uptime }) => (uptime === undefined ? '' : formatDuration(uptime)),
    },
    {
      head: 'memory',
      align: 'right',
      cell: ({ memory }) => (memory === undefined ? '' : formatMegabytes(memory)),
    },
    { head: 'restarts', align: 'right', cell: ({ restarts }) => String(restarts) },
  ];
}

function ageOf(time: string | null): string {
  return time === null ? colors.yellow('none') : `${formatAge(time)} ago`;
}
