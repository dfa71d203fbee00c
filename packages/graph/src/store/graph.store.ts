import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { encodeParameters, type Parameters } from '../cypher/cypher.parameters.ts';
import { decodeReply, type Row } from '../cypher/reply.decode.ts';
import { StoreUnavailableError } from '../graph.error.ts';
import { StoreConnection } from './store.connection.ts';
import { keys } from './store.keys.ts';

export interface GraphStoreOptions {
  /** A query that takes longer fails. Milliseconds, default 800. */
  timeout?: number;
  /** Default 4. FalkorDB runs one query at a time for each connection, on a pool of threads. */
  connections?: number;
  /** Called once for each query, for metrics; names come from the code. */
  onQuery?: (name: string, outcome: 'ok' | 'error', seconds: number) => void;
  /** Called when a connection is lost or found again, for the log. */
  onChange?: (ready: boolean, reason: string) => void;
}

/** Reads of one graph. */
export interface GraphReader {
  readonly version: string;
  /**
   * Runs a read-only query; values go in `parameters` only. `name` appears in traces and metrics.
   * Columns are scalars or lists of scalars; `read` turns a row into what the caller wants.
   * @throws StoreUnavailableError when the store is away, GraphQueryError for a fault of the query.
   */
  query<T>(
    name: string,
    cypher: string,
    parameters: Parameters,
    read: (row: Row) => T,
  ): Promise<T[]>;
}

/**
 * Returns at once and connects in the background; it never stops trying. Close it to let the process end.
 * @param url a function is asked anew for each connection: that is how a changed password comes in
 */
export function connectGraph(
  url: string | (() => string),
  options: GraphStoreOptions = {},
): GraphStore {
  return new GraphStore(typeof url === 'string' ? () => url : url, options);
}

export class GraphStore {
  readonly #url: () => string;
  readonly #connections: readonly StoreConnection[];
  readonly #options: GraphStoreOptions;
  readonly #timeout: number;
  readonly #tracer = trace.getTracer('@gospelib/graph');
  #nextConnection = 0;

  constructor(url: () => string, options: GraphStoreOptions) {
    this.#url = url;
    this.#options = options;
    this.#timeout = options.timeout ?? 800;
    this.#connections = Array.from(
      { length: options.connections ?? 4 },
      () => new StoreConnection(url, { timeout: this.#timeout, onChange: options.onChange }),
    );
  }

  /** Where it connects to, for a thread that needs a connection of its own. May hold a password. */
  get url(): string {
    return this.#url();
  }

  /** Whether at least one connection is open and answers. */
  isReady(): boolean {
    return this.#connections.some((connection) => connection.isReady);
  }

  /** Resolves when the store can be used. @throws StoreUnavailableError after so many milliseconds. */
  async whenReady(timeout: number): Promise<void> {
    const end = performance.now() + timeout;
    while (!this.isReady()) {
      if (performance.now() > end) {
        throw new StoreUnavailableError(`The graph store did not answer within ${timeout} ms.`);
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** @throws StoreUnavailableError */
  async ping(): Promise<void> {
    await this.send(['PING']);
  }

  /** Any command of the store. @throws StoreUnavailableError, GraphQueryError */
  send(command: readonly (string | Buffer)[], timeout?: number): Promise<unknown> {
    return this.#next().send(command, timeout);
  }

  /** Reads of the graph of a corpus version. */
  at(version: string): GraphReader {
    return this.reader(keys.graph(version), version);
  }

  /** Reads of the graph of a key. */
  reader(key: string, version: string): GraphReader {
    return {
      version,
      query: (name, cypher, parameters, read) => this.#query(key, name, cypher, parameters, read),
    };
  }

  async close(): Promise<void> {
    await Promise.all(this.#connections.map((connection) => connection.close()));
  }

  async #query<T>(
    key: string,
    name: string,
    cypher: string,
    parameters: Parameters,
    read: (row: Row) => T,
  ): Promise<T[]> {
    const start = performance.now();
    const span = this.#tracer.startSpan(`graph ${name}`, {
      kind: SpanKind.CLIENT,
      attributes: { 'db.system.name': 'falkordb', 'db.operation.name': name, 'db.namespace': key },
    });
    let outcome: 'ok' | 'error' = 'error';
    try {
      const text = encodeParameters(parameters) + cypher;
      const reply = await this.#next().send(
        // The store gets the same timeout, so that it ends a query for which nobody waits any more.
        ['GRAPH.RO_QUERY', key, text, '--compact', 'TIMEOUT', String(this.#timeout)],
      );
      const rows = decodeReply(reply, read);
      outcome = 'ok';
      return rows;
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: (error as Error).name });
      throw error;
    } finally {
      span.end();
      this.#options.onQuery?.(name, outcome, (performance.now() - start) / 1000);
    }
  }

  /** Round robin over the connections that answer. */
  #next(): StoreConnection {
    const { length } = this.#connections;
    let connection = this.#connections[this.#nextConnection++ % length];
    for (let tries = 1; tries < length && !connection?.isReady; tries++) {
      connection = this.#connections[this.#nextConnection++ % length];
    }
    if (!connection) throw new StoreUnavailableError('The graph store has no connection.');
    return connection;
  }
}
