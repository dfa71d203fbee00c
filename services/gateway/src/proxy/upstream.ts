import { type Dispatcher, Pool } from 'undici';
import { type ServiceName, type ServiceRules, serviceRules } from './service.rules.ts';

/**
 * As many requests as one service behind may have open from this gateway. More are refused at once: a queue would
 * only let them wait for a service that is already too slow.
 */
const mostOpen = 256;
const connectTimeout = 1000;

/** One service behind the gateway, and the connections kept open to it. */
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

  /** Takes a place among the open requests; false when there is none. Give it back with `leave`. */
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

  /** Resolves when the service says that it is ready. */
  async ready(signal: AbortSignal): Promise<void> {
    const { statusCode, body } = await this.#pool.request({
      path: '/ready',
      method: 'GET',
      signal,
    });
    await body.dump();
    if (statusCode !== 200) throw new Error(`${this.name} answered /ready with ${statusCode}`);
  }

  /** Ends at once; requests were drained before. */
  async close(): Promise<void> {
    await this.#pool.destroy();
  }
}
