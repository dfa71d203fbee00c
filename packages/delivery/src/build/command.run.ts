import { OperatorError } from '@gospelib/cli-kit';
import { spawnChild } from '@gospelib/processes';

export interface Command {
  command: string;
  args: readonly string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
}

/** Runs a command to its end; `say` gets its lines. @throws OperatorError with its last words */
export async function runCommand(
  { command, args, cwd, env }: Command,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const lines: string[] = [];
  const child = await spawnChild({
    command,
    args,
    cwd,
    env,
    log: (line) => {
      lines.push(line);
      say(line);
    },
  });
  const stop = () => void child.stop();
  signal.addEventListener('abort', stop, { once: true });
  const { code } = await child.exited;
  signal.removeEventListener('abort', stop);
  if (code === 0) return lines;
  throw new OperatorError(
    `${command} ${args.slice(0, 2).join(' ')} ended with ${code ?? 'a signal'}:\n${lines.slice(-25).join('\n')}`,
  );
}
