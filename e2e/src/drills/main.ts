import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { exitCodes, printError, printResult, UsageError } from '@gospelib/cli-kit';
import { runJob, signalAddresses } from '@gospelib/job-kit';
import { folders, type LocalConfig, readLocalConfig } from '@gospelib/supervisor';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import colors from 'picocolors';
import { repository } from '../platform.ts';
import { fillNotes } from './damage/database.damage.ts';
import { drills } from './drill.catalogue.ts';
import { runDrill } from './drill.run.ts';
import type { Drill, DrillResult } from './drill.ts';
import type { InfraDrillRecord } from './infra/infra.record.ts';
import {
  chooseInfra,
  listInfraDrills,
  recordInfra,
  rehearseInfra,
} from './infra/infra.rehearsal.ts';
import { openAccount } from './load/account.ts';
import { learnRightAnswers } from './load/readers.ts';
import type { DrillRun } from './report/drill.table.ts';
import { mergeRuns, renewPlaybook } from './report/playbook.ts';
import { startStack } from './stack/stack.ts';

interface DrillOptions {
  json?: boolean;
  /** Leaves the stack's folder. */
  keep?: boolean;
  /** Fills the database first: what a migration or a backup takes depends on it. */
  notes: number;
  /** Records the results in the guide, beside those of the drills that were not run. */
  write?: boolean;
}

const guides = join(repository, 'docs/operations');

const program = new Command('drill')
  .description('Break a stack of its own under readers and writers, and see it recovered.')
  .argument('<names...>', 'list, all, infra, or which: ./gl drill list')
  .option('--json', 'the results as JSON')
  .option('--keep', 'leave the stack’s folder for a look')
  .option('--notes <n>', 'fill the database with so many notes first', parseCount, 0)
  .option('--write', 'record the results in docs/operations')
  .exitOverride()
  .action(async (names: string[], options: DrillOptions) => {
    process.exitCode = await drill(names, options);
  });

try {
  await program.parseAsync();
} catch (error) {
  const wrongUse = error instanceof CommanderError;
  if (wrongUse) process.exitCode = error.exitCode === 0 ? exitCodes.well : exitCodes.wrongUse;
  else process.exitCode = printError(error, process.argv.includes('--json'));
}

/** Runs drills, or lists them. Exit code 1 when one fails. */
async function drill(names: readonly string[], options: DrillOptions): Promise<number> {
  const config = readLocalConfig(repository, {});
  const infra = await listInfraDrills(config, say);
  const all = [...drills, ...infra];
  if (names.length === 1 && names[0] === 'list') return list(all, options);
  const known = ['all', 'infra', ...all.map(({ name }) => name)];
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(`There is no drill ${unknown}.`, '`./gl drill list` names them.');
  }
  const chosen = drills.filter(({ name }) => names.includes('all') || names.includes(name));
  const run: DrillRun =
    chosen.length === 0
      ? { ...runOf(options, new Date().toISOString()), drills: [] }
      : await runAll(config, chosen, options);
  const record = (one: InfraDrillRecord) => {
    if (options.write === true) recordInfra(guides, one);
  };
  const atProvider = await rehearseInfra(config, chooseInfra(infra, names, say), say, record);
  const results = [...run.drills, ...atProvider];
  if (results.length === 0) return exitCodes.unknown;
  const failed = results.filter(({ faults }) => faults.length > 0);
  const end =
    failed.length === 0
      ? colors.green(`${results.length} drills passed.`)
      : colors.red(`${failed.length} of ${results.length} drills failed.`);
  notePassed(results);
  printResult(options.json, { ...run, infra: atProvider }, () => end);
  return failed.length === 0 ? exitCodes.well : exitCodes.failed;
}

function parseCount(text: string): number {
  if (!/^\d{1,7}$/.test(text)) throw new InvalidArgumentError('a whole number');
  return Number(text);
}

/** Platform drills in the order of the catalogue: the last one leaves a release that only fixing forward mends. */
function list(
  all: readonly Pick<Drill, 'name' | 'breaks' | 'targetSeconds'>[],
  { json }: DrillOptions,
): number {
  const shown = all.map(({ name, breaks, targetSeconds }) => ({ name, breaks, targetSeconds }));
  const width = Math.max(...all.map(({ name }) => name.length));
  printResult(json, { drills: shown }, () =>
    shown.map(({ name, breaks }) => `${name.padEnd(width)}  ${breaks}`).join('\n'),
  );
  return exitCodes.well;
}

