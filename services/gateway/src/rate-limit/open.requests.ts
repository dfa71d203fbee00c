/** The cost of the requests that each caller has open here: what one has, others cannot have at the same time. */
export class OpenRequests {
  readonly #limit: number;
  readonly #open = new Map<string, number>();

  /** @param limit the cost that one caller may have open */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The number of callers in memory. */
  get size(): number {
    return this.#open.size;
  }

  /** False when there is no room. Otherwise call `leave` with the same cost. */
  enter(key: string, cost: number): boolean {
    const open = this.#open.get(key) ?? 0;
    // A request that costs more than the limit is let through alone.
    if (open > 0 && open + cost > this.#limit) return false;
    this.#open.set(key, open + cost);
    return true;
  }

  leave(key: string, cost: number): void {
    const open = (this.#open.get(key) ?? 0) - cost;
    if (open > 0) this.#open.set(key, open);
    else this.#open.delete(key);
  }
}
