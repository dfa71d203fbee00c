import {
  type Difference,
  type GraphStore,
  isHarmful,
  keys,
  type Pointer,
  quarantine,
  quickCheck,
  readPointer,
} from '@gospelib/graph';
import type { GraphRound } from '../rounds/graph.round.ts';
import { isSame, namesTheSame } from '../rounds/pointer.same.ts';

export interface ActiveAuditOptions {
  readonly store: GraphStore;
  readonly round: Pick<GraphRound, 'go'>;
  /** Time that a round through the whole graph takes, ms. */
  readonly roundMs: number;
  readonly log: { error(details: object, message: string): void };
}

type Examination = 'quick' | 'round';

const NAMED = 10;

/**
 * Audits the graph that the pointer names. The quick check finds what was lost or added; the round recomputes everything
 * and finds what was altered. A graph from which readers may get wrong answers is quarantined: every content service
 * stops answering from it when it next reads the pointer.
 */
export class ActiveAudit {
  readonly #options: ActiveAuditOptions;
  #pointer: Pointer | undefined;
  /** For which the graph was quarantined here, since the pointer moved. */
  #harm: readonly Difference[] = [];
  /** Of the last examination of each kind; harmless ones. */
  readonly #found: Record<Examination, readonly Difference[]> = { quick: [], round: [] };
  #checkedAt = 0;
  #seconds = 0;

  constructor(options: ActiveAuditOptions) {
    this.#options = options;
  }

  /** @throws StoreUnavailableError */
  async checkQuickly(): Promise<void> {
    const isChecked = await this.#examine('quick', async ({ version }) => {
      const start = performance.now();
      const found = await quickCheck(this.#options.store, version);
      this.#seconds = (performance.now() - start) / 1000;
      return found;
    });
    if (isChecked) this.#checkedAt = Date.now() / 1000;
  }

  /** @throws StoreUnavailableError, RoundEnded when the pointer moved meanwhile */
  async goRound(): Promise<void> {
    const { store, round, roundMs: milliseconds } = this.#options;
    await this.#examine('round', (pointer) => {
      const { version } = pointer;
      const isOfInterest = async () => isSame(await readPointer(store), pointer);
      return round.go({ version, key: keys.graph(version) }, { milliseconds, isOfInterest });
    });
  }

  /** Differences by kind; none while the graph is as it was activated. `quarantined` where somebody else found it damaged. */
  get differences(): Readonly<Record<string, number>> {
    if (this.#pointer?.quarantined && this.#harm.length === 0) return { quarantined: 1 };
    const found = [...this.#harm, ...this.#found.quick, ...this.#found.round];
    const kinds = Object.entries(Object.groupBy(found, ({ kind }) => kind));
    return Object.fromEntries(kinds.map(([kind, all]) => [kind, all.length]));
  }

  /** When the last quick check was over, seconds since 1970; 0 before the first. */
  get checkedAt(): number {
    return this.#checkedAt;
  }

  /** How long it took. */
  get seconds(): number {
    return this.#seconds;
  }

  /** Returns whether the store has a graph to examine; one that is quarantined is not examined again. */
  async #examine(
    examination: Examination,
    examine: (pointer: Pointer) => Promise<readonly Difference[]>,
  ): Promise<boolean> {
    const { store, log } = this.#options;
    const pointer = await readPointer(store);
    if (!namesTheSame(pointer, this.#pointer)) this.#forget();
    this.#pointer = pointer;
    if (pointer === undefined) return false;
    if (pointer.quarantined) return true;
    const found = await examine(pointer);
    // Part of what was examined may belong to a graph that has just taken its place.
    if (!isSame(await readPointer(store), pointer)) return true;
    if (!found.some(isHarmful)) {
      this.#found[examination] = found;
      return true;
    }
    const details = found.slice(0, NAMED).map(({ detail }) => detail);
    log.error({ corpus: pointer.version, details }, 'graph damaged: quarantined');
    await quarantine(store, pointer);
    this.#harm = [...this.#harm, ...found];
    return true;
  }

  #forget(): void {
    this.#harm = [];
    this.#found.quick = [];
    this.#found.round = [];
  }
}
