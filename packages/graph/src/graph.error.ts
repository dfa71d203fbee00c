import type { Difference } from './integrity/graph.difference.ts';

/** The store did not answer: not reachable, stopped, restarting, overloaded, or without the graph that was asked for. */
export class StoreUnavailableError extends Error {
  override readonly name: string = 'StoreUnavailableError';
}

/** The store answers, but has no graph under the key that was asked. */
export class GraphMissingError extends StoreUnavailableError {
  override readonly name = 'GraphMissingError';
}

/** The store answered and refused a command: a fault of the query, not of the store. */
export class GraphQueryError extends Error {
  override readonly name = 'GraphQueryError';
}

/** A graph that is damaged was about to be used. */
export class GraphDamagedError extends Error {
  override readonly name = 'GraphDamagedError';
  readonly differences: readonly Difference[];

  constructor(version: string, differences: readonly Difference[]) {
    const [first, second, third, ...more] = differences.map(({ detail }) => detail);
    const list = [first, second, third].filter((detail) => detail !== undefined).join(' ');
    const rest = more.length > 0 ? ` And ${more.length} more.` : '';
    super(`The graph ${version} does not verify. ${list}${rest}`);
    this.differences = differences;
  }
}
