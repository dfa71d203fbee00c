import { execFile } from 'node:child_process';
import { OperatorError } from '@gospelib/cli-kit';
import { spawnChild } from '@gospelib/processes';
import { explainTerraform } from './terraform.error.ts';

const MAX_BYTES = 256 * 1024 * 1024;

interface Answer {
  code: number;
  stdout: string;
  stderr: string;
}

/** Terraform in one folder, never asking, never in colour. */
export class Terraform {
  readonly folder: string;
  readonly #env: NodeJS.ProcessEnv;

  constructor(folder: string, env: NodeJS.ProcessEnv) {
    this.folder = folder;
    this.#env = { ...env, TF_IN_AUTOMATION: '1', TF_INPUT: '0', CHECKPOINT_DISABLE: '1' };
  }

  /** Its standard output. @throws OperatorError with its own message, what it means and what to do */
  async run(args: readonly string[]): Promise<string> {
    const answer = await this.#call(args);
    if (answer.code === 0) return answer.stdout;
    throw explainTerraform(this.folder, args, answer.stderr || answer.stdout);
  }

  /** For `plan -detailed-exitcode`: whether there is something to change. @throws OperatorError */
  async findsChanges(args: readonly string[]): Promise<boolean> {
    const answer = await this.#call([...args, '-detailed-exitcode']);
    if (answer.code === 0 || answer.code === 2) return answer.code === 2;
    throw explainTerraform(this.folder, args, answer.stderr || answer.stdout);
  }

  /** Its lines as they come; ended with SIGINT, on which it finishes what it began and gives the lock back. */
  async follow(args: readonly string[], say: (line: string) => void): Promise<void> {
    const errors: string[] = [];
    const child = await spawnChild({
      command: 'terraform',
      args: [...args, '-no-color'],
      cwd: this.folder,
      env: this.#env,
      stopSignal: 'SIGINT',
      graceMs: 600_000,
      log: (line, stream) => {
        if (stream === 'stderr') errors.push(line);
        say(line);
      },
    });
    const stop = () => void child.stop();
    process.once('SIGINT', stop).once('SIGTERM', stop);
    const { code } = await child.exited;
    process.off('SIGINT', stop).off('SIGTERM', stop);
    if (code !== 0) throw explainTerraform(this.folder, args, errors.join('\n'));
  }

  #call(args: readonly string[]): Promise<Answer> {
    return new Promise((resolve, reject) => {
      execFile(
        'terraform',
        [...args, '-no-color'],
        { cwd: this.folder, env: this.#env, maxBuffer: MAX_BYTES },
        (error, stdout, stderr) => {
          if (error !== null && error.code === 'ENOENT') reject(missing(error));
          else
            resolve({
              code: typeof error?.code === 'number' ? error.code : error === null ? 0 : 1,
              stdout,
              stderr,
            });
        },
      );
    });
  }
}

function missing(cause: Error): OperatorError {
  return new OperatorError(
    'terraform is not on the PATH.',
    'Install it, 1.11 or newer: https://developer.hashicorp.com/terraform/install.',
    { cause },
  );
}
