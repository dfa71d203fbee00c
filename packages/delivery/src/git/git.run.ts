import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { OperatorError } from '@gospelib/cli-kit';

const run = promisify(execFile);
const MAX_BYTES = 1 << 26;
/** git asks nobody for a password, and its words are those that are looked for. */
const quiet = { GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' };

export interface GitOptions {
  env?: Readonly<Record<string, string>>;
  /** Written to its standard input. */
  input?: string;
  /** Every byte of the answer: for files. */
  raw?: boolean;
}

/** What git answers, without the last line break. @throws OperatorError with its own words */
export async function git(
  root: string,
  args: readonly string[],
  { env = {}, input, raw = false }: GitOptions = {},
): Promise<string> {
  try {
    const running = run('git', ['-C', root, ...args], {
      maxBuffer: MAX_BYTES,
      env: { ...process.env, ...quiet, ...env },
    });
    running.child.stdin?.on('error', () => {}); // EPIPE: the exit tells more
    running.child.stdin?.end(input ?? '');
    const { stdout } = await running;
    return raw ? stdout : stdout.replace(/\n$/, '');
  } catch (cause) {
    const { stderr = '', stdout = '', message } = cause as Error & Record<string, string>;
    throw new OperatorError(
      `git ${verbOf(args)} failed: ${stderr.trim() || stdout.trim() || message}`,
      undefined,
      { cause },
    );
  }
}

/** What git was to do: its first argument behind settings (`-c name=value`). */
function verbOf(args: readonly string[]): string {
  const at = args.findIndex((arg, index) => arg !== '-c' && args[index - 1] !== '-c');
  return args[at] ?? '';
}

/** As `git`; undefined where it fails: for questions that it answers by failing. */
export async function askGit(
  root: string,
  args: readonly string[],
  options: GitOptions = {},
): Promise<string | undefined> {
  try {
    return await git(root, args, options);
  } catch {
    return undefined;
  }
}
