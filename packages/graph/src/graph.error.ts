/** The store did not answer: not reachable, stopped, restarting, overloaded, or without the graph that was asked for. */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError';
}

/** The store answered and refused a command: a fault of the query, not of the store. */
export class GraphQueryError extends Error {
  override readonly name = 'GraphQueryError';
}
