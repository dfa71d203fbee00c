import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '@gospelib/cli-kit';
import colors from 'picocolors';
import type { Config } from '../config.ts';
import { drills } from '../drill/catalogue.ts';
import type { Drill, DrillResult } from '../drill/drill.ts';
import { fillNotes } from '../drill/drills/database.damage.ts';
import { openAccount } from '../drill/load/account.ts';
import { learnRightAnswers } from '../drill/load/readers.ts';
import type { DrillRun } from '../drill/report/drill.table.ts';
import { renewPlaybook } from '../drill/report/playbook.ts';
import { runDrill } from '../drill/run.drill.ts';
import { startStack } from '../drill/stack/stack.ts';

export interface DrillOptions {
  json?: boolean;
  /** Leaves the stack's folder. */
  keep?: boolean;
  /** Fills the database first: what a migration or a backup takes depends on it. */
  notes: number;
  /** Renews the guide and its figures. */
  write?: boolean;
}

const folder = 'docs/operations';

/** Runs drills, or lists them. Exit code 1 when one fails. */
export async function drill(
  config: Config,
  names: readonly string[],
  options: DrillOptions,
): Promise<number> {
  if (names.length === 1 && names[0] === 'list') return list(options);
  const chosen = choose(names);
  if (options.write === true && chosen.length < drills.length) {
    throw new UsageError('--write is for a full run: ./gl drill all --write');
  }
  const run = await runAll(config, chosen, options);
  if (options.json === true) console.log(JSON.stringify(run, null, 2));
  const failed = run.drills.filter(({ faults }) => faults.length > 0);
  console.error(
    failed.length === 0
      ? colors.green(`${run.drills.length} drills passed.`)
      : colors.red(`${failed.length} of ${run.drills.length} drills failed.`),
  );
  if (options.write === true) write(config, run);
  return failed.length === 0 ? 0 : 1;
}

function list({ json }: DrillOptions): number {
  const shown = drills.map(({ name, breaks, page, targetSeconds }) => {
    return { name, breaks, page, targetSeconds };
  });
  const width = Math.max(...drills.map(({ name }) => name.length));
  const lines = shown.map(({ name, breaks }) => `${name.padEnd(width)}  ${breaks}`);
  console.log(json === true ? JSON.stringify(shown, null, 2) : lines.join('\n'));
  return 0;
}

/** In the order of the catalogue: the last one leaves a release that only fixing forward mends. */
function choose(names: readonly string[]): readonly Drill[] {
  const unknown = names.find((name) => name !== 'all' && !drills.some((one) => one.name === name));
  if (unknown !== undefined) {
    throw new UsageError(`There is no drill ${unknown}. \`./gl drill list\` names them.`);
  }
  return names.includes('all') ? drills : drills.filter(({ name }) => names.includes(name));
}

/** One stack for all: each drill leaves it mended, or the next would say so. */
async function runAll(
  config: Config,
  chosen: readonly Drill[],
  options: DrillOptions,
): Promise<DrillRun> {
  const say = (line: string) => console.error(line);
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
      const result = await runDrill(one, stack, load, { timed: true }).catch((error: Error) =>
        brokenOff(one, error),
      );
      results.push(result);
      say(render(result));
      await one.restore?.(stack).catch((error: Error) => say(`not restored: ${error.message}`));
    }
    return { at, machine: `${cpus().length} cores`, notes: options.notes, drills: results };
  } finally {
    await stack.stop();
  }
}

/** A drill that could not be run to its end has failed; the others go on. */
function brokenOff({ name, breaks, page, targetSeconds }: Drill, error: Error): DrillResult {
  return {
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

function write({ root }: Config, run: DrillRun): void {
  const guide = join(root, folder, 'rollback.md');
  writeFileSync(join(root, folder, 'drills.json'), `${JSON.stringify(run, null, 2)}\n`);
  writeFileSync(guide, renewPlaybook(readFileSync(guide, 'utf8'), run));
}
