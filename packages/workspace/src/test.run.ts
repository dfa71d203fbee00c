import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  endProcess,
  isAlive,
  ownedByThisProcess,
  ownIdentity,
  type ProcessIdentity,
  processesOf,
} from '@gospelib/processes';
import { z } from 'zod';

/** Short: it is part of the paths of sockets, which have 107 bytes. */
const PREFIX = 'gl-run-';
const OWNER_FILE = 'owner.json';
const UNOWNED_MS = 60_000;

/** What a run left behind. */
export interface Leftovers {
  readonly faults: readonly string[];
  /** Why processes could not be looked for. */
  readonly notLooked?: string;
}

/**
 * One run of tests: its temporary folder marks whatever it starts. Processes have it in their environment, their command
 * line or as their working folder, and temporary files lie in it.
 */
export interface TestRun {
  /** For the test runners: see tools/src/run/test.run.ts. */
  readonly env: NodeJS.ProcessEnv;
  /** Names what is left of the run, ends and removes it. */
  close(): Promise<Leftovers>;
}

/** Opens a run; what killed runs of this user left is cleared first. `graceMs`: how long the last processes may take. */
export async function openTestRun(within = tmpdir(), graceMs = 5_000): Promise<TestRun> {
  const parent = realpathSync(within);
  await clearDeadRuns(parent);
  const folder = mkdtempSync(join(parent, PREFIX));
  writeFileSync(join(folder, OWNER_FILE), JSON.stringify(ownIdentity()));
  chmodSync(folder, 0o1777); // as /tmp: some stores run as another user
  return {
    env: { GOSPELIB_RUN: folder, ...ownedByThisProcess() },
    close: () => closeRun(folder, graceMs),
  };
}

async function closeRun(folder: string, graceMs: number): Promise<Leftovers> {
  const deadline = Date.now() + graceMs;
  let processes = processesOf(folder);
  while (processes !== undefined && processes.length > 0 && Date.now() < deadline) {
    await sleep(100);
    processes = processesOf(folder);
  }
  const entries = readdirSync(folder).filter((name) => name !== OWNER_FILE);
  const faults = [
    ...(processes ?? []).map(
      ({ identity, command }) => `left running: process ${identity.pid} (${command})`,
    ),
    ...entries.map((name) => `left behind: ${join(folder, name)}`),
  ];
  await removeRun(folder);
  if (processes !== undefined) return { faults };
  return { faults, notLooked: 'processes that tests left running: there is no /proc to look in' };
}

async function removeRun(folder: string): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    const processes = processesOf(folder) ?? [];
    await Promise.all(processes.map(({ identity }) => endProcess(identity, signal)));
  }
  rmSync(folder, { recursive: true, force: true });
}

async function clearDeadRuns(parent: string): Promise<void> {
  for (const name of readdirSync(parent)) {
    const folder = join(parent, name);
    if (name.startsWith(PREFIX) && isDead(folder)) await removeRun(folder);
  }
}

function isDead(folder: string): boolean {
  const stat = statSync(folder, { throwIfNoEntry: false });
  if (stat?.uid !== process.getuid?.() || stat === undefined) return false;
  const owner = readOwner(join(folder, OWNER_FILE));
  return owner === undefined ? Date.now() - stat.mtimeMs > UNOWNED_MS : !isAlive(owner);
}

const ownerFile = z.object({ pid: z.number(), started: z.string() });

function readOwner(file: string): ProcessIdentity | undefined {
  try {
    return ownerFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined; // it has none yet, or was killed before it wrote one
  }
}
