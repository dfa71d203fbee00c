import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { OperatorError } from '@gospelib/cli-kit';
import { descendants } from './descendants.process.ts';
import { endProcess } from './end.process.ts';
import { identify, type ProcessIdentity } from './identity.process.ts';

const OFFSPRING_GRACE_MS = 2_000;

export interface ChildOptions {
  command: string;
  args: readonly string[];
  /** A command that runs the rest of its arguments by exec, keeping the process id. */
  wrapper?: readonly string[] | undefined;
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Run as this user and group (root only). */
  uid?: number;
  gid?: number;
  /** Written to the child's standard input, which is then closed. */
  input?: string;
  /** Receives each line the child writes to stdout or stderr. */
  log?: (line: string, stream: 'stdout' | 'stderr') => void;
  /** An open file that gets the child's output instead: costs this process nothing. */
  outputFd?: number;
  /** The signal that asks this child to end in order; also sent by the kernel when this process dies. */
  stopSignal?: NodeJS.Signals;
  /** How long it may take before SIGKILL, in milliseconds. */
  graceMs?: number;
}

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface RunningChild {
  identity: ProcessIdentity;
  exited: Promise<Exit>;
  stop(): Promise<void>;
}

/**
 * Starts a child that does not outlive this process: it is in a session of its own (a Ctrl-C at
 * the terminal reaches only us, and we stop our children in order), and on Linux the kernel
 * signals it when we die, even by kill -9.
 * @throws OperatorError when the command cannot be started.
 */
export async function spawnChild(options: ChildOptions): Promise<RunningChild> {
  const stopSignal = options.stopSignal ?? 'SIGTERM';
  // The wrapper first: changing credentials would clear the death signal (prctl(2)).
  const [command, ...args] = [
    ...(options.wrapper ?? []),
    ...deathSignalPrefix(stopSignal),
    options.command,
    ...options.args,
  ] as [string, ...string[]];
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    uid: options.uid,
    gid: options.gid,
    detached: true,
    stdio: [
      options.input === undefined ? 'ignore' : 'pipe',
      options.outputFd ?? 'pipe',
      options.outputFd ?? 'pipe',
    ],
  });
  const exited = new Promise<Exit>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }));
    // Its own children may hold the pipes open; the last lines get a moment, not forever.
    child.once('exit', (code, signal) => setTimeout(() => resolve({ code, signal }), 300));
  });
  await started(child, options.command);
  // The child may be gone before we look; an identity nobody has then says so.
  const identity = identify(child.pid as number) ?? { pid: child.pid as number, started: 'gone' };
  forwardLines(child, options.log);
  if (options.input !== undefined) {
    child.stdin?.on('error', () => {}); // EPIPE: the exit tells more
    child.stdin?.end(options.input);
  }
  return {
    identity,
    exited,
    stop: async () => {
      // What it started itself ends with it, or after it.
      const offspring = descendants(identity.pid).flatMap((pid) => identify(pid) ?? []);
      await endProcess(identity, stopSignal, options.graceMs);
      await Promise.all(offspring.map((each) => endProcess(each, 'SIGTERM', OFFSPRING_GRACE_MS)));
      await exited;
    },
  };
}

function started(child: ChildProcess, command: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (cause) => {
      reject(
        new OperatorError(`${command} cannot be started: ${cause.message}`, undefined, { cause }),
      );
    });
  });
}

function forwardLines(child: ChildProcess, log: ChildOptions['log']): void {
  for (const stream of ['stdout', 'stderr'] as const) {
    const source = child[stream];
    if (source === null) continue;
    if (log === undefined) source.resume();
    else createInterface({ input: source }).on('line', (line) => log(line, stream));
  }
}

let prefixWorks: boolean | undefined;

/** util-linux's setpriv sets PR_SET_PDEATHSIG; without it orphans are cleared by the next start instead. */
function deathSignalPrefix(signal: NodeJS.Signals): string[] {
  prefixWorks ??=
    process.platform === 'linux' &&
    spawnSync('setpriv', ['--pdeathsig', 'TERM', 'true'], { stdio: 'ignore' }).status === 0;
  return prefixWorks ? ['setpriv', '--pdeathsig', signal.replace('SIG', ''), '--'] : [];
}
