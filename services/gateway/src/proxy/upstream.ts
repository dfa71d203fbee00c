import { type Dispatcher, Pool } from 'undici';
import { type ServiceName, type ServiceRules, serviceRules } from './service.rules.ts';

/**
 * The most requests that may be open from this gateway to one service. Further ones are refused at once: queueing
 * would only make them wait for a service that is already too slow.
 */
const mostOpen = 256;
const connectTimeout = 1000;

/** One service behind the gateway, and its connection pool. */
export class Upstream {
  readonly name: ServiceName;
  readonly rules: ServiceRules;
  readonly #pool: Pool;
  #open = 0;

  constructor(name: ServiceName, url: string, timeoutMs: number) {
    this.name = name;
    this.rules = serviceRules[name];
    this.#pool = new Pool(new URL(url).origin, {
      connections: mostOpen,
      pipelining: 1,
      allowH2: false,
      connect: { timeout: connectTimeout },
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
    });
  }

  /** Reserves one of the open requests; false when all are in use. Release it with `leave`. */
  enter(): boolean {
    if (this.#open >= mostOpen) return false;
    this.#open += 1;
    return true;
  }

  leave(): void {
    this.#open -= 1;
  }

  dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): void {
    this.#pool.dispatch(options, handler);
  }

  /** Resolves when the service is ready; rejects otherwise. */
  async ready(signal: AbortSignal): Promise<void> {
    const { statusCode, body } = await this.#pool.request({
      path: '/ready',
      method: 'GET',
      signal,
    });
    await body.dump();
    if (statusCode !== 200) throw new Error(`${this.name} answered /ready with ${statusCode}`);
  }

  /** The methods that the service has for a path, none for one that it does not have; undefined while it is away. */
  async methods(path: string): Promise<string[] | undefined> {
    try {
      const signal = AbortSignal.timeout(connectTimeout);
      const { statusCode, headers, body } = await this.#pool.request({
        path,
        method: 'OPTIONS',
        signal,
      });
      await body.dump();
      if (statusCode === 404) return [];
      return typeof headers.allow === 'string' ? headers.allow.split(', ') : undefined;
    } catch {
      return undefined;
    }
  }

  /** Closes at once; requests were drained before. */
  async close(): Promise<void> {
    await this.#pool.destroy();
  }
}
