import { OperatorError } from '@gospelib/cli-kit';
import type { RunningChild } from '@gospelib/processes';
import type { Kubectl } from '../kube/kubectl.ts';

const OPEN_TIMEOUT_MS = 15_000;
const FORWARDING = /^Forwarding from 127\.0\.0\.1:(\d+) ->/;
const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What a forward leads to. */
export interface ForwardTarget {
  /** As kubectl names it: `service/gospelib-falkordb`, `pod/…`. */
  resource: string;
  port: number;
  /** Default: that of the environment. */
  namespace?: string;
}

/** Ports of this machine that lead into the cluster. They end with the command, however it ends. */
export class PortForwards {
  readonly #kubectl: Kubectl;
  readonly #open = new Map<string, Promise<number>>();
  readonly #children = new Set<RunningChild>();
  #watched = false;

  constructor(kubectl: Kubectl) {
    this.#kubectl = kubectl;
  }

  /** The port of 127.0.0.1 that leads there; the same one each time while it holds. @throws OperatorError */
  to(target: ForwardTarget): Promise<number> {
    const key = JSON.stringify(target);
    const open = this.#open.get(key) ?? this.#start(target, () => this.#open.delete(key));
    this.#open.set(key, open);
    open.catch(() => this.#open.delete(key));
    return open;
  }

  /** Ends all of them. */
  async close(): Promise<void> {
    this.#open.clear();
    await Promise.all([...this.#children].map((child) => child.stop()));
  }

  async #start(
    { resource, port, namespace }: ForwardTarget,
    whenLost: () => void,
  ): Promise<number> {
    this.#endWithProcess();
    const said: string[] = [];
    const opened = Promise.withResolvers<number>();
    const child = await this.#kubectl.spawn(
      [
        ...(namespace === undefined ? [] : [`--namespace=${namespace}`]),
        'port-forward',
        '--address=127.0.0.1',
        resource,
        `:${port}`,
      ],
      {
        log: (line) => {
          const [, local] = FORWARDING.exec(line) ?? [];
          if (local !== undefined) opened.resolve(Number(local));
          else said.push(line);
        },
      },
    );
    this.#children.add(child);
    const late = setTimeout(() => opened.reject(this.#failed(resource, said)), OPEN_TIMEOUT_MS);
    void child.exited.then(() => {
      this.#children.delete(child);
      whenLost();
      opened.reject(this.#failed(resource, said));
    });
    try {
      return await opened.promise;
    } catch (error) {
      await child.stop();
      throw error;
    } finally {
      clearTimeout(late);
    }
  }

  #failed(resource: string, said: readonly string[]): OperatorError {
    const { name } = this.#kubectl.target;
    const why = said.at(-1)?.replace(/^error: /, '') ?? `no answer in ${OPEN_TIMEOUT_MS / 1000} s`;
    return new OperatorError(
      `No port leads to ${resource}: ${why}`,
      `\`./gl --env ${name} status\` shows whether it runs.`,
    );
  }

  /** On Linux the kernel ends them with this process as well; elsewhere and for the rest of cases this does. */
  #endWithProcess(): void {
    if (this.#watched) return;
    this.#watched = true;
    const endAll = () => {
      for (const { identity } of this.#children) {
        try {
          process.kill(identity.pid, 'SIGTERM');
        } catch {} // it has ended
      }
    };
    process.once('exit', endAll);
    for (const signal of ENDING) {
      process.once(signal, () => {
        endAll();
        // Nobody else takes the signal: it ends this process as if it had not been listened to.
        if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
      });
    }
  }
}