/** One stack for all: each drill leaves it mended, or the next would say so. */
async function runAll(
  config: LocalConfig,
  chosen: readonly Drill[],
  options: DrillOptions,
): Promise<DrillRun> {
  const at = new Date().toISOString();
  const stack = await startStack(config, say, options.keep === true);
  try {
    if (options.notes > 0) await fillNotes(stack, options.notes, say);
    const load = {
      right: await learnRightAnswers(stack.origin),
      account: await openAccount(stack.config),
    };
    const results: DrillResult[] = [];
    for (const one of chosen) {
      say(`\n${colors.bold(one.name)}: ${one.breaks}.`);
      const result = await rehearse(one, () => runDrill(one, stack, load, { timed: true }));
      results.push(result);
      say(render(result));
      // One at a time: a run that is broken off has recorded what passed.
      if (options.write === true && result.faults.length === 0)
        write({ ...runOf(options, at), drills: [result] });
      await one.restore?.(stack).catch((error: Error) => say(`not restored: ${error.message}`));
    }
    return { ...runOf(options, at), drills: results };
  } finally {
    await stack.stop();
  }
}

/** As a job: where there is an address for it, when the drill last passed outlives this process. */
function rehearse(one: Drill, run: () => Promise<DrillResult>): Promise<DrillResult> {
  const job = {
    name: `drill-${one.name}`,
    version: 'gl',
    addresses: signalAddresses(process.env),
    warn: (line: string) => console.error(line),
    failed: ({ faults }: DrillResult) => faults.length > 0,
  };
  return runJob(job, async ({ metrics }) => {
    const result = await run().catch((error: Error) => brokenOff(one, error));
    if (result.faults.length === 0) {
      const labels = { drill: one.name };
      metrics.set(
        'gospelib_drill_passed_seconds',
        'When it last passed.',
        Date.now() / 1000,
        labels,
      );
    }
    return result;
  });
}

function runOf({ notes }: DrillOptions, at: string): Omit<DrillRun, 'drills'> {
  return { at, machine: `${cpus().length} cores`, notes };
}

/** A drill that could not be run to its end has failed; the others go on. */
function brokenOff({ name, breaks, page, targetSeconds }: Drill, error: Error): DrillResult {
  return {
    at: new Date().toISOString(),
    name,
    breaks,
    page,
    targetSeconds,
    faults: [`It broke off: ${error.message}`],
    scheduledSeconds: undefined,
    detectSeconds: 0,
    servedSeconds: undefined,
    mendedSeconds: 0,
    recoverSeconds: 0,
    steps: [],
    reads: { all: 0, failed: 0, wrong: 0, failedOnceKnown: 0, wrongOnceKnown: 0 },
    writes: { acknowledged: 0, refused: 0, lost: 0 },
  };
}

function render(result: DrillResult): string {
  const { faults, steps, reads, writes, scheduledSeconds, servedSeconds } = result;
  const lines = [
    ...steps.map((step) => `  · ${step.replaceAll('\n', ' ')}`),
    ...(scheduledSeconds === undefined
      ? []
      : [`  found by the scheduled check after ${scheduledSeconds.toFixed(1)} s`]),
    `  found on demand in ${result.detectSeconds.toFixed(1)} s`,
    ...(servedSeconds === undefined ? [] : [`  right answers ${servedSeconds.toFixed(1)} s later`]),
    `  mended and verified in ${result.mendedSeconds.toFixed(1)} s, all done in ${result.recoverSeconds.toFixed(1)} s (promised ${result.targetSeconds} s; the page: ${result.page})`,
    `  ${reads.all} reads: ${reads.failed} failed, ${reads.wrong} wrong; once it was known ${reads.failedOnceKnown} and ${reads.wrongOnceKnown}`,
    `  ${writes.acknowledged} acknowledged writes, ${writes.lost} lost; ${writes.refused} were refused`,
    ...faults.map((fault) => colors.red(`  ✗ ${fault}`)),
  ];
  const end = faults.length === 0 ? colors.green('  passed') : colors.red('  FAILED');
  return [...lines, end].join('\n');
}

/** For the metrics of the platform of this repository: when each drill last passed. */
function notePassed(results: readonly { name: string; faults: readonly string[] }[]): void {
  const folder = folders.operations(readLocalConfig(repository, {}));
  const record = join(folder, 'drills.json');
  const before = existsSync(record) ? JSON.parse(readFileSync(record, 'utf8')).passed : {};
  const now = Math.round(Date.now() / 1000);
  const passed = results.filter(({ faults }) => faults.length === 0).map(({ name }) => [name, now]);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(
    record,
    `${JSON.stringify({ passed: { ...before, ...Object.fromEntries(passed) } })}\n`,
  );
}

function write(run: DrillRun): void {
  const guide = join(guides, 'rollback.md');
  const record = join(guides, 'drills.json');
  const before = JSON.parse(readFileSync(record, 'utf8')) as DrillRun;
  const merged = mergeRuns(before, run);
  writeFileSync(record, `${JSON.stringify(merged, null, 2)}\n`);
  writeFileSync(guide, renewPlaybook(readFileSync(guide, 'utf8'), merged));
}

function say(line: string): void {
  console.error(line);
}
