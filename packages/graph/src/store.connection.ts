import { createClient, ErrorReply } from '@redis/client';
import { GraphQueryError, StoreUnavailableError } from './graph.error.ts';

export interface ConnectionOptions {
  /** A command that takes longer fails and marks the store as away. Milliseconds. */
  timeout: number;
  /** Called when the connection is lost or found again, for the log. */
  onChange?: ((ready: boolean, reason: string) => void) | undefined;
}

const CONNECT_TIMEOUT = 2_000;
const SILENCE_LIMIT = 5_000;
const PING_INTERVAL = 1_000;
const MAX_RETRY_DELAY = 1_000;
const TRANSIENT =
  /^(LOADING|BUSY|MASTERDOWN|TRYAGAIN|CLUSTERDOWN|READONLY|OOM)|Max pending queries|Query timed out|empty key/;

/** One connection that never hangs, reconnects for ever, and fails at once while the store does not answer. */
export class StoreConnection {
  readonly #client;
  readonly #options: ConnectionOptions;
  #responsive = true;
  #closed = false;

  constructor(url: string, options: ConnectionOptions) {
    this.#options = options;
    this.#client = createClient({
      url,
      RESP: 2,
      disableOfflineQueue: true,
      pingInterval: PING_INTERVAL,
      socket: {
        connectTimeout: CONNECT_TIMEOUT,
        // Finds a peer that vanished without a word; pings keep a healthy idle connection above it.
        socketTimeout: Math.max(SILENCE_LIMIT, options.timeout * 2),
        reconnectStrategy: (retries) => Math.min(50 * 2 ** Math.min(retries, 6), MAX_RETRY_DELAY),
      },
    });
    this.#client.on('error', (error: Error) => options.onChange?.(false, error.message));
    this.#client.on('ready', () => {
      this.#responsive = true;
      options.onChange?.(true, 'connected');
    });
    // It retries by itself; a failure here is reported through `error`.
    this.#client.connect().catch(() => undefined);
  }

  get isReady(): boolean {
    return this.#client.isReady && this.#responsive;
  }

  /** @throws StoreUnavailableError when the store is away or too slow, GraphQueryError when it refuses. */
  async send(
    command: readonly (string | Buffer)[],
    timeout = this.#options.timeout,
  ): Promise<unknown> {
    if (!this.isReady) throw new StoreUnavailableError('The graph store does not answer.');
    const reply = this.#client.sendCommand(command);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        this.#suspect(timeout);
        reject(new StoreUnavailableError(`The graph store did not answer within ${timeout} ms.`));
      }, timeout);
    });
    try {
      return await Promise.race([reply, late]);
    } catch (error) {
      throw this.#translate(error);
    } finally {
      clearTimeout(timer);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#client.destroy();
  }

  /** Replies come in order, so the answer to one more ping tells that everything before it was answered too. */
  #suspect(timeout: number): void {
    if (!this.#responsive || this.#closed) return;
    this.#responsive = false;
    this.#options.onChange?.(false, `no answer within ${timeout} ms`);
    this.#client.sendCommand(['PING']).then(
      () => {
        this.#responsive = true;
        this.#options.onChange?.(true, 'answers again');
      },
      () => undefined,
    );
  }

  #translate(error: unknown): Error {
    if (error instanceof StoreUnavailableError) return error;
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof ErrorReply && !TRANSIENT.test(message))
      return new GraphQueryError(message);
    return new StoreUnavailableError(message, { cause: error });
  }
}
