import { createClient, ErrorReply, RedisClient } from '@redis/client';
import { GraphMissingError, GraphQueryError, StoreUnavailableError } from '../graph.error.ts';
import { startTimeout } from './store.timeout.ts';

export interface ConnectionOptions {
  /** A command that takes longer fails and marks the store as away. Milliseconds. */
  timeout: number;
  /** Called when the connection is lost or found again, for the log. */
  onChange?: ((ready: boolean, reason: string) => void) | undefined;
}

const CONNECT_TIMEOUT = 2_000;
const MAX_RETRY_DELAY = 1_000;
/** A connection that has been unusable for this time is replaced: its peer may be gone without having closed it. */
const USELESS_TIMEOUT = 5_000;
const WATCH_INTERVAL = 1_000;
const TRANSIENT =
  /^(LOADING|BUSY|MASTERDOWN|TRYAGAIN|CLUSTERDOWN|READONLY|OOM)|Max pending queries|Query timed out/;
const NO_GRAPH = /empty key/;
const FORKING = /preparing to fork/;
const FORK_PAUSE = 20;

/** A connection that never hangs, reconnects for ever, and fails at once while the store does not answer. */
export class StoreConnection {
  readonly #url: () => string;
  readonly #options: ConnectionOptions;
  readonly #watch: NodeJS.Timeout;
  #client: ReturnType<typeof createClient>;
  #responsive = true;
  #uselessSince = performance.now();

  constructor(url: () => string, options: ConnectionOptions) {
    this.#url = url;
    this.#options = options;
    this.#client = this.#connect();
    this.#watch = setInterval(() => this.#replaceUseless(), WATCH_INTERVAL).unref();
  }

  get isReady(): boolean {
    return this.#client.isReady && this.#responsive;
  }

  /**
   * While the store prepares to fork for a snapshot it refuses graph commands for a moment; they have had no effect and
   * are sent again.
   * @throws StoreUnavailableError when the store is away or too slow, GraphQueryError when it refuses.
   */
  async send(
    command: readonly (string | Buffer)[],
    timeout = this.#options.timeout,
  ): Promise<unknown> {
    const end = performance.now() + timeout;
    for (;;) {
      try {
        return await this.#sendOnce(command, timeout);
      } catch (error) {
        const passing = error instanceof StoreUnavailableError && FORKING.test(error.message);
        if (!passing || performance.now() + FORK_PAUSE > end) throw error;
        await new Promise((resolve) => setTimeout(resolve, FORK_PAUSE));
      }
    }
  }

  async #sendOnce(command: readonly (string | Buffer)[], timeout: number): Promise<unknown> {
    if (!this.isReady) throw new StoreUnavailableError('The graph store does not answer.');
    const client = this.#client;
    const reply = client.sendCommand(command);
    let end = (): void => undefined;
    const late = new Promise<never>((_, reject) => {
      end = startTimeout(timeout, () => {
        this.#suspect(client, timeout);
        reject(new StoreUnavailableError(`The graph store did not answer within ${timeout} ms.`));
      });
    });
    try {
      return await Promise.race([reply, late]);
    } catch (error) {
      throw translate(error);
    } finally {
      end();
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#watch);
    this.#client.destroy();
  }

  #connect(): ReturnType<typeof createClient> {
    // Not by its address: the client would take the credentials in it for all connections.
    const { socket, database } = RedisClient.parseURL(this.#url());
    const client = createClient({
      ...(database !== undefined && { database }),
      credentialsProvider: {
        type: 'async-credentials-provider',
        credentials: async () => RedisClient.parseURL(this.#url()),
      },
      RESP: 2,
      disableOfflineQueue: true,
      socket: {
        ...socket,
        connectTimeout: CONNECT_TIMEOUT,
        reconnectStrategy: (retries) => Math.min(50 * 2 ** Math.min(retries, 6), MAX_RETRY_DELAY),
      },
    });
    client.on('error', (error: Error) => this.#options.onChange?.(false, error.message));
    client.on('ready', () => this.#answers('connected'));
    // The client retries by itself and reports failures through `error`.
    client.connect().catch(() => undefined);
    return client as ReturnType<typeof createClient>;
  }

  /** Replies come in order: once one more ping is answered, everything before it has been answered, too. */
  #suspect(client: ReturnType<typeof createClient>, timeout: number): void {
    if (!this.#responsive || client !== this.#client) return;
    this.#responsive = false;
    this.#uselessSince = performance.now();
    this.#options.onChange?.(false, `no answer within ${timeout} ms`);
    client.sendCommand(['PING']).then(
      () => this.#answers('answers again'),
      () => undefined,
    );
  }

  #answers(reason: string): void {
    this.#responsive = true;
    this.#options.onChange?.(true, reason);
  }

  #replaceUseless(): void {
    if (this.isReady) {
      this.#uselessSince = performance.now();
    } else if (performance.now() - this.#uselessSince > USELESS_TIMEOUT) {
      this.#uselessSince = performance.now();
      this.#client.destroy();
      this.#client = this.#connect();
    }
  }
}

function translate(error: unknown): Error {
  if (error instanceof StoreUnavailableError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (NO_GRAPH.test(message)) return new GraphMissingError(message, { cause: error });
  if (error instanceof ErrorReply && !TRANSIENT.test(message)) return new GraphQueryError(message);
  return new StoreUnavailableError(message, { cause: error });
}
