import { connect, createServer, type Server, type Socket } from 'node:net';
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

/** A kubectl that forwards one port, for one connection. */
interface Forward {
  port: number;
  child: RunningChild;
  lost: boolean;
}

/**
 * Ports of this machine that lead into the cluster. They end with the command, however it ends. Each connection has a
 * kubectl of its own: one that ends with a reset ends its kubectl with all that goes through it, and PostgreSQL ends
 * every connection over TLS so. The next kubectl is started ahead.
 */
export class PortForwards {
  readonly #kubectl: Kubectl;
  readonly #open = new Map<string, Promise<number>>();
  readonly #servers = new Set<Server>();
  readonly #sockets = new Set<Socket>();
  readonly #children = new Set<RunningChild>();
  #watched = false;

  constructor(kubectl: Kubectl) {
    this.#kubectl = kubectl;
  }

  /** The port of 127.0.0.1 that leads there; the same one each time. @throws OperatorError where nothing leads there */
  to(target: ForwardTarget): Promise<number> {
    const key = JSON.stringify(target);
    const open = this.#open.get(key) ?? this.#listen(target);
    this.#open.set(key, open);
    open.catch(() => this.#open.delete(key));
    return open;
  }

  /** Ends all of them. */
  async close(): Promise<void> {
    this.#open.clear();
    for (const server of this.#servers) server.close();
    this.#servers.clear();
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all([...this.#children].map((child) => child.stop()));
  }

  async #listen(target: ForwardTarget): Promise<number> {
    const first = await this.#start(target);
    let ahead: Promise<Forward> = Promise.resolve(first);
    const server = createServer((socket) => {
      const taken = ahead.then(
        (forward) => (forward.lost ? this.#start(target) : forward),
        () => this.#start(target),
      );
      if (server.listening) {
        ahead = this.#start(target);
        ahead.catch(() => {}); // the next connection tries again
      }
      void this.#carry(socket, taken);
    });
    this.#servers.add(server);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    server.unref();
    return (server.address() as { port: number }).port;
  }

  async #carry(socket: Socket, taken: Promise<Forward>): Promise<void> {
    this.#sockets.add(socket);
    socket.on('error', () => {}); // its close says enough
    const closed = new Promise((resolve) => socket.once('close', resolve));
    try {
      const { port, child } = await taken;
      const inner = connect({ host: '127.0.0.1', port });
      inner.on('error', () => {});
      inner.once('close', () => socket.destroy());
      socket.pipe(inner).pipe(socket);
      await closed;
      inner.destroy();
      await child.stop();
    } catch {
      socket.destroy();
    } finally {
      this.#sockets.delete(socket);
    }
  }

  async #start({ resource, port, namespace }: ForwardTarget): Promise<Forward> {
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
    const forward = { port: 0, child, lost: false };
    void child.exited.then(() => {
      this.#children.delete(child);
      forward.lost = true;
      opened.reject(this.#failed(resource, said));
    });
    try {
      forward.port = await opened.promise;
      return forward;
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
