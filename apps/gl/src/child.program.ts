import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { LocalConfig } from '@gospelib/supervisor';

/** Runs another program of the workspace at this terminal, with its own flags: its output is ours, and its exit code. */
export async function runProgram(
  { root, env }: LocalConfig,
  main: string,
  flags: readonly string[],
  settings: NodeJS.ProcessEnv = {},
): Promise<number> {
  const child = spawn(process.execPath, [main, ...flags], {
    stdio: 'inherit',
    env: { ...env, ...settings },
    cwd: root,
  });
  // A Ctrl-C reaches it from the terminal; it ends in order, and we end after it.
  const wait = () => {};
  const pass = () => void child.kill('SIGTERM');
  process.on('SIGINT', wait);
  process.on('SIGTERM', pass);
  const [code] = (await once(child, 'exit')) as [number | null];
  process.off('SIGINT', wait);
  process.off('SIGTERM', pass);
  return code ?? 1;
}
