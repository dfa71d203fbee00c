import { type ExecFileException, execFile } from 'node:child_process';
import { OperatorError } from '@gospelib/cli-kit';
import { type ChildOptions, type RunningChild, spawnChild } from '@gospelib/processes';
import { z } from 'zod';
import type { ClusterTarget } from '../cluster.target.ts';
import { explainKubectl, isNotFound } from './kubectl.error.ts';

const REQUEST_TIMEOUT_S = 10;
/** Beyond what kubectl itself keeps to. */
const KILL_MS = 15_000;
const MAX_BYTES = 64 * 1024 * 1024;

export interface CallOptions {
  /** Written to its standard input. */
  input?: string;
  /** For what waits on purpose; default 10 s. */
  timeoutSeconds?: number;
}

/** kubectl, always with the context and the namespace of one environment, never with the current ones. */
export class Kubectl {
  readonly target: ClusterTarget;
  readonly #env: NodeJS.ProcessEnv;

  constructor(target: ClusterTarget, env: NodeJS.ProcessEnv) {
    this.target = target;
    this.#env = env;
  }

  /** Its standard output. @throws OperatorError with its own message, what it means and what to do */
  async run(args: readonly string[], options: CallOptions = {}): Promise<string> {
    const { error, stdout, stderr } = await this.#call(args, options);
    if (error === undefined) return stdout;
    throw this.#explained(error, stderr, args);
  }

  /** As `run`; undefined when the resource is not there. */
  async find(args: readonly string[], options: CallOptions = {}): Promise<string | undefined> {
    const { error, stdout, stderr } = await this.#call(args, options);
    if (error === undefined) return stdout;
    if (isNotFound(stderr)) return undefined;
    throw this.#explained(error, stderr, args);
  }

  /** What `get … -o json` answers. @throws OperatorError also for an answer of another shape */
  async get<T>(args: readonly string[], schema: z.ZodType<T>): Promise<T> {
    return this.#parse(args, await this.run(['get', ...args, '-o', 'json']), schema);
  }

  /** As `get`; undefined when the resource is not there. */
  async findOne<T>(args: readonly string[], schema: z.ZodType<T>): Promise<T | undefined> {
    const text = await this.find(['get', ...args, '-o', 'json']);
    return text === undefined ? undefined : this.#parse(args, text, schema);
  }

  /** Starts one that goes on until it is stopped, and ends with this process. */
  spawn(
    args: readonly string[],
    options: Pick<ChildOptions, 'log' | 'input'>,
  ): Promise<RunningChild> {
    const [command, ...rest] = this.#command(args);
    return spawnChild({ command, args: rest, env: this.#env, stopSignal: 'SIGTERM', ...options });
  }

  #command(args: readonly string[]): [string, ...string[]] {
    const { context, namespace } = this.target;
    return ['kubectl', `--context=${context}`, `--namespace=${namespace}`, ...args];
  }

  #call(
    args: readonly string[],
    { input, timeoutSeconds = REQUEST_TIMEOUT_S }: CallOptions,
  ): Promise<{ error?: ExecFileException; stdout: string; stderr: string }> {
    const [command, ...rest] = this.#command(args);
    const timeout = `--request-timeout=${timeoutSeconds}s`;
    return new Promise((resolve) => {
      const child = execFile(
        command,
        [timeout, ...rest],
        {
          env: this.#env,
          maxBuffer: MAX_BYTES,
          timeout: timeoutSeconds * 1000 + KILL_MS,
        },
        (error, stdout, stderr) => resolve({ ...(error && { error }), stdout, stderr }),
      );
      child.stdin?.on('error', () => {}); // EPIPE: the exit tells more
      child.stdin?.end(input ?? '');
    });
  }

  #explained(error: ExecFileException, stderr: string, args: readonly string[]): OperatorError {
    if (error.code === 'ENOENT') {
      return new OperatorError(
        'kubectl is not on the PATH.',
        'Install it (https://kubernetes.io/docs/tasks/tools/), at most one minor version away from the cluster’s.',
      );
    }
    if (error.killed === true) {
      const what = `kubectl ${args.slice(0, 2).join(' ')}`;
      return explainKubectl(this.target, `${what} did not end in time: context deadline exceeded`);
    }
    return explainKubectl(this.target, stderr, error);
  }

  #parse<T>(args: readonly string[], text: string, schema: z.ZodType<T>): T {
    const parsed = schema.safeParse(JSON.parse(text));
    if (parsed.success) return parsed.data;
    throw new OperatorError(
      `kubectl get ${args.join(' ')} answered something else than was expected:\n${z.prettifyError(parsed.error)}`,
      'The cluster may be of a version that this release does not know.',
    );
  }
}
